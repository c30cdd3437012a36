package io.sluice.protocol.delta;

import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of one whole file, as it goes on the wire of all sessions that have it at the same time or after one
 * another. Whoever is the first to need a part makes it, from the file that it has open itself, and writes it to its peer
 * only then: a session waits for no peer but its own, and for others no longer than it takes to encode a part.
 *
 * <p>Thread-safe; each session that took it closes it once.
 */
public final class SharedEncoding implements AutoCloseable {
    private final SharedEncodings owner;
    private final FileVersion version;
    private final AtomicReferenceArray<byte[]> parts;
    private @Nullable WholeFileEncoder encoder; // until the last part was made; guarded by this, or nobody else has it
    private boolean broken; // guarded by this
    private int made; // guarded by this
    private long bytes; // of the parts; guarded by this
    private byte[] digest = {}; // from here on: written before the last part is there
    private boolean whole;
    private Optional<IOException> failure = Optional.empty();

    /** What the owner keeps of it: guarded by it. */
    final Account account;

    SharedEncoding(SharedEncodings owner, FileVersion version, WholeFileEncoder encoder, Account account) {
        this.owner = owner;
        this.version = version;
        this.encoder = encoder;
        this.account = account;
        long count = (version.size() + WholeFileEncoder.PART_BYTES - 1) / WholeFileEncoder.PART_BYTES;
        this.parts = new AtomicReferenceArray<>(Math.max(1, Math.toIntExact(count)));
        encoder.begin(version.size());
    }

    /** How an owner keeps its books. */
    static final class Account {
        /** Bytes that it counts for. */
        long charge;
        /** Sessions that have it. */
        int users;
        /** When it was taken or closed last. */
        long touched;
        /** How far the time was ahead of the steady clock when it was begun. */
        final long clockOffset;
        /** Whether its last part was made. */
        boolean ended;
        /** Whether it can still be found. */
        boolean found = true;

        Account(long charge, long clockOffset) {
            this.charge = charge;
            this.clockOffset = clockOffset;
        }
    }

    FileVersion version() {
        return version;
    }

    /** How many parts there are, at least one. */
    public int parts() {
        return parts.length();
    }

    /** How many bytes of the file are in the parts before this one. */
    public long offset(int part) {
        return Math.min(version.size(), (long) part * WholeFileEncoder.PART_BYTES);
    }

    /**
     * Returns a part of the token stream, which is not to be changed; those before it have been asked for.
     *
     * @param file the session's own
     */
    public byte[] part(int number, OpenFile file) throws IOException {
        byte[] part = parts.getAcquire(number);
        return part == null ? make(number, file) : part;
    }

    private synchronized byte[] make(int number, OpenFile file) throws IOException {
        byte[] part = parts.getPlain(number);
        if (part != null) {
            return part;
        }
        WholeFileEncoder current = encoder;
        if (current == null || broken || number != made) {
            throw new IOException("shared encoding: part " + number + " after " + made
                    + " (expected: none that broke off was asked for again)");
        }
        broken = true; // if this fails, the state of the encoder is anybody's guess
        byte[] next = current.next(file);
        broken = false;
        made++;
        bytes += next.length;
        boolean last = made == parts.length();
        if (last) {
            encoder = null;
            end(current);
        }
        parts.setRelease(number, next);
        if (last) {
            owner.ended(new SharedEncodings.End(this, bytes, whole && isUnchanged(file)), current);
        }
        return next;
    }

    private void end(WholeFileEncoder current) {
        digest = current.digest();
        failure = current.failure();
        whole = current.isWhole();
    }

    private boolean isUnchanged(OpenFile file) {
        FileStatus now = new FileStatus();
        try {
            file.status(now);
        } catch (IOException e) {
            return false;
        }
        return version.isOf(now);
    }

    /** Returns the length of the sum, after the last part. */
    public int digest(byte[] into) {
        System.arraycopy(digest, 0, into, 0, digest.length);
        return digest.length;
    }

    /** After the last part: whether the file had all its bytes. */
    public boolean isWhole() {
        return whole;
    }

    /** After the last part: why the file could not be read, if that is why it is not whole. */
    public Optional<IOException> readFailure() {
        return failure;
    }

    /** Takes the encoder of one that nobody goes on with. */
    @Nullable
    WholeFileEncoder abandoned() {
        WholeFileEncoder last = encoder;
        encoder = null;
        return last;
    }

    @Override
    public void close() {
        owner.release(this);
    }
}
