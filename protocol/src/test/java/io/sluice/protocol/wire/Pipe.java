package io.sluice.protocol.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A source that a test feeds: a read waits until the test adds bytes, ends the stream or breaks it, or the reader closes it. */
final class Pipe extends InputStream {
    @FunctionalInterface
    private interface Arrival {
        byte @Nullable [] bytes() throws IOException;
    }

    /** The bytes that the reader took so far. */
    final AtomicLong taken = new AtomicLong();
    /** Has a permit for each time the reader found nothing and began to wait. */
    final Semaphore waits = new Semaphore(0);

    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private byte[] current = {};
    private int position;

    void add(byte[] piece) {
        byte[] copy = piece.clone();
        arrivals.add(() -> copy);
    }

    void end() {
        arrivals.add(() -> null);
    }

    void breakOff() {
        arrivals.add(() -> {
            throw new IOException("Connection reset");
        });
    }

    /** The read that comes next throws what no source should. */
    void fail(Error failure) {
        arrivals.add(() -> {
            throw failure;
        });
    }

    @Override
    public void close() {
        breakOff();
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("one byte at a time (expected: large reads)");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (position == current.length) {
            byte[] next = take().bytes();
            if (next == null) {
                return -1;
            }
            current = next;
            position = 0;
        }
        int part = Math.min(length, current.length - position);
        System.arraycopy(current, position, into, offset, part);
        position += part;
        taken.addAndGet(part);
        return part;
    }

    private Arrival take() throws IOException {
        if (arrivals.isEmpty()) {
            waits.release();
        }
        try {
            return arrivals.take();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
