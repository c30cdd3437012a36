package io.sluice.protocol.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.OpenFlags;
import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.delta.Sending.Job;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.Session;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The search: what it finds, what it must not refer to, and what it costs. */
class MatcherTest {
    private static final Session SESSION = Sessions.with(CompressionType.NONE);
    private static final int MEBIBYTE = 1 << 20;

    private final Matcher matcher = new Matcher(SESSION, AllocationLimit.DEFAULT);

    /**
     * With rsync's own sums: every block that it found is found, in the same order, and literals are cut where it cuts
     * them.
     */
    @Test
    void sendsTheTokensThatRsyncSends() throws IOException {
        Session session = Sessions.with(ChecksumType.MD5, GoldenFiles.SEED);
        Matcher md5 = new Matcher(session, AllocationLimit.DEFAULT);
        Sending a = Sending.of(md5, session, job(GoldenFiles.basisA(), GoldenFiles.fileA(), false));
        assertThat(a.stream()).isEqualTo(GoldenFiles.recorded("tokens.none.a"));
        assertThat(a.sum()).isEqualTo(GoldenFiles.recorded("file.md5"));
        Sending b = Sending.of(md5, session, job(GoldenFiles.basisB(), GoldenFiles.fileB(), false));
        assertThat(b.stream()).isEqualTo(GoldenFiles.recorded("tokens.none.b"));
        assertThat(md5.matchedBytes() + md5.literalBytes())
                .isEqualTo(GoldenFiles.fileA().length + GoldenFiles.fileB().length);
    }

    private static Job job(byte[] basis, byte[] file, boolean inplace) {
        return Job.of(basis, SumHead.forBasis(basis.length, OptionalInt.empty(), SESSION, false), file, inplace);
    }

    private static byte[] rebuilt(Sending sending, Job job) throws IOException {
        TokenReader tokens = Tokens.reader(SESSION, Wire.reading(sending.stream()));
        return job.inplace()
                ? Rebuild.inPlace(tokens, job.head(), job.basis(), job.file().length)
                : Rebuild.apart(tokens, job.head(), job.basis());
    }

    private Sending sendAndCheck(Job job) throws IOException {
        Sending sending = Sending.of(matcher, SESSION, job);
        assertThat(rebuilt(sending, job)).isEqualTo(job.file());
        assertThat(sending.whole()).isTrue();
        StrongChecksum fileSum = Checksums.transfer(SESSION);
        fileSum.update(job.file(), 0, job.file().length);
        byte[] expected = new byte[fileSum.length()];
        fileSum.digest(expected, 0);
        assertThat(sending.sum()).isEqualTo(expected);
        return sending;
    }

    @Test
    void withoutBasisEverythingIsLiteral() throws IOException {
        byte[] file = GoldenFiles.content(MEBIBYTE + 17, 1, false);
        Sending sending = sendAndCheck(Job.of(new byte[0], SumHead.NONE, file, false));
        assertThat(matcher.literalBytes()).isEqualTo(file.length);
        assertThat(matcher.matchedBytes()).isZero();
        assertThat(sending.progress()).isSorted().hasSizeBetween(4, 8).endsWith((long) file.length);
    }

    @Test
    void emptyFilesAreAnEndToken() throws IOException {
        assertThat(sendAndCheck(Job.of(new byte[0], SumHead.NONE, new byte[0], false)).stream())
                .isEqualTo(new byte[4]);
        assertThat(sendAndCheck(job(GoldenFiles.basisB(), new byte[0], false)).stream())
                .isEqualTo(new byte[4]);
    }

    /** A file that is its basis, with a short last block and a last block that is not short, is references alone. */
    @Test
    void unchangedFilesHaveNoLiterals() throws IOException {
        for (int length : new int[] {1, 699, 700, 701, 7000, 7699, 900_000}) {
            byte[] file = GoldenFiles.content(length, 1, false);
            sendAndCheck(job(file, file, false));
            sendAndCheck(job(file, file, true));
        }
        assertThat(matcher.literalBytes()).isZero();
    }

