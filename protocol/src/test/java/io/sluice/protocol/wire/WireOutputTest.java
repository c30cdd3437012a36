package io.sluice.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What reaches the sink, and when. */
@Timeout(60)
class WireOutputTest {
    private static final HexFormat HEX = HexFormat.of();

    private final AtomicLong clock = new AtomicLong();
    private final Liveness liveness = new Liveness(clock::get);
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
    private final WireOutput out = new WireOutput(sink, liveness, clock::get);

    @Test
    void writesLeastSignificantByteFirst() throws IOException {
        out.writeByte(0x101);
        out.writeShort(0x12345);
        out.writeInt(-2);
        out.writeLittleEndian(0x0102030405060708L, 8);
        out.writeLittleEndian(0x010203, 3);
        out.flush();
        assertThat(sent()).isEqualTo("01" + "4523" + "feffffff" + "0807060504030201" + "030201");
    }

    /** Lengths of 127 and 128 are the two sides of the marker; both are read back. */
    @Test
    void writesStringsWithTheirLength() throws IOException {
        out.writeVString("md5".getBytes(StandardCharsets.UTF_8));
        out.writeVString(new byte[127]);
        out.writeVString(new byte[128]);
        out.writeVString(new byte[0x7FFF]);
        out.flush();
        assertThat(sent()).startsWith("036d6435" + "7f" + "00".repeat(127) + "8080" + "00".repeat(128) + "ffff");
        var in = new WireInput(new ByteArrayInputStream(sink.toByteArray()));
        assertThat(in.readVString(3)).hasSize(3);
        assertThat(in.readVString(127)).hasSize(127);
        assertThatThrownBy(() -> in.readVString(127)).hasMessage("vstring bytes: 128 (expected: <= 127)");
        assertThatThrownBy(() -> out.writeVString(new byte[0x8000])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sendsNothingBeforeAFlush() throws IOException {
        out.multiplex();
        out.writeInt(1);
        assertThat(sink.size()).isZero();
        out.flush();
        assertThat(sent()).isEqualTo("0400000701000000");
    }

    /** A second flush has nothing to send: not even an empty frame. */
    @Test
    void flushesNothingTwice() throws IOException {
        out.multiplex();
        out.writeByte(1);
        out.flush();
        out.flush();
        assertThat(sent()).isEqualTo("0100000701");
    }

    /** The bytes before framing have no header, those after have one. */
    @Test
    void framesWhatFollows() throws IOException {
        out.writeByte(1);
        out.multiplex();
        out.writeByte(2);
        out.flush();
        assertThat(sent()).isEqualTo("01" + "0100000702");
    }

    /** More than the buffer holds, in one call and in many: what a reader gets is what was written. */
    @Test
    void splitsWhatIsLargerThanItsBuffer() throws IOException {
        byte[] data = new byte[500_000];
        new Random(1).nextBytes(data);
        out.multiplex();
        out.write(data, 0, 300_000);
        for (int at = 300_000; at < data.length; at += 1000) {
            out.write(data, at, 1000);
        }
        out.flush();

        byte[] read = new byte[data.length];
        var in = new WireInput(new ByteArrayInputStream(sink.toByteArray()));
        in.multiplex(new Received());
        in.readFully(read, 0, read.length);
        assertThat(read).isEqualTo(data);
        assertThat(in.read(read, 0, 1)).isEqualTo(-1);
    }

    /** Posted by another thread while the owner is inside a frame: it stands between two frames, never within one. */
    @Test
    void sendsPostedMessagesBetweenFrames() throws Exception {
        out.multiplex();
        out.writeByte(1);
        Thread other = Thread.ofPlatform().start(() -> out.post(MessageTag.REDO, HEX.parseHex("05000000")));
        other.join();
        out.writeByte(2);
        assertThat(sink.size()).isZero();
        out.flush();
        assertThat(sent()).isEqualTo("020000070102" + "0400001005000000");
    }

    /** As with rsync, whose output depends on it: a message goes ahead of data that waits, in the order of messages, and the data stays one frame. */
    @Test
    void theOwnersPostsOvertakeDataThatWaits() throws IOException {
        out.multiplex();
        out.writeByte(1);
        out.post(MessageTag.REDO, HEX.parseHex("05000000"));
        out.writeByte(2);
        out.post(MessageTag.INFO, new byte[] {'x'});
        assertThat(sink.size()).isZero();
        out.flush();
        assertThat(sent()).isEqualTo("0400001005000000" + "0100000978" + "020000070102");
    }

    /** A message posted before framing began waits for it: unframed, it would be taken for data. */
    @Test
    void keepsPostedMessagesUntilFraming() throws IOException {
        out.post(MessageTag.NOOP, new byte[0]);
        out.writeByte(1);
        out.flush();
        assertThat(sent()).isEqualTo("01");
        out.multiplex();
        out.flush();
        assertThat(sent()).isEqualTo("01" + "00000031");
    }

    /** Every message of ten threads arrives once, while the owner writes and flushes: none is lost between its looks. */
    @Test
    void losesNoPostedMessage() throws Exception {
        out.multiplex();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 10; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int k = 0; k < 1000; k++) {
                    out.post(MessageTag.INFO, new byte[] {'x'});
                }
            }));
        }
        while (threads.stream().anyMatch(Thread::isAlive)) {
            out.writeInt(0);
            out.flush();
        }
        out.flush();
        var received = new Received();
        var in = new WireInput(new ByteArrayInputStream(sink.toByteArray()));
        in.multiplex(received);
        in.drain();
        assertThat(received.messages).hasSize(10_000);
    }

    /** rsync refuses texts of about 5 KB; the parts together are the text. */
    @Test
    void cutsLongTextsIntoSeveralMessages() throws IOException {
        out.multiplex();
        out.message(MessageTag.INFO, "a".repeat(9000).getBytes(StandardCharsets.UTF_8));
        out.flush();
        var received = new Received();
        var in = new WireInput(new ByteArrayInputStream(sink.toByteArray()));
        in.multiplex(received);
        in.drain();
        assertThat(received.messages)
                .containsExactly("INFO:" + "a".repeat(4096), "INFO:" + "a".repeat(4096), "INFO:" + "a".repeat(808));
        assertThatThrownBy(() -> out.post(MessageTag.DELETED, new byte[4097]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesMessagesBeforeFraming() {
        assertThatThrownBy(() -> out.message(MessageTag.INFO, new byte[1])).isInstanceOf(IllegalStateException.class);
    }

    /** One nanosecond before half the timeout there is nothing, at half there is an empty frame, and then nothing again. */
    @Test
    void keepsAliveAfterHalfTheTimeout() throws IOException {
        out.multiplex();
        out.keepAlive();
        out.setTimeout(9);
        clock.set(4_999_999_999L);
        out.keepAlive();
        assertThat(sink.size()).isZero();
        clock.set(5_000_000_000L);
        out.keepAlive();
        out.keepAlive();
        assertThat(sent()).isEqualTo("00000007");
    }

    /** What waits to be sent is sign enough: no empty frame beside it. */
    @Test
    void keepsAliveWithWhatWaits() throws IOException {
        out.multiplex();
        out.setTimeout(9);
        out.writeByte(1);
        clock.set(5_000_000_000L);
        out.keepAlive();
        assertThat(sent()).isEqualTo("0100000701");
    }

    /** The write would never return by itself: only the sink's closing ends it. */
    @Test
    void endsAWriteThatBlocksForTheTimeout() throws Exception {
        var entered = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        var stuck = new OutputStream() {
            @Override
            public void write(int value) {
                throw new UnsupportedOperationException("one byte at a time (expected: large writes)");
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                entered.countDown();
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                throw new IOException("closed");
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> {
            try (var blocked = new WireOutput(stuck, liveness, clock::get)) {
                blocked.writeByte(1);
                blocked.flush();
                return new AssertionError("the write returned");
            } catch (IOException e) {
                return e;
            }
        });
        entered.await();
        clock.addAndGet(31_000_000_000L);
        liveness.setTimeout(30);
        assertThat(failure.get()).hasMessage("io timeout after 31 seconds -- exiting");
    }

    @Test
    void reportsABrokenSink() throws IOException {
        OutputStream closed = OutputStream.nullOutputStream();
        closed.close();
        try (var broken = new WireOutput(closed)) {
            broken.writeByte(1);
            assertThatThrownBy(broken::flush)
                    .isInstanceOfSatisfying(
                            TransferException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SOCKET_IO))
                    .hasMessageStartingWith("write error: ");
        }
    }

    /** 100,000 bytes at 10,000 a second take 10 seconds in all, slept in parts of a tenth at least. */
    @Test
    void sleepsOffWhatWasSentTooEarly() throws IOException {
        List<Long> sleeps = new ArrayList<>();
        var throttle = new Throttle(10_000, clock::get, nanos -> {
            sleeps.add(nanos);
            clock.addAndGet(nanos);
        });
        for (int sent = 0; sent < 100_000; sent += 500) {
            throttle.sent(500);
        }
        assertThat(clock.get()).isEqualTo(10_000_000_000L);
        assertThat(sleeps).allMatch(nanos -> nanos >= 100_000_000L);
    }

    /** After an idle minute the next second is not sixty times as fast. */
    @Test
    void doesNotSaveUpIdleTime() throws IOException {
        AtomicLong slept = new AtomicLong();
        var throttle = new Throttle(10_000, clock::get, slept::addAndGet);
        clock.addAndGet(60_000_000_000L);
        throttle.sent(10_000);
        assertThat(slept.get()).isEqualTo(1_000_000_000L);
        assertThat(throttle.piece()).isEqualTo(1250);
    }

    private String sent() {
        return HEX.formatHex(sink.toByteArray());
    }
}
