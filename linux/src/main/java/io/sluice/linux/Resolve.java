package io.sluice.linux;

/**
 * How the kernel may walk a path ({@code openat2}, {@code resolve}). All but {@link #UNRESTRICTED} refuse the magic
 * links of {@code /proc} with ELOOP.
 */
public enum Resolve {
    /** As {@code open(2)}: for paths such as {@code /dev/fd/63} that the operator named. */
    UNRESTRICTED(0),
    /** Symbolic links and {@code ..} are followed anywhere. */
    NONE(0x02),
    /** A symbolic link anywhere on the way, the last component included, is ELOOP. */
    NO_SYMLINKS(0x06),
    /** Leaving the directory at any step (by a link, {@code ..} or an absolute path) is EXDEV. */
    BENEATH(0x0A),
    /** {@link #BENEATH} and {@link #NO_SYMLINKS}. */
    BENEATH_NO_SYMLINKS(0x0E),
    /** The directory is {@code /} for absolute paths and links, and its own {@code ..}. */
    IN_ROOT(0x12);

    private final long bits;

    Resolve(long bits) {
        this.bits = bits;
    }

    long bits() {
        return bits;
    }
}
