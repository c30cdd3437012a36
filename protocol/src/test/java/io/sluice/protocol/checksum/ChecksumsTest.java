package io.sluice.protocol.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.delta.GoldenFiles;
import io.sluice.protocol.delta.Sessions;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Strong sums; those of blocks are checked against rsync's in {@code BlockSumsTest}. */
class ChecksumsTest {
    /** The recorded sessions were seeded: a seed in either sum would change it. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "MD4_SEEDED"})
    void sumsOfFilesEqualRsyncs(ChecksumType type) {
        Session session = Sessions.with(type, GoldenFiles.SEED);
        assertThat(digest(Checksums.transfer(session), GoldenFiles.fileA()))
                .isEqualTo(GoldenFiles.recorded("file." + type.wireName()));
        assertThat(digest(Checksums.fileList(session), GoldenFiles.fileA()))
                .isEqualTo(GoldenFiles.recorded("list." + type.wireName()));
    }

    @Test
    void noneIsOneZeroByte() {
        Session session = Sessions.with(ChecksumType.NONE, GoldenFiles.SEED);
        assertThat(digest(Checksums.transfer(session), GoldenFiles.fileA())).isEqualTo(new byte[1]);
    }

    /** A seed of zero is no seed, for those that would be fed it. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "MD4_SEEDED"})
    void seedZeroIsNone(ChecksumType type) {
        Session session = Sessions.with(type, 0);
        byte[] content = GoldenFiles.fileA();
        assertThat(digest(Checksums.block(session), content)).isEqualTo(digest(Checksums.transfer(session), content));
    }

    /**
     * Cuts and reuse must not show; two pieces of any length, after a digest, after a reset in the middle, and all at
     * once.
     */
    @Property(tries = 200)
    void piecesAndReuseDoNotMatter(
            @ForAll ChecksumType type,
            @ForAll boolean seedFirst,
            @ForAll @Size(max = 3000) byte[] bytes,
            @ForAll @IntRange(max = 3000) int cut) {
        Session session = Sessions.with(type, 77, seedFirst, CompressionType.NONE, ProtocolVersion.NEWEST);
        int first = Math.min(cut, bytes.length);
        for (StrongChecksum sum :
                new StrongChecksum[] {Checksums.block(session), Checksums.transfer(session), Checksums.fileList(session)
                }) {
            byte[] expected = digest(sum, bytes);
            sum.update(bytes, 0, first);
            sum.update(bytes, first, bytes.length - first);
            assertThat(digest(sum)).isEqualTo(expected);
            sum.update(bytes, 0, first);
            sum.reset();
            assertThat(digest(sum, bytes)).isEqualTo(expected);
            sum.update(bytes, 0, first);
            byte[] atOnce = new byte[sum.length()];
            sum.sum(bytes, 0, bytes.length, atOnce);
            assertThat(atOnce).isEqualTo(expected);
            assertThat(digest(sum, bytes)).isEqualTo(expected);
        }
    }

    private static byte[] digest(StrongChecksum sum, byte[] bytes) {
        sum.update(bytes, 0, bytes.length);
        return digest(sum);
    }

    private static byte[] digest(StrongChecksum sum) {
        byte[] into = new byte[sum.length() + 2];
        Arrays.fill(into, (byte) 1);
        sum.digest(into, 1);
        assertThat(into[0]).isEqualTo((byte) 1);
        assertThat(into[into.length - 1]).isEqualTo((byte) 1);
        return Arrays.copyOfRange(into, 1, into.length - 1);
    }
}
