package io.sluice.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ProtocolException;
import java.io.EOFException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of fuzzing, without a fuzzer: each recorded input, and as many that were changed a little, of every decoder. */
class FuzzTargetTest {
    private static final int CHANGED = 200;
    private static final long FIXED_SEED = 20_260_813;

    /** Else no run of the fuzzer would mean anything. */
    @Test
    void aDecoderThatBreaksItsRulesIsFound() {
        byte[] input = {1};
        target(data -> {
                    throw new ProtocolException("what is expected");
                })
                .run(input);
        assertThatThrownBy(() -> target(data -> {
                            throw new EOFException();
                        })
                        .run(input))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("EOFException");
        assertThatThrownBy(() -> target(data -> data[7] = 0).run(input))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ArrayIndexOutOfBoundsException");
        assertThatThrownBy(() -> target(data -> assertThat(new byte[2 << 20]).isNotNull())
                        .run(input))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("(expected: <= 1048576 bytes");
    }

    private static FuzzTarget target(FuzzTarget.Decoder decoder) {
        return new FuzzTarget("broken", decoder, List.of(), 1 << 20, 0);
    }

    static List<FuzzTarget> targets() {
        return FuzzTargets.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void seedsAndTheirNeighboursAreDecodedOrRefused(FuzzTarget target) {
        assertThat(target.seeds()).isNotEmpty();
        long seed = System.nanoTime();
        for (long start : new long[] {FIXED_SEED, seed}) {
            Mutations mutations = new Mutations(new Random(start), target.seeds());
            for (byte[] input : target.seeds()) {
                target.run(input);
            }
            for (int i = 0; i < CHANGED; i++) {
                byte[] input = mutations.next();
                try {
                    target.run(input);
                } catch (AssertionError e) {
                    throw new AssertionError(
                            "seed " + start + ", input " + i + ": " + Arrays.toString(input) + ": " + e.getMessage(),
                            e);
                }
            }
        }
    }
}
