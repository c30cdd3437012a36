package io.sluice.protocol.wire;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TransferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one reader of a peer's bytes. Starts plain; {@link #multiplex} turns on demultiplexing, and then {@link #readAhead} starts the thread that
 * keeps draining the peer into a bounded buffer.
 *
 * <p>The verbs belong to one thread. They throw {@link ProtocolException} for what the protocol forbids, and {@link TransferException} with code
 * 12 when the peer closes in the middle of a value, 10 when the source fails, or 30 when nothing has moved for the timeout.
 */
public final class WireInput implements AutoCloseable {
    private static final int PLAIN_CAPACITY = 32 * 1024;

    private final Liveness liveness;
    private final Arrivals arrivals;
    private final InputStream source;
    private @Nullable FrameCursor frames;
    private @Nullable OutputStream record;
    private OrderedMessages messages = new OrderedMessages((tag, payload) -> {});

    // The window: data bytes that stand together in the ring and are not consumed yet.
    private byte[] bytes;
    private int position;
    private int limit;

    private long granted; // data bytes that were or are in the window
    private long windowEnd; // the stream position of the window's limit
    private long released;
    private long seen; // nothing behind this stream position is known to have arrived

    /** Reads from {@code source}, which {@link #close} closes. */
    public WireInput(InputStream source) {
        this(source, System::nanoTime);
    }

    WireInput(InputStream source, LongSupplier nanoTime) {
        this.source = source;
        liveness = new Liveness(nanoTime);
        arrivals = new Arrivals(source, liveness, PLAIN_CAPACITY);
        bytes = arrivals.ring();
        liveness.onExpiry(this::abandon);
    }

    /** Reads one byte, 0–255. */
    public int readByte() throws IOException {
        if (position == limit) {
            requireWindow();
        }
        return bytes[position++] & 0xFF;
    }

    /** Reads 2 bytes, least significant first, unsigned. */
    public int readShort() throws IOException {
        return readByte() | readByte() << 8;
    }

    /** Reads 4 bytes, least significant first, as a signed int. */
    public int readInt() throws IOException {
        return (int) readLittleEndian(Integer.BYTES);
    }

    /** Reads {@code count} (0–8) bytes, least significant first. */
    public long readLittleEndian(int count) throws IOException {
        long value = 0;
        if (limit - position >= count) {
            for (int i = 0; i < count; i++) {
                value |= (bytes[position + i] & 0xFFL) << (8 * i);
            }
            position += count;
        } else {
            for (int i = 0; i < count; i++) {
                value |= (long) readByte() << (8 * i);
            }
        }
        return value;
    }

    /** Reads an rsync varint of 1–5 bytes. */
    public int readVarInt() throws IOException {
        return (int) VarInt.read(this, 1, VarInt.MAX_INT_BYTES);
    }

    /** Reads an rsync varlong of at least {@code min} bytes (3: file size, 4: time in seconds). */
    public long readVarLong(int min) throws IOException {
        return VarInt.read(this, min, VarInt.MAX_LONG_BYTES);
    }

    /** Reads a vstring (length in 1 byte, or 2 with the high bit set), of at most {@code max} bytes. */
    public byte[] readVString(int max) throws IOException {
        int length = readByte();
        if ((length & 0x80) != 0) {
            length = (length & 0x7F) << 8 | readByte();
        }
        if (length > max) {
            throw new ProtocolException("vstring bytes: " + length + " (expected: <= " + max + ")");
        }
        byte[] value = new byte[length];
        readFully(value, 0, length);
        return value;
    }

