package io.sluice.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes from one thread of this process to another through a bounded ring; a full ring holds the writer, an empty one the reader. */
final class Pipe {
    private static final int CAPACITY = 256 * 1024;

    private final byte[] ring = new byte[CAPACITY];
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int start;
    private int count;
    private boolean writerClosed;
    private boolean readerClosed;

    /** Makes both links of two pipes: what goes out of one comes in at the other. */
    static Link[] pair() {
        Pipe there = new Pipe();
        Pipe back = new Pipe();
        return new Link[] {new End(back, there), new End(there, back)};
    }

    private int read(byte[] into, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (count == 0 && !writerClosed && !readerClosed) {
                changed.awaitUninterruptibly();
            }
            if (readerClosed) {
                throw new IOException("Stream closed");
            }
            if (count == 0) {
                return -1;
            }
            int taken = Math.min(length, count);
            int first = Math.min(taken, CAPACITY - start);
            System.arraycopy(ring, start, into, offset, first);
            System.arraycopy(ring, 0, into, offset + first, taken - first);
            start = (start + taken) % CAPACITY;
            count -= taken;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] from, int offset, int length) throws IOException {
        lock.lock();
        try {
            int at = offset;
            while (at < offset + length) {
                while (count == CAPACITY && !readerClosed && !writerClosed) {
                    changed.awaitUninterruptibly();
                }
                if (readerClosed || writerClosed) {
                    throw new IOException("Broken pipe");
                }
                int end = (start + count) % CAPACITY;
                int room = end < start ? start - end : CAPACITY - end;
                int put = Math.min(offset + length - at, Math.min(room, CAPACITY - count));
                System.arraycopy(from, at, ring, end, put);
                count += put;
                at += put;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void close(boolean byReader) {
        lock.lock();
        try {
            readerClosed |= byReader;
            writerClosed |= !byReader;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static final class End implements Link {
        private final Pipe in;
        private final Pipe out;

        End(Pipe in, Pipe out) {
            this.in = in;
            this.out = out;
        }

        @Override
        public InputStream input() {
            return new Reading(in);
        }

        @Override
        public OutputStream output() {
            return new Writing(out);
        }

        @Override
        public void close() {
            in.close(true);
            out.close(false);
        }
    }

    private static final class Reading extends InputStream {
        private final Pipe pipe;

        Reading(Pipe pipe) {
            this.pipe = pipe;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return pipe.read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return length == 0 ? 0 : pipe.read(into, offset, length);
        }

        @Override
        public void close() {
            pipe.close(true);
        }
    }

    private static final class Writing extends OutputStream {
        private final Pipe pipe;

        Writing(Pipe pipe) {
            this.pipe = pipe;
        }

        @Override
        public void write(int value) throws IOException {
            pipe.write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            pipe.write(from, offset, length);
        }

        @Override
        public void close() {
            pipe.close(false);
        }
    }
}
