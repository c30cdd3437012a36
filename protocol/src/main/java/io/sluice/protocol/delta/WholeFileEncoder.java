package io.sluice.protocol.delta;

import io.sluice.linux.OpenFile;
import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Makes the tokens of a whole file, and its sum, a part after the other, in memory; they depend on no other file. Used
 * again for file after file; not thread-safe.
 */
final class WholeFileEncoder implements AutoCloseable {
    /** How many bytes of the file are in each part but the last. */
    static final int PART_BYTES = 256 * 1024;

    private final EncodingManner manner;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final WireOutput out = new WireOutput(made);
    private final FileWindow window = new FileWindow(AllocationLimit.DEFAULT);
    private final TokenWriter tokens;
    private final StrongChecksum sum;
    private long size;
    private long done;

    /** @param session one of those that {@code manner} is the same for */
    WholeFileEncoder(EncodingManner manner, Session session) {
        this.manner = manner;
        this.tokens = Tokens.writer(session, manner.level(), manner.threads(), out);
        this.sum = Checksums.transfer(session);
    }

    EncodingManner manner() {
        return manner;
    }

    /** Begins a file of {@code bytes}. */
    void begin(long bytes) {
        size = bytes;
        done = 0;
        window.begin(bytes);
        sum.reset();
    }

    /** Returns the next part; the last one holds the end. A file that is shorter, or cannot be read, goes on as zeros. */
    byte[] next(OpenFile file) throws IOException {
        long end = Math.min(size, done + PART_BYTES);
        while (done < end) {
            window.require(file, done, Math.min(end, done + Outgoing.CHUNK));
            int from = window.index(done);
            int bytes = (int) Math.min(end - done, window.limit() - from);
            tokens.literal(window.bytes(), from, bytes);
            sum.update(window.bytes(), from, bytes);
            done += bytes;
        }
        if (done == size) {
            tokens.standAlone();
            tokens.end();
        }
        out.flush();
        byte[] part = made.toByteArray();
        made.reset();
        return part;
    }

    /** Returns the sum of all parts, once. */
    byte[] digest() {
        byte[] digest = new byte[sum.length()];
        sum.digest(digest, 0);
        return digest;
    }

    /** Whether the file had all its bytes. */
    boolean isWhole() {
        return window.isWhole();
    }

    /** Why not, if it could not be read. */
    Optional<IOException> failure() {
        return window.failure();
    }

    @Override
    public void close() {
        tokens.close();
    }
}
