package io.sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The thread that reads ahead, with sources the test controls: a rule that is broken shows as a wait that the class's time limit ends. */
@Timeout(60)
class ReadAheadTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final int CAPACITY = 32 * 1024;

    private final Pipe pipe = new Pipe();
    private final Received received = new Received();
    private final AtomicLong clock = new AtomicLong();
    private final WireInput in = new WireInput(pipe, clock::get);

    /** The test's thread never reads: only the thread behind can have delivered. */
    @Test
    void deliversMessagesWhileNobodyReads() throws Exception {
        start();
        pipe.add(HEX.parseHex("03000007aabbcc" + "0400001d17000000"));
        assertThat(received.messages.take()).isEqualTo("IO_ERROR:17000000");
        assertThat(in.readByte()).isEqualTo(0xaa);
    }

    /** The peer's pipe holds 4 KiB, and it reads nothing until all is written: without the reading thread both would wait for ever. */
    @Test
    void letsAPeerWriteWithoutReading() throws Exception {
        var toUs = new PipedOutputStream();
        var fromPeer = new PipedInputStream(toUs, 4096);
        var toPeer = new PipedOutputStream();
        var fromUs = new PipedInputStream(toPeer, 4096);
        byte[] block = new byte[20_000];
        CompletableFuture<Integer> peer = CompletableFuture.supplyAsync(() -> {
            try (var out = new WireOutput(toUs)) {
                out.multiplex();
                out.write(block);
                out.flush();
                return fromUs.readNBytes(20_000).length;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        var input = new WireInput(fromPeer);
        input.multiplex(received);
        input.readAhead("test-reader", CAPACITY);
        var output = new WireOutput(toPeer, input);
        output.write(block);
        output.flush();

        input.readFully(block, 0, block.length);
        assertThat(peer.get()).isEqualTo(20_000);
    }

    /**
     * Ten times the ring's size, with odd frame lengths, in random pieces: every wrap and split is met, and the sum of bytes is compared. The larger one begins
     * smaller, and grows while the reader has not caught up.
     */
    @ParameterizedTest
    @ValueSource(ints = {CAPACITY, 8 * CAPACITY})
    void keepsTheStreamThroughManyTurnsOfTheRing(int capacity) throws Exception {
        var random = new Random(1);
        var data = new ByteArrayOutputStream();
        var framed = new ByteArrayOutputStream();
        try (var out = new WireOutput(framed)) {
            out.multiplex();
            while (data.size() < 10 * capacity) {
                byte[] piece = new byte[random.nextInt(3000)];
                random.nextBytes(piece);
                data.write(piece);
                out.write(piece);
                out.message(MessageTag.INFO, new byte[random.nextInt(50)]);
                if (random.nextBoolean()) {
                    out.flush();
                }
            }
            out.flush();
        }
        start(capacity);
        byte[] stream = framed.toByteArray();
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(1 + random.nextInt(5000), stream.length - at);
            pipe.add(Arrays.copyOfRange(stream, at, at + length));
            at += length;
        }
        pipe.end();

        byte[] read = new byte[data.size()];
        for (int at = 0; at < read.length; ) {
            at += in.read(read, at, Math.min(read.length - at, 1 + random.nextInt(9000)));
        }
        assertThat(read).isEqualTo(data.toByteArray());
        assertThat(in.read(read, 0, 1)).isEqualTo(-1);
        assertThat(in.bytesRead()).isEqualTo(stream.length);
    }

    /** A peer that sends for ever is stopped by the bound: the source still has most of its bytes once the thread waits for room. */
    @Test
    void holdsNoMoreThanItsCapacity() throws Exception {
        start();
        byte[] frame = new byte[4 + 100_000];
        System.arraycopy(HEX.parseHex("a0860107"), 0, frame, 0, 4);
        pipe.add(frame);
        byte[] all = new byte[100_000];
        in.readFully(all, 0, 1);
        assertThat(pipe.taken.get()).isLessThanOrEqualTo(CAPACITY);
        in.readFully(all, 1, all.length - 1);
        assertThat(pipe.taken.get()).isEqualTo(frame.length);
    }

    /** The data before the end is there first; then the end, and again. */
    @Test
    void reportsTheEndAfterTheData() throws Exception {
        start();
        pipe.add(HEX.parseHex("0200000701020500000711"));
        pipe.end();
        assertThat(in.readShort()).isEqualTo(0x0201);
        assertThat(in.readByte()).isEqualTo(0x11);
        assertFails(in::readByte, ExitCode.STREAM_IO, "connection unexpectedly closed (11 bytes received so far)");
        assertThat(in.available()).isTrue();
    }

    /** The thread behind ends by it, and with it the wait of the one that reads. */
    @Test
    void reportsAnErrorOfTheSource() throws Exception {
        start();
        pipe.fail(new OutOfMemoryError("in a test"));
        assertFails(in::readByte, ExitCode.MALLOC, "out of memory: in a test");
        assertFails(in::readByte, ExitCode.MALLOC, "out of memory: in a test");
    }

    @Test
    void reportsAnErrorOfWhoeverHearsMessages() throws Exception {
        in.multiplex((tag, payload) -> {
            throw new NoClassDefFoundError("io/sluice/Gone");
        });
        in.readAhead("test-input", CAPACITY);
        pipe.add(HEX.parseHex("0400001d17000000"));
        assertFails(in::readByte, ExitCode.CRASHED, "internal error: java.lang.NoClassDefFoundError: io/sluice/Gone");
    }

    @Test
    void reportsABrokenSourceAfterTheData() throws Exception {
        start();
        pipe.add(HEX.parseHex("0100000701"));
        pipe.breakOff();
        assertThat(in.readByte()).isEqualTo(1);
        assertFails(in::readByte, ExitCode.SOCKET_IO, "read error: Connection reset");
    }

    /** The handler's own exception reaches the reader, who waits for data that never comes. */
    @Test
    void failsTheReaderWhenTheHandlerFails() throws Exception {
        var reason = new TransferException(ExitCode.PARTIAL, "the peer gave up");
        in.multiplex((tag, payload) -> {
            throw reason;
        });
        in.readAhead("test-reader", CAPACITY);
        pipe.add(HEX.parseHex("0400005d17000000"));
        assertThatThrownBy(in::readByte).isSameAs(reason);
    }

    @Test
    void knowsWhetherAReadWouldWait() throws Exception {
        start();
        assertThat(in.available()).isFalse();
        pipe.add(HEX.parseHex("0000001d"));
        pipe.waits.acquire();
        assertThat(in.available()).isFalse();
        pipe.add(HEX.parseHex("0100000701"));
        pipe.waits.acquire();
        assertThat(in.available()).isTrue();
        assertThat(in.readByte()).isEqualTo(1);
        assertThat(in.available()).isFalse();
    }

    /** The reader waits without end for data; only the clock, which the test moves, can have ended that. */
    @Test
    void endsAfterTheTimeout() throws Exception {
        start();
        CompletableFuture<Throwable> failure = readInBackground();
        in.setTimeout(30);
        assertThat(failure).isNotDone();
        clock.addAndGet(31_000_000_000L);
        in.setTimeout(30);
        assertThat(failure.get()).hasMessage("io timeout after 31 seconds -- exiting");
        assertThat(((TransferException) failure.get()).exitCode()).isEqualTo(ExitCode.TIMEOUT);
    }

    /** A control frame alone, without data, is a sign of life: the same quiet time that ended the test above does not end this one. */
    @Test
    void countsTheTimeoutFromTheLastArrival() throws Exception {
        start();
        var failure = new CompletableFuture<Throwable>();
        Thread reader = readInBackground(failure);
        clock.addAndGet(20_000_000_000L);
        pipe.add(HEX.parseHex("0000001d"));
        pipe.waits.acquire();
        awaitWaiting(reader); // the frame woke it, and it waits again
        clock.addAndGet(20_000_000_000L);
        in.setTimeout(30);
        assertThat(failure).isNotDone();
        clock.addAndGet(11_000_000_000L);
        in.setTimeout(30);
        assertThat(failure.get()).hasMessage("io timeout after 31 seconds -- exiting");
    }

    /** What the paired output sends counts too: a peer that is busy storing need not send. */
    @Test
    void countsTheTimeoutFromTheLastSent() throws Exception {
        start();
        var out = new WireOutput(new ByteArrayOutputStream(), in);
        CompletableFuture<Throwable> failure = readInBackground();
        clock.addAndGet(20_000_000_000L);
        out.writeByte(1);
        out.flush();
        clock.addAndGet(20_000_000_000L);
        in.setTimeout(30);
        assertThat(failure).isNotDone();
        clock.addAndGet(11_000_000_000L);
        in.setTimeout(30);
        assertThat(failure.get()).hasMessage("io timeout after 31 seconds -- exiting");
    }

    /** However long nothing moves, nobody waited for the peer: a sender that reads a large file is not at fault. */
    @Test
    void doesNotCountTimeInWhichNobodyWaits() throws Exception {
        start();
        clock.addAndGet(1_000_000_000_000L);
        in.setTimeout(30);
        pipe.add(HEX.parseHex("0100000701"));
        assertThat(in.readByte()).isEqualTo(1);
    }

    /** Closing wakes the reader, and the thread behind it (the pipe's read ends when it is closed). */
    @Test
    void closingEndsAWait() throws Exception {
        start();
        CompletableFuture<Throwable> failure = readInBackground();
        in.close();
        assertThat(failure.get()).isInstanceOf(TransferException.class);
    }

    @Test
    void refusesFramingAfterReadingAhead() throws Exception {
        start();
        assertThatThrownBy(() -> in.multiplex(received)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> in.readAhead("again", CAPACITY)).isInstanceOf(IllegalStateException.class);
    }

    /** Dropping the rest still delivers the messages in it, up to the end. */
    @Test
    void drainsToTheEnd() throws Exception {
        start();
        pipe.add(HEX.parseHex("03000007aabbcc" + "0400005d17000000"));
        pipe.end();
        in.drain();
        assertThat(received.messages).containsExactly("ERROR_EXIT:17000000");
        assertThat(in.read(new byte[1], 0, 1)).isEqualTo(-1);
    }

    /** Returns once the thread behind waits for the pipe. */
    private void start() throws Exception {
        start(CAPACITY);
    }

    private void start(int capacity) throws Exception {
        in.multiplex(received);
        in.readAhead("test-reader", capacity);
        pipe.waits.acquire();
    }

    /** Starts a read that waits, and returns once it does. */
    private CompletableFuture<Throwable> readInBackground() {
        var failure = new CompletableFuture<Throwable>();
        readInBackground(failure);
        return failure;
    }

    private Thread readInBackground(CompletableFuture<Throwable> failure) {
        Thread reader = Thread.ofPlatform().daemon().start(() -> {
            try {
                in.readByte();
            } catch (IOException e) {
                failure.complete(e);
            }
        });
        awaitWaiting(reader);
        return reader;
    }

    private static void awaitWaiting(Thread reader) {
        while (reader.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void assertFails(ThrowingCallable call, ExitCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
                .hasMessage(message);
    }
}
