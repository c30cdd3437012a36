package io.sluice.benchmarks;

import io.sluice.protocol.checksum.RollingChecksum;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The weak sums of a mebibyte's blocks. */
@State(Scope.Thread)
public class RollingChecksumBenchmark {
    private static final int SIZE = 1 << 20;

    /** Bytes of a block. */
    @Param({"1024", "131072"})
    public int blockLength;

    private final byte[] bytes = Samples.noise(SIZE, 1);

    /** Ours. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public int lanes() {
        int sums = 0;
        for (int at = 0; at < SIZE; at += blockLength) {
            sums ^= RollingChecksum.of(bytes, at, blockLength);
        }
        return sums;
    }

    /** For comparison: the definition as a loop. */
    @Benchmark
    @OperationsPerInvocation(SIZE)
    public int loop() {
        int sums = 0;
        for (int at = 0; at < SIZE; at += blockLength) {
            int plain = 0;
            int weighted = 0;
            for (int i = at; i < at + blockLength; i++) {
                plain += bytes[i];
                weighted += plain;
            }
            sums ^= (plain & 0xFFFF) | (weighted << 16);
        }
        return sums;
    }
}
