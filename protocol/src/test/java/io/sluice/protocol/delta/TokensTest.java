package io.sluice.protocol.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Token streams, against rsync's and against garbage. */
class TokensTest {
    private static final SumHead HEAD_A = new SumHead(58, 700, 2, 400);
    private static final SumHead HEAD_B = new SumHead(13, 700, 2, 600);
    private static final SumHead HEAD_LONG = new SumHead(5, 70_000, 2, 20_000);

    /**
     * One reader for files of one session: state that must be dropped (zlib) or kept (zstd) between files decides the
     * later ones.
     */
    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void decodesWhatRsyncSends(CompressionType type) throws IOException {
        String key = "tokens." + type.wireName();
        boolean plain = type == CompressionType.NONE || type == CompressionType.ZLIBX;
        byte[] last = plain ? new byte[0] : GoldenFiles.recorded(key + ".c");
        try (TokenReader tokens = Tokens.reader(
                Sessions.with(type),
                Wire.reading(GoldenFiles.recorded(key + ".a"), GoldenFiles.recorded(key + ".b"), last))) {
            assertThat(Rebuild.apart(tokens, HEAD_A, GoldenFiles.basisA())).isEqualTo(GoldenFiles.fileA());
            assertThat(Rebuild.apart(tokens, HEAD_B, GoldenFiles.basisB())).isEqualTo(GoldenFiles.fileB());
            if (!plain) {
                assertThat(Rebuild.apart(tokens, SumHead.NONE, new byte[0])).isEqualTo(GoldenFiles.fileC());
            }
        }
    }

    /** The literals refer back to the parts of a long block that only one of the two versions has in its window. */
    @ParameterizedTest
    @ValueSource(ints = {30, 31})
    void oldMethodKnowsBothWaysOfLongBlocks(int version) throws IOException {
        byte[] recorded = GoldenFiles.recorded("long-blocks." + version);
        Session session = session(CompressionType.ZLIB, version);
        try (TokenReader tokens = Tokens.reader(session, Wire.reading(recorded))) {
            assertThat(Rebuild.apart(tokens, HEAD_LONG, GoldenFiles.basisLong()))
                    .isEqualTo(GoldenFiles.fileLong());
        }
        byte[] ours = writtenLong(session);
        try (TokenReader tokens = Tokens.reader(session, Wire.reading(ours))) {
            assertThat(Rebuild.apart(tokens, HEAD_LONG, GoldenFiles.basisLong()))
                    .isEqualTo(GoldenFiles.fileLong());
        }
        assertThat(ours.length).isCloseTo(recorded.length, withinPercentage(5));
    }

    private static byte[] writtenLong(Session session) throws IOException {
        byte[] file = GoldenFiles.fileLong();
        return Wire.written(out -> {
            try (TokenWriter tokens = Tokens.writer(session, OptionalInt.empty(), out)) {
                tokens.match(0, file, 0, 70_000);
                tokens.literal(file, 70_000, 1800);
                tokens.match(1, file, 71_800, 70_000);
                tokens.match(2, file, 141_800, 70_000);
                tokens.literal(file, 211_800, 1000);
                tokens.match(3, file, 212_800, 70_000);
                tokens.match(4, file, 282_800, 20_000);
                tokens.end();
            }
        });
    }

    private static Session session(CompressionType type, int version) {
        return Sessions.with(ChecksumType.MD5, 0, true, type, new ProtocolVersion(version));
    }

    /** Threads that compress, as many as are asked for or fewer, make a stream that is read like any other. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void zstdWithThreadsIsReadBack(int threads) throws IOException {
        byte[] text = GoldenFiles.content(3_000_000, 2, true);
        byte[] sent = Wire.written(out -> {
            try (TokenWriter tokens =
                    Tokens.writer(Sessions.with(CompressionType.ZSTD), OptionalInt.of(3), threads, out)) {
                tokens.literal(text, 0, text.length);
                tokens.match(7, text, 4900, 700);
                tokens.literal(text, 0, 1000);
                tokens.end();
            }
        });
        assertThat(sent.length).isLessThan(text.length);
        byte[] expected = GoldenFiles.join(text, GoldenFiles.range(text, 4900, 5600), GoldenFiles.range(text, 0, 1000));
        try (TokenReader tokens = Tokens.reader(Sessions.with(CompressionType.ZSTD), Wire.reading(sent))) {
            assertThat(Rebuild.apart(tokens, new SumHead(10, 700, 2, 0), text)).isEqualTo(expected);
        }
    }

    /** zstd itself starts 256 for whoever asks for more; other threads of this process come and go, but not by the dozen. */
    @Test
    void zstdGetsFewThreadsWhateverIsAskedFor() throws IOException {
        byte[] text = GoldenFiles.content(3_000_000, 2, true);
        int before = threads();
        int[] more = new int[1];
        Wire.written(out -> {
            try (TokenWriter tokens =
                    Tokens.writer(Sessions.with(CompressionType.ZSTD), OptionalInt.of(3), 1000, out)) {
                tokens.literal(text, 0, text.length);
                more[0] = threads() - before;
            }
        });
        assertThat(more[0]).isBetween(1, 60);
    }

