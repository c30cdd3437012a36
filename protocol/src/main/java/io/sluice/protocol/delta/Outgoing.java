package io.sluice.protocol.delta;

import io.sluice.linux.OpenFile;
import io.sluice.protocol.checksum.StrongChecksum;
import java.io.IOException;
import java.util.function.LongConsumer;

/** One file on its way to the receiver: its window, how far it was sent, and where tokens, sum and progress go. */
final class Outgoing {
    /** Literal data goes out in pieces of at most this many bytes while a search goes on. */
    static final int CHUNK = 32 * 1024;

    private final FileWindow window;
    private final OpenFile file;
    private final long length;
    private final Destination destination;

    private long sent;
    private long literalBytes;
    private long matchedBytes;

    /** Where the parts of a file go. */
    record Destination(TokenWriter tokens, StrongChecksum fileSum, LongConsumer progress) {}

    /** Begins a file of {@code length} bytes, in a window that it has for itself until its end. */
    Outgoing(FileWindow window, OpenFile file, long length, Destination destination) {
        this.window = window;
        this.file = file;
        this.length = length;
        this.destination = destination;
        window.begin(length);
    }

    /** The window that holds the file from {@link #sent} on. */
    FileWindow window() {
        return window;
    }

    /** The file's length in bytes. */
    long length() {
        return length;
    }

    /** Returns how many bytes were sent, as literals or as blocks. */
    long sent() {
        return sent;
    }

    long literalBytes() {
        return literalBytes;
    }

    long matchedBytes() {
        return matchedBytes;
    }

    /** Makes sure that the window reaches to {@code until} (exclusive). */
    void require(long until) {
        if (window.require(file, sent, until)) {
            destination.progress().accept(sent);
        }
    }

    /** Sends what stands before {@code until} (exclusive) as literal data. */
    void sendLiteral(long until) throws IOException {
        while (sent < until) {
            require(Math.min(until, sent + CHUNK));
            int from = window.index(sent);
            int bytes = (int) Math.min(until - sent, window.limit() - from);
            destination.tokens().literal(window.bytes(), from, bytes);
            destination.fileSum().update(window.bytes(), from, bytes);
            literalBytes += bytes;
            sent += bytes;
        }
    }

    /**
     * Sends what stands before {@code offset}, and then a reference to {@code block}, which stands there and is held by
     * the window.
     */
    void sendMatch(int block, long offset, int blockLength) throws IOException {
        sendLiteral(offset);
        int from = window.index(offset);
        destination.tokens().match(block, window.bytes(), from, blockLength);
        destination.fileSum().update(window.bytes(), from, blockLength);
        matchedBytes += blockLength;
        sent += blockLength;
    }

    /**
     * Leaves out what stands before {@code until} (exclusive): the receiver has it.
     *
     * @param summed the file's sum is of that part, too
     */
    void leaveOut(long until, boolean summed) {
        while (summed && sent < until) {
            require(Math.min(until, sent + CHUNK));
            int from = window.index(sent);
            int bytes = (int) Math.min(until - sent, window.limit() - from);
            destination.fileSum().update(window.bytes(), from, bytes);
            sent += bytes;
        }
        if (!summed) {
            window.begin(length, until);
            sent = until;
        }
    }

    /** Sends the rest as literal data and ends the file. */
    void end() throws IOException {
        sendLiteral(length);
        destination.tokens().end();
        destination.progress().accept(sent);
    }
}