    /** Blocks of the greatest length, found at odd offsets behind more literal data than one piece holds. */
    @Test
    void longestBlocksAreFoundAnywhere() throws IOException {
        byte[] basis = GoldenFiles.content(5 * SumHead.MAX_BLOCK_LENGTH + 100, 1, false);
        byte[] file = GoldenFiles.join(GoldenFiles.content(100_001, 2, false), basis, new byte[40_000], basis);
        SumHead head = SumHead.forBasis(basis.length, OptionalInt.of(SumHead.MAX_BLOCK_LENGTH), SESSION, false);
        sendAndCheck(Job.of(basis, head, file, false));
        // The short last block is found only at the end.
        assertThat(matcher.literalBytes()).isEqualTo(100_001 + 40_000 + 100);
    }

    /** Equal blocks: a run of them is sent as a run, not as references to the first. */
    @Test
    void blocksAfterTheLastMatchArePreferred() throws IOException {
        byte[] zeros = new byte[70_000];
        Sending sending = sendAndCheck(job(zeros, zeros, false));
        try (TokenReader tokens = Tokens.reader(SESSION, Wire.reading(sending.stream()))) {
            for (int block = 0; block < 100; block++) {
                assertThat(tokens.next()).isEqualTo(-(block + 1));
            }
        }
    }

    /**
     * 64 MiB of zeros in 95,870 equal blocks: looking at every equal block at every match would take 9 thousand million
     * comparisons.
     */
    @Test
    void equalBlocksCostNoMoreThanOthers() throws IOException {
        byte[] zeros = new byte[64 * MEBIBYTE];
        SumHead head = SumHead.forBasis(zeros.length, OptionalInt.of(700), SESSION, false);
        for (boolean inplace : new boolean[] {false, true}) {
            long before = matcher.comparisons();
            sendAndCheck(Job.of(zeros, head, zeros, inplace));
            assertThat(matcher.comparisons() - before).isLessThan(10L * head.count());
        }
        assertThat(matcher.literalBytes()).isZero();
    }

    /**
     * In place, blocks that were overwritten are dropped for good: a file that goes on with zeros behind its basis does
     * not look at them again.
     */
    @Test
    void overwrittenBlocksAreNotLookedAtAgain() throws IOException {
        byte[] basis = new byte[MEBIBYTE];
        basis[0] = 1; // so that no zeros are known to stay in place
        byte[] file = GoldenFiles.join(GoldenFiles.content(MEBIBYTE, 1, false), new byte[MEBIBYTE]);
        long before = matcher.comparisons();
        sendAndCheck(job(basis, file, true));
        assertThat(matcher.matchedBytes()).isLessThan(2048);
        assertThat(matcher.comparisons() - before).isLessThan(3 * MEBIBYTE + 10_000);
    }

    /**
     * Blocks whose weak sums are all equal and whose strong sums are not, 20,000 of them, met at every block of the
     * file.
     */
    @Test
    void equalWeakSumsCostNoWalk() throws IOException {
        Random random = new Random(1);
        byte[] basis = weakTwins(20_000, random);
        byte[] file = GoldenFiles.join(weakTwins(5000, random), Arrays.copyOfRange(basis, 640, 64_000));
        SumHead head = SumHead.forBasis(basis.length, OptionalInt.of(64), SESSION, true);
        BlockSums sums = Sending.sums(basis, head, SESSION);
        for (int block = 0; block < head.count(); block++) {
            assertThat(sums.weak(block)).isEqualTo(sums.weak(0));
        }
        sendAndCheck(Job.of(basis, head, file, false));
        assertThat(matcher.matchedBytes()).isEqualTo(64_000 - 640);
        assertThat(matcher.falseAlarms()).isBetween(5000L, 2L * file.length);
        assertThat(matcher.comparisons()).isLessThan(5L * (file.length + head.count()));
    }

    /** Blocks of 64 bytes: one more, two less and one more on neighbours changes neither half of a weak sum. */
    private static byte[] weakTwins(int blocks, Random random) {
        byte[] bytes = new byte[64 * blocks];
        for (int block = 0; block < blocks; block++) {
            for (int changes = 0; changes < 20; changes++) {
                int at = 64 * block + random.nextInt(62);
                bytes[at]++;
                bytes[at + 1] = (byte) (bytes[at + 1] - 2);
                bytes[at + 2]++;
            }
        }
        return bytes;
    }

