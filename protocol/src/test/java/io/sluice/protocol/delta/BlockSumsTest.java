package io.sluice.protocol.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.AllocationException;
import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.RollingChecksum;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Block sums, byte for byte as rsync's generator sends them. */
class BlockSumsTest {
    private static final SumHead HEAD_A = new SumHead(58, 700, 2, 400);

    /**
     * The recorded sums depend on algorithm, seed, sign of the seed and order: any other choice changes some of the 58.
     */
    @ParameterizedTest
    @CsvSource({
        "XXH128, 123456789", "XXH128, -5", "XXH3, 123456789", "XXH3, -5", "XXH64, 123456789", "XXH64, -5",
        "MD5, 123456789", "MD5, -5", "MD4, 123456789", "MD4, -5", "SHA1, 123456789", "SHA1, -5"
    })
    void equalsWhatRsyncSends(ChecksumType type, int seed) throws IOException {
        byte[] recorded = GoldenFiles.recorded("blocks." + type.wireName() + "." + seed);
        check(Sessions.with(type, seed), recorded);
    }

    @Test
    void md5TakesTheSeedLastFromPeersThatCannotOrderIt() throws IOException {
        Session session =
                Sessions.with(ChecksumType.MD5, GoldenFiles.SEED, false, CompressionType.NONE, ProtocolVersion.NEWEST);
        check(session, GoldenFiles.recorded("blocks.md5-seed-last.123456789"));
    }

    private static void check(Session session, byte[] recorded) throws IOException {
        SumHead head = SumHead.forBasis(GoldenFiles.basisA().length, OptionalInt.empty(), session, false);
        assertThat(head).isEqualTo(HEAD_A);
        assertThat(generated(GoldenFiles.basisA(), head, session)).isEqualTo(recorded);
        BlockSums sums = BlockSums.read(Wire.reading(recorded), session, AllocationLimit.DEFAULT);
        assertThat(sums.head()).isEqualTo(head);
        for (int block = 0; block < head.count(); block++) {
            int at = 16 + 6 * block;
            byte[] strong = Arrays.copyOfRange(recorded, at + 4, at + 6);
            assertThat(sums.isSum(block, sums.weak(block), strong)).isTrue();
            strong[1]++;
            assertThat(sums.isSum(block, sums.weak(block), strong)).isFalse();
        }
    }

    private static byte[] generated(byte[] basis, SumHead head, Session session) throws IOException {
        try (DiskFile file = new DiskFile(basis)) {
            return Wire.written(out -> BlockSums.generate(file.file(), head, session, out));
        }
    }

