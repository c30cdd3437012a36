package io.sluice.protocol.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.delta.Sending.Job;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Sums, search, tokens and rebuilding together: whatever was changed, the receiver ends up with the sender's file. With
 * two-byte strong sums a wrong match is possible, as with rsync, which then asks again: so sums are sent in full length
 * here.
 */
class DeltaRoundTripTest {
    private static final int LONGEST = 120_000;

    @Property(tries = 400)
    void receiverEndsUpWithTheSendersFile(@ForAll("cases") Case example) throws IOException {
        Session session = example.session();
        Random random = new Random(example.seed());
        Matcher matcher = new Matcher(session, AllocationLimit.DEFAULT);
        for (int files = 0; files < 2; files++) {
            byte[] basis = content(random, random.nextInt(LONGEST));
            byte[] file = edited(basis, random);
            SumHead head = SumHead.forBasis(basis.length, example.blockSize(), session, true);
            Job job = Job.of(basis, head, file, example.inplace());
            Sending sending = Sending.of(matcher, session, job);
            assertThat(sending.whole()).isTrue();
            try (TokenReader tokens = Tokens.reader(session, Wire.reading(sending.stream()))) {
                byte[] rebuilt = example.inplace()
                        ? Rebuild.inPlace(tokens, head, basis, file.length)
                        : Rebuild.apart(tokens, head, basis);
                assertThat(rebuilt).isEqualTo(file);
            }
        }
    }

    /**
     * Noise, letters, zeros and repetitions, in stretches, so that blocks are unique, equal and misaligned to each
     * other.
     */
    private static byte[] content(Random random, int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (bytes.size() < length) {
            byte[] stretch = GoldenFiles.content(random.nextInt(10_000), random.nextLong(), random.nextBoolean());
            int kind = random.nextInt(4);
            for (int times = kind == 0 ? 3 : 1; times > 0; times--) {
                bytes.writeBytes(kind == 1 ? new byte[stretch.length] : stretch);
            }
        }
        return GoldenFiles.range(bytes.toByteArray(), 0, length);
    }

    private static byte[] edited(byte[] basis, Random random) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int at = 0;
        while (at < basis.length && file.size() < 2 * LONGEST) {
            int length = 1 + random.nextInt(1 + random.nextInt(basis.length));
            int end = Math.min(basis.length, at + length);
            file.write(basis, at, end - at);
            at = random.nextInt(4) == 0 ? random.nextInt(basis.length) : end;
            if (random.nextInt(3) == 0) {
                file.writeBytes(content(random, random.nextInt(2000)));
            }
        }
        return file.toByteArray();
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<OptionalInt> blockSizes = Arbitraries.oneOf(
                Arbitraries.just(OptionalInt.empty()),
                Arbitraries.of(8, 700, 1024, 8192, 65_536, 70_000, SumHead.MAX_BLOCK_LENGTH)
                        .map(OptionalInt::of),
                Arbitraries.integers().between(8, 3000).map(OptionalInt::of));
        return Combinators.combine(
                        Arbitraries.of(CompressionType.class),
                        Arbitraries.of(ChecksumType.XXH128, ChecksumType.XXH3, ChecksumType.MD5),
                        Arbitraries.integers().between(30, 32),
                        blockSizes,
                        Arbitraries.of(true, false),
                        Arbitraries.longs())
                .as(Case::new);
    }

    /** One session with two files. */
    record Case(
            CompressionType compression,
            ChecksumType checksum,
            int version,
            OptionalInt blockSize,
            boolean inplace,
            long seed) {
        Session session() {
            return Sessions.with(checksum, (int) seed, true, compression, new ProtocolVersion(version));
        }
    }
}
