package io.sluice.protocol.delta;

import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.fuzz.FuzzTarget;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Sums of blocks, the search that they ask for, and tokens of each codec. */
public final class DeltaTargets {
    private static final int OLDEST = 27;
    private static final int VERSIONS = 6;
    /** A few bytes ask for many blocks, as they may; a run of them shows all that more would show. */
    private static final int MAX_TOKENS = 20_000;

    private static final int SEARCHED = 8 * 1024;
    private static final int LONGEST_SEARCH = 4096;
    private static final List<ChecksumType> CHECKSUMS = List.of(ChecksumType.values());
    private static final byte[] BASIS = GoldenFiles.basisA();
    private static final SumHead HEAD = new SumHead(58, 700, 2, 400);

    /** As in a session, one for all its files. */
    private static final Map<Session, Matcher> MATCHERS = new ConcurrentHashMap<>();

    private DeltaTargets() {}

    /** zstd allocates its window, at most 128 MiB, where the heap's figures do not show it. */
    @SuppressWarnings("exports") // nobody but tests sees it
    public static List<FuzzTarget> all() {
        List<FuzzTarget> targets = new ArrayList<>();
        List<byte[]> sums = new ArrayList<>();
        for (ChecksumType type : CHECKSUMS) {
            String name = type.name().toLowerCase(Locale.ROOT);
            if (List.of("xxh128", "xxh3", "xxh64", "md5", "md4", "sha1").contains(name)) {
                byte[] recorded = GoldenFiles.recorded("blocks." + name + ".123456789");
                for (int version = 0; version < VERSIONS; version++) {
                    sums.add(FuzzTarget.input(recorded, CHECKSUMS.indexOf(type), version));
                }
            }
        }
        sums.add(FuzzTarget.input(equalSums(), CHECKSUMS.indexOf(ChecksumType.MD5), VERSIONS - 1));
        targets.add(new FuzzTarget("sums", DeltaTargets::sums, sums, 16 << 20, 1024));
        for (CompressionType codec : CompressionType.values()) {
            targets.add(new FuzzTarget(
                    "tokens-" + codec.name().toLowerCase(Locale.ROOT),
                    input -> tokens(codec, input),
                    recorded(codec),
                    1 << 20,
                    64));
        }
        return targets;
    }

    private static List<byte[]> recorded(CompressionType codec) {
        List<byte[]> seeds = new ArrayList<>();
        String key = "tokens." + codec.wireName();
        seeds.add(FuzzTarget.input(GoldenFiles.recorded(key + ".a"), VERSIONS - 1));
        seeds.add(FuzzTarget.input(Arrays.copyOf(GoldenFiles.recorded(key + ".b"), 600), VERSIONS - 1));
        if (codec == CompressionType.NONE) {
            seeds.add(FuzzTarget.input(longLiteral(), VERSIONS - 1));
        }
        return seeds;
    }

    /** More than is handed out at a time. */
    private static byte[] longLiteral() {
        int length = 33 << 10;
        byte[] bytes = new byte[Integer.BYTES + length];
        bytes[1] = (byte) (length >> 8);
        return bytes;
    }

    /** Sums of 300 blocks that only the strong ones tell apart, of which none is right. */
    private static byte[] equalSums() {
        byte[] bytes = new byte[16 + 300 * 6];
        bytes[0] = (byte) 300;
        bytes[1] = 1;
        bytes[4] = 64;
        bytes[8] = 2;
        for (int block = 0; block < 300; block++) {
            bytes[16 + 6 * block + 4] = (byte) block;
            bytes[16 + 6 * block + 5] = (byte) (block >> 8);
        }
        return bytes;
    }

    private static Session session(CompressionType codec, ChecksumType checksum, int version) {
        return Sessions.with(checksum, GoldenFiles.SEED, true, codec, new ProtocolVersion(OLDEST + version));
    }

    private static void sums(byte[] input) throws IOException {
        Session session = session(
                CompressionType.NONE,
                CHECKSUMS.get(FuzzTarget.choice(input, 0, CHECKSUMS.size())),
                FuzzTarget.choice(input, 1, VERSIONS));
        BlockSums sums;
        try (WireInput in = Wire.reading(FuzzTarget.content(input, 2))) {
            sums = BlockSums.read(in, session, new AllocationLimit(64 << 20));
        }
        if (sums.head().blockLength() <= LONGEST_SEARCH) {
            search(sums, session);
        }
    }

    private static void search(BlockSums sums, Session session) throws IOException {
        WireOutput out = new WireOutput(OutputStream.nullOutputStream());
        try (TokenWriter tokens = Tokens.writer(session, OptionalInt.empty(), out)) {
            MATCHERS.computeIfAbsent(session, absent -> new Matcher(absent, new AllocationLimit(64 << 20)))
                    .send(Searched.FILE.file(), SEARCHED, sums, false, tokens, Checksums.transfer(session), sent -> {});
        }
    }

    /** A file of zeros, in which equal blocks are found everywhere. */
    private static final class Searched {
        static final DiskFile FILE = make();

        private static DiskFile make() {
            try {
                return new DiskFile(new byte[SEARCHED]);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void tokens(CompressionType codec, byte[] input) throws IOException {
        Session session = session(codec, ChecksumType.MD5, FuzzTarget.choice(input, 0, VERSIONS));
        try (WireInput in = Wire.reading(FuzzTarget.content(input, 1));
                TokenReader tokens = Tokens.reader(session, in)) {
            for (int i = 0; i < MAX_TOKENS; i++) {
                int token = tokens.next();
                if (token < 0 && -(token + 1) < HEAD.count()) {
                    int block = -(token + 1);
                    tokens.matched(BASIS, (int) HEAD.offsetOf(block), HEAD.lengthOf(block));
                } else if (token > 0 && tokens.offset() + token > tokens.buffer().length) {
                    throw new IllegalStateException("literal beyond its buffer");
                }
            }
        }
    }
}