    /**
     * What moved towards the end of its file was overwritten when it would be needed; what moved towards the start was
     * not.
     */
    @Test
    void overwrittenBlocksAreNotReferredTo() throws IOException {
        byte[] basis = GoldenFiles.content(70_000, 1, false);
        byte[] shifted = GoldenFiles.join(new byte[7000], basis);
        sendAndCheck(job(basis, shifted, true));
        assertThat(matcher.matchedBytes()).isZero();
        sendAndCheck(job(basis, shifted, false));
        assertThat(matcher.matchedBytes()).isEqualTo(70_000);
        sendAndCheck(job(basis, Arrays.copyOfRange(basis, 7000, 70_000), true));
        assertThat(matcher.matchedBytes()).isEqualTo(70_000 + 63_000);
    }

    /**
     * A block that was found where it stands is never overwritten with anything else, so it can be referred to for
     * ever.
     */
    @Test
    void blocksThatStayCanBeReferredToLater() throws IOException {
        byte[] basis = GoldenFiles.content(7000, 1, false);
        byte[] file = GoldenFiles.join(basis, Arrays.copyOf(basis, 700), GoldenFiles.range(basis, 2100, 2800));
        sendAndCheck(job(basis, file, true));
        assertThat(matcher.literalBytes()).isZero();
    }

    /**
     * Zeros that begin in the middle of a block are literals up to its end, and every block of zeros behind then stays
     * where it is.
     */
    @Test
    void zerosAreAlignedInPlace() throws IOException {
        byte[] basis = new byte[70_000];
        byte[] file = new byte[70_000];
        Arrays.fill(file, 0, 300, (byte) 1);
        Job job = job(basis, file, true);
        Sending sending = sendAndCheck(job);
        assertThat(matcher.literalBytes()).isEqualTo(700);
        try (TokenReader tokens = Tokens.reader(SESSION, Wire.reading(sending.stream()))) {
            assertThat(tokens.next()).isEqualTo(700);
            for (int block = 1; block < 100; block++) {
                assertThat(tokens.next()).isEqualTo(-(block + 1));
            }
        }
    }

    @Test
    void zerosStandForWhatAFileLost() throws IOException {
        byte[] file = GoldenFiles.content(1000, 1, false);
        for (SumHead head : new SumHead[] {SumHead.NONE, new SumHead(2, 700, 16, 300)}) {
            Job job = new Job(file, head, file, 300_000, false);
            Sending sending = Sending.of(matcher, SESSION, job);
            assertThat(sending.whole()).isFalse();
            assertThat(rebuilt(sending, job)).isEqualTo(Arrays.copyOf(file, 300_000));
            assertThat(matcher.readFailure()).isEmpty();
        }
        assertThat(sendAndCheck(Job.of(file, SumHead.NONE, file, false)).whole())
                .isTrue();
    }

    @Test
    void bytesBeyondTheLengthAreNotSent() throws IOException {
        byte[] file = GoldenFiles.content(1000, 1, false);
        Job job = new Job(new byte[0], SumHead.NONE, file, 10, false);
        assertThat(rebuilt(Sending.of(matcher, SESSION, job), job)).isEqualTo(Arrays.copyOf(file, 10));
    }

    /** A file opened for writing only cannot be read. */
    @Test
    void failureToReadIsToldAndTheStreamStaysWhole() throws IOException {
        boolean[] whole = new boolean[1];
        byte[] stream = Wire.written(out -> {
            try (DiskFile file = new DiskFile(new byte[10], OpenFlags.WRITE_ONLY)) {
                TokenWriter tokens = Tokens.writer(SESSION, OptionalInt.empty(), out);
                StrongChecksum fileSum = Checksums.transfer(SESSION);
                whole[0] = matcher.send(file.file(), 10, BlockSums.NONE, false, tokens, fileSum, at -> {});
            }
        });
        assertThat(whole[0]).isFalse();
        assertThat(matcher.readFailure()).get().asString().contains("Bad file descriptor");
        assertThat(stream).isEqualTo(GoldenFiles.join(new byte[] {10, 0, 0, 0}, new byte[14]));
    }
}