    private static int threads() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return (int) threads.count();
        }
    }

    /**
     * Literals longer than any part, incompressible and not, then a second file that must not depend on the first where
     * the codec forbids it.
     */
    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void readsBackWhatItWrites(CompressionType type) throws IOException {
        byte[] noise = GoldenFiles.content(200_000, 1, false);
        byte[] text = GoldenFiles.content(200_000, 2, true);
        byte[] sent = Wire.written(out -> {
            try (TokenWriter tokens = Tokens.writer(Sessions.with(type), OptionalInt.of(1), out)) {
                for (int i = 0; i < 2; i++) {
                    tokens.literal(noise, 0, noise.length);
                    tokens.literal(text, 0, 0);
                    tokens.match(7, noise, 4900, 700);
                    tokens.literal(text, 0, text.length);
                    tokens.end();
                }
                tokens.end();
            }
        });
        SumHead head = new SumHead(10, 700, 2, 0);
        byte[] expected = GoldenFiles.join(noise, GoldenFiles.range(noise, 4900, 5600), text);
        try (TokenReader tokens = Tokens.reader(Sessions.with(type), Wire.reading(sent))) {
            assertThat(Rebuild.apart(tokens, head, noise)).isEqualTo(expected);
            assertThat(Rebuild.apart(tokens, head, noise)).isEqualTo(expected);
            assertThat(tokens.next()).isEqualTo(TokenReader.END);
        }
    }

    /** By hand: each form once, the limits of distance and run on both sides, and a way back. */
    @ParameterizedTest
    @CsvSource({
        "0:1,                   80 00",
        "63:1,                  bf 00",
        "64:1,                  20 40000000 00",
        "5:2,                   c5 0100 00",
        "64:3,                  21 40000000 0200 00",
        "0:1 63:1,              80 bf 00",
        "0:1 64:1,              80 20 40000000 00",
        "9:1 8:1,               89 20 08000000 00",
        "9:1 9:1,               89 80 00",
        "0:4 10:2,              c0 0300 c7 0100 00",
        "0:65536,               c0 ffff 00",
        "0:65537,               c0 ffff 81 00",
        "100000:70000,          21 a0860100 ffff c1 6f11 00"
    })
    void runsAreWrittenInTheirShortestForm(String runs, String hex) throws IOException {
        byte[] expected = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] written = Wire.written(out -> {
            try (TokenWriter tokens = Tokens.writer(Sessions.with(CompressionType.LZ4), OptionalInt.empty(), out)) {
                for (int block : blocks(runs)) {
                    tokens.match(block, new byte[1], 0, 1);
                }
                tokens.end();
            }
        });
        assertThat(written).isEqualTo(expected);
        try (TokenReader tokens = Tokens.reader(Sessions.with(CompressionType.LZ4), Wire.reading(expected))) {
            for (int block : blocks(runs)) {
                assertThat(tokens.next()).isEqualTo(-(block + 1));
            }
            assertThat(tokens.next()).isEqualTo(TokenReader.END);
        }
    }

    /** Reads {@code first:count first:count ...}. */
    private static int[] blocks(String runs) {
        return Pattern.compile("([0-9]+):([0-9]+)")
                .matcher(runs)
                .results()
                .flatMapToInt(run -> {
                    int first = Integer.parseInt(run.group(1));
                    return IntStream.range(first, first + Integer.parseInt(run.group(2)));
                })
                .toArray();
    }

    /** Every prefix of a stream that ends in its end token lacks at least that. */
    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void endOfStreamAnywhereIsAnError(CompressionType type) {
        byte[] recorded = GoldenFiles.recorded("tokens." + type.wireName() + ".b");
        // The zstd stream begins with the file before.
        byte[] before = type == CompressionType.ZSTD ? GoldenFiles.recorded("tokens.zstd.a") : new byte[0];
        for (int length = 0; length < recorded.length; length++) {
            byte[] cut = Arrays.copyOf(recorded, length);
            try (TokenReader tokens = Tokens.reader(Sessions.with(type), Wire.reading(before, cut))) {
                assertThatThrownBy(() -> {
                            if (type == CompressionType.ZSTD) {
                                Rebuild.apart(tokens, HEAD_A, GoldenFiles.basisA());
                            }
                            Rebuild.apart(tokens, HEAD_B, GoldenFiles.basisB());
                        })
                        .isInstanceOf(TransferException.class);
            }
        }
    }

    /**
     * Only a protocol's errors may come of any bytes, never another exception, and never a literal longer than its
     * buffer.
     */
    @Property(tries = 2000)
    void garbageIsAnErrorOrTokens(@ForAll CompressionType type, @ForAll @Size(max = 300) byte[] garbage)
            throws IOException {
        readAll(type, garbage);
    }

    /** The same for streams that are right up to one byte. */
    @Property(tries = 2000)
    void damageIsAnErrorOrTokens(@ForAll CompressionType type, @ForAll int position, @ForAll byte value)
            throws IOException {
        byte[] stream = GoldenFiles.recorded("tokens." + type.wireName() + ".a");
        stream[Math.floorMod(position, stream.length)] = value;
        readAll(type, stream);
    }

    private static void readAll(CompressionType type, byte[] stream) throws IOException {
        byte[] block = GoldenFiles.basisB();
        try (TokenReader tokens = Tokens.reader(Sessions.with(type), Wire.reading(stream))) {
            for (int token = tokens.next(); token != TokenReader.END; token = tokens.next()) {
                if (token > 0) {
                    assertThat(tokens.offset() + token).isLessThanOrEqualTo(tokens.buffer().length);
                } else {
                    tokens.matched(block, 0, 700);
                }
            }
        } catch (TransferException e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LZ4, 01", // no such flag
        "LZ4, 22",
        "LZ4, 20 ffffffff", // a negative block
        "LZ4, 21 feffff7f 0100", // a run beyond the last block there can be
        "LZ4, 21 01000000 0000", // a run of nothing more
        "ZLIB, 40 01 06 00", // ends in the middle of a code
        "ZLIB, 40 02 03 00 00", // a last block of deflate
        "ZLIB, 40 01 07 80", // no such kind of deflate block
        "LZ4, 40 01 ff",
        "ZSTD, 40 04 00000000 00"
    })
    void malformedPartsAreRefused(CompressionType type, String hex) {
        byte[] stream = HexFormat.of().parseHex(hex.replace(" ", ""));
        try (TokenReader tokens = Tokens.reader(Sessions.with(type), Wire.reading(stream, new byte[4]))) {
            assertThatThrownBy(() -> {
                        while (tokens.next() != TokenReader.END) {
                            assertThat(tokens.buffer()).isNotEmpty();
                        }
                    })
                    .isInstanceOf(ProtocolException.class);
        }
    }

    /** A part that inflates to a thousand times its size comes out in small pieces, and all of it. */
    @Test
    void expansionIsHandedOutPiecewise() throws IOException {
        byte[] zeros = new byte[16_000_000];
        byte[] deflated = new byte[TokenFlags.MAX_DATA];
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(zeros);
        int length = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH) - 4;
        deflater.end();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(TokenFlags.DATA | length >> 8);
        stream.write(length);
        stream.write(deflated, 0, length);
        stream.write(TokenFlags.END);
        long total = 0;
        try (TokenReader tokens =
                Tokens.reader(Sessions.with(CompressionType.ZLIBX), Wire.reading(stream.toByteArray()))) {
            for (int token = tokens.next(); token != TokenReader.END; token = tokens.next()) {
                assertThat(token).isBetween(1, 32 * 1024);
                total += token;
            }
        }
        assertThat(total).isEqualTo(zeros.length);
    }

    @Test
    void levelsBeyondTheCodecsAreMoved() throws IOException {
        byte[] text = GoldenFiles.content(1000, 2, true);
        for (CompressionType type : CompressionType.values()) {
            for (int level : new int[] {Integer.MIN_VALUE, -1, 0, 9, 22, Integer.MAX_VALUE}) {
                byte[] sent = Wire.written(out -> {
                    try (TokenWriter tokens = Tokens.writer(Sessions.with(type), OptionalInt.of(level), out)) {
                        tokens.literal(text, 0, text.length);
                        tokens.end();
                    }
                });
                try (TokenReader tokens = Tokens.reader(Sessions.with(type), Wire.reading(sent))) {
                    assertThat(Rebuild.apart(tokens, SumHead.NONE, text)).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void everyCodecIsAvailableHere() {
        assertThat(CompressionType.values()).allMatch(Tokens::available);
    }
}
