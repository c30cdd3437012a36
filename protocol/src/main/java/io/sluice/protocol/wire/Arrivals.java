package io.sluice.protocol.wire;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What arrived from the peer and is not consumed yet: a ring that one thread fills from the source and another empties. Until {@link #start},
 * they are one thread: the consumer fills when it has nothing left.
 *
 * <pre>
 *    released          arrived                     positions count all bytes since the connection began;
 *  ──────┴─────────────────┴────────────►          the byte at position p stands at ring()[p &amp; mask()]
 *  free  │   consumer's    │  filler's
 * </pre>
 *
 * <p>Bytes stay where they were read to: the consumer works on the ring itself, on what lies between the two positions. When the source has more than the ring
 * takes, a larger one takes its place, up to a limit; what the consumer still has of the old one stays as it is.
 */
final class Arrivals {
    private static final int MAX_FILL = 256 * 1024;
    /** What a connection begins to read ahead with: most have no use for more. */
    private static final int FIRST_AHEAD = 64 * 1024;

    private final InputStream source;
    private final Liveness liveness;
    private volatile byte[] ring; // replaced by the filler, or before it starts; guarded by this
    private int capacity;
    private @Nullable MessageScanner scanner;
    private boolean started;

    // Guarded by this.
    private volatile long arrived;
    private long released;
    private boolean fillerWaits;
    private boolean ended;
    private @Nullable IOException endCause;
    private @Nullable IOException failure;

    /** Makes a ring of {@code capacity} bytes, a power of two. */
    Arrivals(InputStream source, Liveness liveness, int capacity) {
        this.source = source;
        this.liveness = liveness;
        this.capacity = capacity;
        ring = new byte[capacity];
    }

    /** Returns the ring that has all that arrived so far and was not released; a power of two bytes. */
    byte[] ring() {
        return ring;
    }

    private int mask() {
        return ring.length - 1;
    }

    /** Returns how many bytes may be consumed before they should be released, so that filling and emptying overlap. */
    int slice() {
        return ring.length / 8;
    }

    /** Returns the number of bytes that ever arrived. */
    long arrived() {
        return arrived;
    }

    /** Looks for messages from {@code position} on, in what is here and in all that comes. Not after {@link #start}. */
    void scanFrom(long position, MessageHandler handler) throws IOException {
        if (started || scanner != null) {
            throw new IllegalStateException("multiplex() is called once, and before readAhead()");
        }
        scanner = new MessageScanner(handler);
        long at = position;
        while (at < arrived) {
            int index = (int) at & mask();
            int length = (int) Math.min(arrived - at, ring.length - index);
            scanner.scan(ring, index, index + length);
            at += length;
        }
    }

    /** Starts the thread that fills, with a ring of at most {@code most} bytes, a power of two and no less than before. */
    void start(String name, long position, int most) {
        if (started) {
            throw new IllegalStateException("readAhead() is called once");
        }
        started = true;
        synchronized (this) {
            released = position;
            capacity = most;
            enlarge(Math.min(FIRST_AHEAD, most));
        }
        Thread.ofPlatform().daemon().name(name).start(this::fillUntilEnd);
    }

    private synchronized void enlarge(int size) {
        byte[] larger = new byte[size];
        for (long at = released; at < arrived; ) {
            int from = (int) at & mask();
            int to = (int) at & (size - 1);
            int length = (int) Math.min(arrived - at, Math.min(ring.length - from, size - to));
            System.arraycopy(ring, from, larger, to, length);
            at += length;
        }
        ring = larger;
    }

    /** Gives back what lies before {@code position}. */
    synchronized void release(long position) {
        released = position;
        if (fillerWaits && free() >= ring.length / 4) {
            notifyAll();
        }
    }

    /**
     * Releases what lies before {@code position} and waits until more has arrived.
     *
     * @return the position behind the last byte that arrived; {@code position} itself if the stream ended there
     * @throws IOException if the source failed, or the handler did, or nothing arrived for too long
     */
    long await(long position) throws IOException {
        release(position);
        while (!started && arrived == position && !ended && failure == null) {
            fill();
        }
        synchronized (this) {
            if (failure == null && arrived == position && !ended) {
                awaitFiller(position);
            }
            if (failure != null) {
                throw failure;
            }
            if (arrived == position && endCause != null) {
                throw endCause;
            }
            return arrived;
        }
    }

    private synchronized void awaitFiller(long position) throws IOException {
        liveness.waitBegins();
        try {
            while (failure == null && arrived == position && !ended) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransferException(ExitCode.SIGNAL, "interrupted while waiting for the peer", e);
        } finally {
            liveness.waitEnds();
        }
    }

    /** Returns true if nothing more will arrive. */
    synchronized boolean hasEnded() {
        return ended || failure != null;
    }

    /** Makes every later and present wait fail with {@code reason}, unless something else failed before. */
    synchronized void fail(IOException reason) {
        if (failure == null) {
            failure = reason;
        }
        notifyAll();
    }

    private void fillUntilEnd() {
        try {
            while (awaitRoom()) {
                fill();
            }
        } catch (RuntimeException | Error e) { // whatever it is: the consumer must not wait for ever
            fail(TransferException.of(e));
        }
    }

    /** Waits until a slice is free; false if there is nothing left to do. */
    private synchronized boolean awaitRoom() {
        try {
            fillerWaits = true;
            while (free() < slice() && failure == null) {
                if (ring.length < capacity) {
                    enlarge(2 * ring.length);
                } else {
                    wait();
                }
            }
            fillerWaits = false;
            return !ended && failure == null;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private int free() {
        return ring.length - (int) (arrived - released);
    }

    /** Reads once from the source, into the free part that follows what arrived last; whatever goes wrong is kept for the consumer. */
    private void fill() {
        int index = (int) arrived & mask();
        int room = room(index);
        int length = readSource(index, room);
        if (length <= 0) {
            return;
        }
        liveness.moved();
        try {
            if (scanner != null) {
                scanner.scan(ring, index, index + length);
            }
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException e) {
            fail(new TransferException(ExitCode.MESSAGE_IO, "message from the peer: not handled, " + e, e));
        }
        synchronized (this) {
            arrived += length;
            if (length == room
                    && room >= ring.length / 4
                    && ring.length < capacity) { // there is more where that came from
                enlarge(2 * ring.length);
            }
            notifyAll();
        }
    }

    private synchronized int room(int index) {
        return Math.min(MAX_FILL, Math.min(free(), ring.length - index));
    }

    private int readSource(int index, int room) {
        if (!started) {
            liveness.waitBegins();
        }
        try {
            int length = source.read(ring, index, room);
            if (length < 0) {
                end(null);
            }
            return length;
        } catch (IOException e) {
            IOException expiry = liveness.expiry();
            end(
                    expiry != null
                            ? expiry
                            : new TransferException(ExitCode.SOCKET_IO, "read error: " + e.getMessage(), e));
            return -1;
        } finally {
            if (!started) {
                liveness.waitEnds();
            }
        }
    }

    private synchronized void end(@Nullable IOException cause) {
        ended = true;
        endCause = cause;
        notifyAll();
    }

    /** Closes the source and ends every wait. */
    void close() throws IOException {
        fail(new TransferException(ExitCode.SOCKET_IO, "the connection was closed by this side"));
        source.close();
    }
}
