package io.sluice.protocol.event;

/** A view of one file list entry with what was done to it; the flags are rsync's (see {@link ItemFlags}). */
public interface Item {
    /** The item flags, as they travel in protocol ≥ 29. */
    int flags();

    /** True if the content or item goes to the peer, false if it comes from there. */
    boolean sent();

    /** Path relative to the transfer's root; a directory has no trailing slash. */
    byte[] path();

    /** The path as people are shown it: a sender keeps the slash that it began with ({@code --relative}). */
    default byte[] shownPath() {
        return path();
    }

    int mode();

    long size();

    /** Seconds since 1970. */
    long modificationTime();

    /** Seconds since 1970; 0 if access times are not carried over, and for a directory. */
    default long accessTime() {
        return 0;
    }

    int uid();

    int gid();

    /** A symlink's target, else empty. */
    byte[] linkTarget();

    /** What the item is hard-linked to or was copied from (item flag XNAME_FOLLOWS), else empty. */
    byte[] otherName();

    /** Bytes of the connection that this file took so far, sent or received ({@code %b}). */
    long wireBytes();

    /** Bytes that travelled the other way for this file, mostly its basis file's block sums ({@code %c}). */
    default long checksumBytes() {
        return 0;
    }

    /**
     * The sum of the whole content ({@code %C}): a regular file's with {@code --checksum}, or that of one whose content has just ended; else empty.
     */
    default byte[] contentSum() {
        return new byte[0];
    }

    /** How many entries of the whole list come before this one; -1 if that is not known. */
    default int place() {
        return -1;
    }

    /** Sending: the directory that {@link #path} is relative to, as the operator named it; else empty ({@code %f}). */
    default byte[] sourceDirectory() {
        return new byte[0];
    }
}
