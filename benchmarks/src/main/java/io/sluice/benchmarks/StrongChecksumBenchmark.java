package io.sluice.benchmarks;

import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.session.ChecksumType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The strong sums of a mebibyte. */
@State(Scope.Thread)
public class StrongChecksumBenchmark {
    private static final int SIZE = 1 << 20;
    private static final int BLOCK_LENGTH = 1024;
    private static final int PIECE_LENGTH = 32 * 1024;
    private static final int LONGEST_DIGEST = 32;

    /** The algorithm. */
    @Param({"XXH128", "XXH3", "XXH64", "MD5", "MD4", "SHA1"})
    public ChecksumType type = ChecksumType.XXH128;

    private final byte[] bytes = Samples.noise(SIZE, 1);
    private final byte[] digest = new byte[LONGEST_DIGEST];
    private StrongChecksum block = Checksums.block(Samples.session(type));
    private StrongChecksum file = Checksums.transfer(Samples.session(type));

    /** Makes the algorithm's checksums. */
    @Setup
    public void prepare() {
        block = Checksums.block(Samples.session(type));
        file = Checksums.transfer(Samples.session(type));
    }

    /** Seeded, of each block. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public byte[] blocks() {
        for (int at = 0; at < SIZE; at += BLOCK_LENGTH) {
            block.sum(bytes, at, BLOCK_LENGTH, digest);
        }
        return digest;
    }

    /** Of the whole, in pieces as they are sent. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public byte[] file() {
        for (int at = 0; at < SIZE; at += PIECE_LENGTH) {
            file.update(bytes, at, PIECE_LENGTH);
        }
        file.digest(digest, 0);
        return digest;
    }
}
