package io.sluice.protocol.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One direction of a connection that holds few bytes, as the smallest pipe or socket would, and that can break after a number of bytes. */
final class BoundedPipe {
    private final byte[] ring;
    private final long breaksAfter;
    private long written;
    private long read;
    private boolean writerClosed;
    private boolean readerClosed;

    BoundedPipe(int capacity) {
        this(capacity, Long.MAX_VALUE);
    }

    /** @param breaksAfter bytes that get through */
    BoundedPipe(int capacity, long breaksAfter) {
        this.ring = new byte[capacity];
        this.breaksAfter = breaksAfter;
    }

    final InputStream source = new InputStream() {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return take(into, offset, length);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            closeReader();
        }
    };

    final OutputStream sink = new OutputStream() {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            try {
                put(from, offset, length);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            closeWriter();
        }
    };

    /** Bytes that were written so far. */
    synchronized long written() {
        return written;
    }

    private synchronized int take(byte[] into, int offset, int length) throws IOException, InterruptedException {
        while (read == written && !writerClosed && !readerClosed) {
            wait();
        }
        if (readerClosed) {
            throw new IOException("closed by the reader");
        }
        if (read == written) {
            return -1;
        }
        int count = (int) Math.min(length, written - read);
        for (int i = 0; i < count; i++) {
            into[offset + i] = ring[(int) ((read + i) % ring.length)];
        }
        read += count;
        notifyAll();
        return count;
    }

    private synchronized void put(byte[] from, int offset, int length) throws IOException, InterruptedException {
        for (int done = 0; done < length; ) {
            while (written - read == ring.length && !readerClosed && !writerClosed) {
                wait();
            }
            if (readerClosed || writerClosed) {
                throw new IOException("Broken pipe");
            }
            if (written == breaksAfter) {
                writerClosed = true;
                notifyAll();
                throw new IOException("Connection reset");
            }
            int count = (int) Math.min(Math.min(length - done, ring.length - (written - read)), breaksAfter - written);
            for (int i = 0; i < count; i++) {
                ring[(int) ((written + i) % ring.length)] = from[offset + done + i];
            }
            written += count;
            done += count;
            notifyAll();
        }
    }

    private synchronized void closeReader() {
        readerClosed = true;
        notifyAll();
    }

    private synchronized void closeWriter() {
        writerClosed = true;
        notifyAll();
    }
}