    /** Reads exactly {@code length} bytes. */
    public void readFully(byte[] into, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (position == limit) {
                requireWindow();
            }
            int part = Math.min(length - done, limit - position);
            System.arraycopy(bytes, position, into, offset + done, part);
            position += part;
            done += part;
        }
    }

    /** Reads at least one and at most {@code length} bytes; -1 at the end of the stream. */
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == limit && !nextWindow(true)) {
            return -1;
        }
        int part = Math.min(length, limit - position);
        System.arraycopy(bytes, position, into, offset, part);
        position += part;
        return part;
    }

    /**
     * Reads a line of at most {@code max} bytes, without its {@code '\n'}; each {@code '\r'} is dropped. Used before multiplexing only.
     *
     * @throws ProtocolException if the line is longer or has a NUL in it
     */
    public byte[] readLine(int max) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = readByte(); next != '\n'; next = readByte()) {
            if (next == 0) {
                throw new ProtocolException("byte in a line: NUL (expected: text that ends in a newline)");
            }
            if (next == '\r') {
                continue;
            }
            if (line.size() == max) {
                throw new ProtocolException("line bytes: more than " + max + " (expected: <= " + max + ")");
            }
            line.write(next);
        }
        return line.toByteArray();
    }

    /**
     * From the next byte on, the peer's bytes are frames; control messages go to {@code handler}. Called once, before {@link #readAhead}.
     *
     * @throws IOException from the handler, if messages are here already
     */
    public void multiplex(MessageHandler handler) throws IOException {
        giveBackWindow();
        messages = new OrderedMessages(handler);
        arrivals.scanFrom(windowEnd, messages);
        frames = new FrameCursor();
    }

    /** Whether {@link #multiplex} was called, for this transfer or an earlier one on this connection. */
    public boolean isFramed() {
        return frames != null;
    }

    /** A transfer is over, and another may follow: messages that arrive from here on wait for {@link #goOn}. Only with frames. */
    public void holdMessages() {
        messages.hold();
    }

    /**
     * The next transfer begins, on frames that go on: {@code handler} gets the messages that waited, and all that follow.
     *
     * @throws IOException from the handler
     */
    public void goOn(MessageHandler handler) throws IOException {
        messages.goOn(handler);
    }

    /** All data that is read from now on goes to {@code copy} as well, without frames and messages; nothing that was buffered may be left. */
    public void recordTo(OutputStream copy) {
        giveBackWindow();
        record = copy;
    }

    /**
     * Starts the thread that reads ahead (named {@code name}), into {@code capacity} bytes (rounded down to a power of two, 32 KiB at least);
     * called once. From now on messages reach the handler even while nobody reads.
     */
    public void readAhead(String name, int capacity) {
        giveBackWindow();
        arrivals.start(name, windowEnd, Integer.highestOneBit(Math.max(capacity, PLAIN_CAPACITY)));
        bytes = arrivals.ring();
    }

    /**
     * Returns true if a read would not wait: a data byte is here, or the stream has ended. Before {@link #readAhead}, looks only at what is
     * buffered.
     */
    public boolean available() throws IOException {
        return position < limit || nextWindow(false) || arrivals.hasEnded();
    }

    /** Returns true if nothing more will arrive, though what has arrived may not have been read. */
    public boolean hasEnded() {
        return arrivals.hasEnded();
    }

    /** Drops all data until the stream ends, while messages still reach the handler. */
    public void drain() throws IOException {
        do {
            position = limit;
        } while (nextWindow(true));
    }

    /**
     * Ends the connection with code 30 once nothing has moved for {@code seconds} while one of our threads waits for the peer; 0 waits for ever.
     * What a {@link WireOutput#WireOutput(java.io.OutputStream, WireInput) paired output} sends counts too. May be changed at any time, by any
     * thread.
     */
    public void setTimeout(int seconds) {
        liveness.setTimeout(seconds);
    }

    /** Returns the bytes taken from the source so far, frame headers included ({@code --stats}, "Total bytes received"). */
    public long bytesRead() {
        return arrivals.arrived();
    }

    /** Returns the data bytes consumed so far. */
    public long dataRead() {
        return granted - (limit - position);
    }

    /** Makes every read of now and later fail with {@code reason}, whoever waits for what: a thread that should have asked for it has failed. */
    public void fail(TransferException reason) {
        arrivals.fail(reason);
    }

    /** Closes the source; a thread that reads ahead ends. */
    @Override
    public void close() throws IOException {
        liveness.stop();
        try {
            messages.flush();
        } finally {
            arrivals.close();
        }
    }

    Liveness liveness() {
        return liveness;
    }

    private void abandon(TransferException reason) {
        arrivals.fail(reason);
        try {
            source.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private void requireWindow() throws IOException {
        if (!nextWindow(true)) {
            throw closedUnexpectedly();
        }
    }

    /** Makes the next data bytes the window; false if the stream has ended between two frames, or if there are none and it may not wait. */
    private boolean nextWindow(boolean mayWait) throws IOException {
        position = limit;
        while (windowEnd < seen || look(mayWait)) {
            int index = (int) windowEnd & (bytes.length - 1);
            int length = (int) Math.min(seen - windowEnd, bytes.length - index);
            if (frames == null) {
                grant(index, length);
                return true;
            }
            if (!frames.isOpen()) {
                windowEnd += frames.takeHeader(bytes, index, index + length) - index;
                passMessage(frames);
            } else if (frames.remaining() == 0) {
                frames.close();
            } else if (frames.tag() == MessageTag.DATA) {
                frames.advance(grant(index, Math.min(length, frames.remaining())));
                return true;
            } else {
                length = Math.min(length, frames.remaining());
                frames.advance(length);
                windowEnd += length;
                passMessage(frames);
            }
        }
        return false;
    }

    /** A message that is complete has its turn now, and not when more arrives. */
    private void passMessage(FrameCursor at) throws IOException {
        if (at.isOpen() && at.remaining() == 0 && at.tag() != MessageTag.DATA) {
            at.close();
            messages.passed(at.tag());
        }
    }

    /** Looks for what arrived behind {@link #seen}; false at the end of the stream, or if there is nothing and it may not wait. */
    private boolean look(boolean mayWait) throws IOException {
        if (mayWait) {
            seen = awaitMore();
            released = windowEnd;
            if (seen == windowEnd && frames != null && !frames.atBoundary()) {
                throw closedUnexpectedly();
            }
        } else {
            seen = arrivals.arrived();
        }
        bytes = arrivals.ring();
        return seen > windowEnd;
    }

    /** What the peer said before everything failed is told first. */
    private long awaitMore() throws IOException {
        try {
            return arrivals.await(windowEnd);
        } catch (IOException e) {
            messages.flush();
            throw e;
        }
    }

    private int grant(int index, int length) throws IOException {
        if (windowEnd - released >= arrivals.slice()) {
            arrivals.release(windowEnd);
            released = windowEnd;
        }
        int window = Math.min(length, arrivals.slice());
        position = index;
        limit = index + window;
        windowEnd += window;
        granted += window;
        OutputStream copy = record;
        if (copy != null) {
            copy.write(bytes, index, window);
        }
        return window;
    }

    private void giveBackWindow() {
        windowEnd -= limit - position;
        granted -= limit - position;
        if (frames != null) {
            frames.advance(position - limit);
        }
        limit = position;
    }

    private TransferException closedUnexpectedly() {
        String received = String.format(Locale.ROOT, "%,d", arrivals.arrived());
        return new TransferException(
                ExitCode.STREAM_IO, "connection unexpectedly closed (" + received + " bytes received so far)");
    }
}
