package io.sluice.protocol.transfer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A client that says what it said when it was recorded, but files only once they were asked for, and each end mark only after the server's: earlier it
 * could not have known.
 */
final class PacedClient extends InputStream {
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final Deque<Turn> turns;
    private final int handshakeBytes;
    private ByteArrayInputStream saying = new ByteArrayInputStream(new byte[0]);

    /** What it says once it has heard so many bytes of data; {@code before} is run then, and what that finds is as it is while this is unsaid. */
    record Turn(int after, byte[] words, Runnable before) {
        Turn(int after, byte[] words) {
            this(after, words, () -> {});
        }
    }

    /** @param handshakeBytes of the server, in front of its frames */
    PacedClient(List<Turn> turns, int handshakeBytes) {
        this.turns = new ArrayDeque<>(turns);
        this.handshakeBytes = handshakeBytes;
    }

    OutputStream heard() {
        return new OutputStream() {
            @Override
            public void write(int value) {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                synchronized (PacedClient.this) {
                    heard.write(bytes, offset, length);
                    PacedClient.this.notifyAll();
                }
            }
        };
    }

    synchronized String answer() {
        byte[] all = heard.toByteArray();
        return all.length < handshakeBytes ? "" : GoldenTrees.data(all, handshakeBytes);
    }

    @Override
    public synchronized int read(byte[] into, int offset, int length) throws IOException {
        while (saying.available() == 0) {
            Turn next = turns.peek();
            if (next == null) {
                return -1;
            }
            awaitHeard(next.after);
            next.before.run();
            saying = new ByteArrayInputStream(turns.remove().words);
        }
        return saying.read(into, offset, length);
    }

    private synchronized void awaitHeard(int bytes) throws IOException {
        try {
            while (answer().length() / 2 < bytes) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("one byte at a time");
    }
}