    /**
     * More blocks than one read, one arrival and the first table hold, and blocks that no read length is a multiple of.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 13, 700, 65_536, 131_072})
    void manyBlocksGoThroughPiecewise(int blockLength) throws IOException {
        byte[] basis = GoldenFiles.content(blockLength < 10 ? 20_000 : 700_000, 3, false);
        Session session = Sessions.with(CompressionType.NONE);
        SumHead head = SumHead.forBasis(basis.length, OptionalInt.of(blockLength), session, true);
        BlockSums sums =
                BlockSums.read(Wire.reading(generated(basis, head, session)), session, AllocationLimit.DEFAULT);
        assertThat(sums.head().fileLength()).isEqualTo(basis.length);
        StrongChecksum checksum = Checksums.block(session);
        byte[] digest = new byte[checksum.length()];
        for (int block = 0; block < head.count(); block++) {
            int from = (int) head.offsetOf(block);
            checksum.update(basis, from, head.lengthOf(block));
            checksum.digest(digest, 0);
            int weak = RollingChecksum.of(basis, from, head.lengthOf(block));
            assertThat(sums.isSum(block, weak, digest)).isTrue();
        }
    }

    @Test
    void zerosStandForWhatABasisLost() throws IOException {
        Session session = Sessions.with(CompressionType.NONE);
        byte[] basis = GoldenFiles.content(1000, 3, false);
        SumHead head = new SumHead(4, 700, 16, 0);
        assertThat(generated(basis, head, session)).isEqualTo(generated(Arrays.copyOf(basis, 2800), head, session));
    }

    @Test
    void noBlocksAreAHeadAlone() throws IOException {
        byte[] head = Wire.written(SumHead.NONE::write);
        assertThat(head).isEqualTo(new byte[16]);
        BlockSums sums =
                BlockSums.read(Wire.reading(head), Sessions.with(CompressionType.NONE), AllocationLimit.DEFAULT);
        assertThat(sums.head()).isEqualTo(SumHead.NONE);
        assertThat(sums.fullBlocks()).isZero();
    }

    @Test
    void endOfStreamAnywhereIsAnError() throws IOException {
        Session session = Sessions.with(ChecksumType.MD5, GoldenFiles.SEED);
        byte[] recorded = GoldenFiles.recorded("blocks.md5.123456789");
        for (int length = 0; length < recorded.length; length++) {
            byte[] cut = Arrays.copyOf(recorded, length);
            assertThatThrownBy(() -> BlockSums.read(Wire.reading(cut), session, AllocationLimit.DEFAULT))
                    .isInstanceOf(TransferException.class);
        }
    }

    /** A head that promises 1.6 GB of sums makes no more room than twice what came, and the least. */
    @Test
    void tablesGrowWithArrivalsNotWithPromises() {
        BlockSums sums = new BlockSums(new SumHead(100_000_000, 700, 16, 0));
        byte[] few = new byte[200_000];
        assertThatThrownBy(() -> sums.receive(Wire.reading(few))).isInstanceOf(TransferException.class);
        assertThat(sums.room()).isBetween(few.length / 20 - 1000, 2 * few.length / 20);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 700, 2, 0",
        "1, 0, 2, 0",
        "1, 131073, 2, 0",
        "1, -1, 2, 0",
        "1, 700, 17, 0",
        "1, 700, 0, 0",
        "1, 700, -1, 0",
        "1, 700, 2, 701",
        "1, 700, 2, -1",
        "2147483647, 700, 16, 0"
    })
    void lengthsOutOfBoundsAreRefused(int count, int blockLength, int strongLength, int remainder) throws IOException {
        byte[] head = Wire.written(new SumHead(count, blockLength, strongLength, remainder)::write);
        assertThatThrownBy(() -> BlockSums.read(
                        Wire.reading(head), Sessions.with(CompressionType.NONE), AllocationLimit.DEFAULT))
                .isInstanceOf(ProtocolException.class);
    }

    /** The head is enough to tell: no sum follows it here, so that reading any would fail with another exception. */
    @ParameterizedTest
    @CsvSource({"65536, 2", "16384, 16"})
    void moreSumsThanMayBeAllocatedAreRefusedByTheHead(int count, int strongLength) throws IOException {
        Session session = Sessions.with(CompressionType.NONE);
        byte[] head = Wire.written(new SumHead(count, 700, strongLength, 0)::write);
        AllocationLimit limit = new AllocationLimit(256 * 1024);
        assertThatThrownBy(() -> BlockSums.read(Wire.reading(head), session, limit))
                .isInstanceOf(AllocationException.class)
                .hasMessage("exceeded --max-alloc=262144 setting (sums of blocks)");
        assertThatThrownBy(() -> BlockSums.read(Wire.reading(head), session, AllocationLimit.DEFAULT))
                .isInstanceOf(TransferException.class);
    }

    /** Tables for a search are larger than the sums themselves, and have the same limit. */
    @Test
    void anIndexIsNotMadeBeyondTheLimit() {
        BlockSums sums = new BlockSums(new SumHead(30_000, 700, 2, 0));
        assertThatThrownBy(() -> new BlockIndex(new AllocationLimit(256 * 1024)).load(sums, false))
                .isInstanceOf(AllocationException.class)
                .hasMessageContaining("(index of blocks)");
    }

    /** Blocks of old protocols may be of 512 MiB, of which a window holds two: more than the default allows. */
    @Test
    void aWindowIsNotMadeBeyondTheLimit() {
        assertThatThrownBy(() -> new FileWindow(AllocationLimit.DEFAULT).prepareFor(1 << 29))
                .isInstanceOf(AllocationException.class)
                .hasMessageContaining("(window of a file)");
    }
}
