package io.sluice.protocol.wire;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of bytes to a peer: buffered, and framed once {@link #multiplex} was called. The verbs belong to one owning thread;
 * {@link #post} may be called by any thread and never blocks.
 *
 * <p>The buffer holds whole frames and, at its end, the data frame that is being written:
 *
 * <pre>
 *  │ header │ data … │ header │ message │ header │ data …            │
 *                                       ^frame            ^position
 * </pre>
 */
public final class WireOutput implements AutoCloseable {
    /** The longest text message, in bytes; a longer one goes out as several. Every rsync takes this much. */
    private static final int MAX_TEXT = 4096;

    private static final int CAPACITY = 64 * 1024;
    private static final int MAX_VSTRING = 0x7FFF;
    private static final byte[] NOTHING = {};

    private record Message(MessageTag tag, byte[] payload) {}

    private final OutputStream sink;
    private final Liveness liveness;
    private final LongSupplier nanoTime;
    private final Queue<Message> posted = new ConcurrentLinkedQueue<>();
    private final byte[] buffer = new byte[CAPACITY];
    private int position;
    private int frame; // where the header of the open data frame stands, once framed
    private volatile boolean framed;
    private volatile @Nullable Thread owner; // who turned on framing
    private @Nullable Throttle throttle;
    private volatile long lullNanos;
    private final AtomicLong bytesWritten = new AtomicLong();
    private long lastSent;
    private long framedData; // of frames that are closed
    private @Nullable OutputStream record;

    /** Writes to {@code sink}, which {@link #close} closes. No timeout applies to a write that blocks. */
    public WireOutput(OutputStream sink) {
        this(sink, new Liveness(System::nanoTime), System::nanoTime);
    }

    /**
     * Writes to {@code sink}, the other direction of {@code input}'s connection: what arrives and what is sent count as movement for both, and a
     * timeout that {@code input} was given ends a write that blocks, by closing {@code sink}.
     */
    public WireOutput(OutputStream sink, WireInput input) {
        this(sink, input.liveness(), System::nanoTime);
    }

    WireOutput(OutputStream sink, Liveness liveness, LongSupplier nanoTime) {
        this.sink = sink;
        this.liveness = liveness;
        this.nanoTime = nanoTime;
        lastSent = nanoTime.getAsLong();
        liveness.onExpiry(this::abandon);
    }

    /** Writes the low 8 bits of {@code value}. */
    public void writeByte(int value) throws IOException {
        reserve(1);
        buffer[position++] = (byte) value;
    }

    /** Writes the low 16 bits of {@code value}, least significant byte first. */
    public void writeShort(int value) throws IOException {
        writeLittleEndian(value, Short.BYTES);
    }

    /** Writes 4 bytes, least significant first. */
    public void writeInt(int value) throws IOException {
        writeLittleEndian(value, Integer.BYTES);
    }

    /** Writes the low {@code count} (0–8) bytes of {@code value}, least significant first. */
    public void writeLittleEndian(long value, int count) throws IOException {
        reserve(count);
        for (int i = 0; i < count; i++) {
            buffer[position++] = (byte) (value >>> (8 * i));
        }
    }

    /** Writes an rsync varint: 1–5 bytes, 5 for a negative value. */
    public void writeVarInt(int value) throws IOException {
        VarInt.write(this, Integer.toUnsignedLong(value), 1);
    }

    /** Writes an rsync varlong in the fewest bytes, but never fewer than {@code min}. */
    public void writeVarLong(long value, int min) throws IOException {
        VarInt.write(this, value, min);
    }

    /**
     * Writes the length, in 1 byte or 2 with the high bit set, and the bytes.
     *
     * @throws IllegalArgumentException if there are more than 32,767 bytes
     */
    public void writeVString(byte[] value) throws IOException {
        if (value.length > MAX_VSTRING) {
            throw new IllegalArgumentException(
                    "vstring bytes: " + value.length + " (expected: <= " + MAX_VSTRING + ")");
        }
        if (value.length > 0x7F) {
            writeByte(value.length >>> 8 | 0x80);
        }
        writeByte(value.length);
        write(value);
    }

    /** Writes {@code length} bytes. */
    public void write(byte[] from, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            reserve(1);
            int part = Math.min(length - done, buffer.length - position);
            System.arraycopy(from, offset + done, buffer, position, part);
            position += part;
            done += part;
        }
    }

    /** Writes all of {@code from}. */
    public void write(byte[] from) throws IOException {
        write(from, 0, from.length);
    }

    /** Sends what is buffered, then turns on framing for all that follows. */
    public void multiplex() throws IOException {
        if (framed) {
            throw new IllegalStateException("multiplex() is called once");
        }
        flush();
        owner = Thread.currentThread();
        framed = true;
        openFrame();
    }

    /** As {@link #multiplex}, unless an earlier transfer on this connection has done that: then frames go on. The calling thread is the owner from here on. */
    public void beginFrames() throws IOException {
        if (framed) {
            owner = Thread.currentThread();
        } else {
            multiplex();
        }
    }

    /** Sends what is buffered; all data that is written from now on goes to {@code copy} as well, without frames and messages. Owner only. */
    public void recordTo(OutputStream copy) throws IOException {
        flush();
        record = copy;
    }

    /** Sends what is buffered; what follows has no frames until {@link #resumeFrames}. Messages wait until then. */
    public void pauseFrames() throws IOException {
        flush();
        framed = false;
        position = 0;
    }

    /** Sends what is buffered, then goes on with frames. */
    public void resumeFrames() throws IOException {
        flush();
        framed = true;
        openFrame();
    }

    /**
     * Writes a control message, in order with the data before it. Owner only, after {@link #multiplex}.
     *
     * @throws IllegalArgumentException if it is no text and longer than 4,096 bytes
     */
    public void message(MessageTag tag, byte[] payload) throws IOException {
        requireFit(tag, payload);
        if (!framed) {
            throw new IllegalStateException("message " + tag + " before multiplex()");
        }
        closeFrame();
        append(tag, payload);
        openFrame();
    }

    /**
     * Queues a control message from any thread, without blocking; the owner's next {@link #flush} (or full buffer) after {@link #multiplex} sends
     * it. What the owner (the thread that called {@link #multiplex}) itself posts overtakes data that waits in the buffer, as with rsync, as far as there is
     * room.
     *
     * @throws IllegalArgumentException if it is no text and longer than 4,096 bytes
     */
    public void post(MessageTag tag, byte[] payload) {
        requireFit(tag, payload);
        boolean own = framed && record == null && Thread.currentThread().equals(owner) && posted.isEmpty();
        if (own && payload.length <= MAX_TEXT && CAPACITY - position >= payload.length + 2 * FrameHeader.BYTES) {
            int data = position - frame;
            System.arraycopy(buffer, frame, buffer, frame + FrameHeader.BYTES + payload.length, data);
            position = frame;
            put(tag, payload, 0, payload.length);
            frame = position;
            position += data;
        } else {
            posted.add(new Message(tag, payload));
        }
    }

    /** Sends everything if something was posted that would else go out behind what is written next: a peer may not read on behind the last word. */
    public void flushPosted() throws IOException {
        if (framed && !posted.isEmpty()) {
            flush();
        }
    }

    /** Sends everything that was written or posted. */
    public void flush() throws IOException {
        boolean nothing = position == (framed ? FrameHeader.BYTES : 0);
        if (nothing && (posted.isEmpty() || !framed)) {
            return;
        }
        spill();
        sink.flush();
    }

    /**
     * Sends an empty frame, with all that waits to be sent, if nothing was sent for half the timeout; owner only. Without frames, there is nothing that
     * could be sent.
     */
    public void keepAlive() throws IOException {
        long lull = lullNanos;
        if (!framed || lull == 0 || nanoTime.getAsLong() - lastSent < lull) {
            return;
        }
        if (position == FrameHeader.BYTES && posted.isEmpty()) {
            closeFrame();
            append(MessageTag.DATA, NOTHING);
            openFrame();
        }
        flush();
    }

    /** Sets the I/O timeout that {@link #keepAlive} works against, in seconds; 0 = none. May be called by any thread. */
    public void setTimeout(int seconds) {
        lullNanos = TimeUnit.SECONDS.toNanos((seconds + 1L) / 2);
    }

    /** Limits the rate to {@code bytesPerSecond}; 0 = no limit ({@code --bwlimit}). */
    public void limitRate(long bytesPerSecond) {
        throttle = bytesPerSecond == 0 ? null : new Throttle(bytesPerSecond, nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    /** Returns the bytes handed to the sink so far, frame headers included ({@code --stats}, "Total bytes sent"). */
    public long bytesWritten() {
        return bytesWritten.get();
    }

    /** Returns the data bytes written since {@link #multiplex} if there are frames, whether or not they are sent; owner only. */
    public long dataWritten() {
        return framed ? framedData + position - frame - FrameHeader.BYTES : bytesWritten.get() + position;
    }

    /** Closes the sink. What was not flushed is lost. */
    @Override
    public void close() throws IOException {
        liveness.stop();
        sink.close();
    }

    private static void requireFit(MessageTag tag, byte[] payload) {
        if (payload.length > MAX_TEXT && !tag.isText()) {
            throw new IllegalArgumentException(
                    "bytes in a message " + tag + ": " + payload.length + " (expected: <= " + MAX_TEXT + ")");
        }
    }

    private void reserve(int count) throws IOException {
        if (buffer.length - position < count) {
            spill();
        }
    }

    private void spill() throws IOException {
        if (framed) {
            closeFrame();
            for (Message message = posted.poll(); message != null; message = posted.poll()) {
                append(message.tag, message.payload);
            }
        }
        if (!framed) {
            record(0, position);
        }
        sendBuffer();
        if (framed) {
            openFrame();
        }
    }

    private void openFrame() {
        frame = position;
        position += FrameHeader.BYTES;
    }

    private void closeFrame() throws IOException {
        int length = position - frame - FrameHeader.BYTES;
        record(frame + FrameHeader.BYTES, length);
        endFrame();
    }

    private void endFrame() {
        int length = position - frame - FrameHeader.BYTES;
        position = frame;
        if (length > 0) {
            putHeader(MessageTag.DATA, length);
            position += length;
            framedData += length;
        }
    }

    private void record(int from, int length) throws IOException {
        OutputStream copy = record;
        if (copy != null && length > 0) {
            copy.write(buffer, from, length);
        }
    }

    /** Adds a message as one frame, or as several if it is a long text; between two data frames only. */
    private void append(MessageTag tag, byte[] payload) throws IOException {
        int done = 0;
        do {
            int part = Math.min(payload.length - done, MAX_TEXT);
            if (buffer.length - position < part + 2 * FrameHeader.BYTES) {
                sendBuffer();
            }
            put(tag, payload, done, part);
            done += part;
        } while (done < payload.length);
    }

    private void put(MessageTag tag, byte[] payload, int from, int length) {
        putHeader(tag, length);
        System.arraycopy(payload, from, buffer, position, length);
        position += length;
    }

    private void putHeader(MessageTag tag, int length) {
        int header = FrameHeader.of(tag, length);
        for (int i = 0; i < FrameHeader.BYTES; i++) {
            buffer[position++] = (byte) (header >>> (8 * i));
        }
    }

    private void sendBuffer() throws IOException {
        Throttle limit = throttle;
        int piece = limit == null ? position : limit.piece();
        for (int done = 0; done < position; done += piece) {
            int length = Math.min(piece, position - done);
            send(done, length);
            if (limit != null) {
                limit.sent(length);
            }
        }
        position = 0;
    }

    private void send(int from, int length) throws IOException {
        liveness.waitBegins();
        try {
            sink.write(buffer, from, length);
        } catch (IOException e) {
            TransferException expiry = liveness.expiry();
            throw expiry != null
                    ? expiry
                    : new TransferException(ExitCode.SOCKET_IO, "write error: " + e.getMessage(), e);
        } finally {
            liveness.waitEnds();
        }
        liveness.moved();
        lastSent = nanoTime.getAsLong();
        bytesWritten.addAndGet(length);
    }

    private void abandon(TransferException reason) {
        try {
            sink.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
