package io.sluice.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ProtocolException;
import java.io.EOFException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of fuzzing, without a fuzzer: each recorded input of every decoder, the same with a number that nobody means at each place, and many that were changed a little. */
class FuzzTargetTest {
    private static final int CHANGED = 1_000;
    private static final int PLACES = 150;
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

    /** A decoder that never ends is one that fails. */
    @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ParameterizedTest
    @MethodSource("targets")
    void seedsAndTheirNeighboursAreDecodedOrRefused(FuzzTarget target) {
        assertThat(target.seeds()).isNotEmpty();
        for (byte[] seed : target.seeds()) {
            target.run(seed);
            Mutations.withNumbers(seed, PLACES).forEach(input -> tried(target, input, "a number"));
        }
        long seed = System.nanoTime();
        for (long start : new long[] {FIXED_SEED, seed}) {
            Mutations mutations = new Mutations(new Random(start), target.seeds());
            for (int i = 0; i < CHANGED; i++) {
                tried(target, mutations.next(), "seed " + start + ", input " + i);
            }
        }
    }

    private static void tried(FuzzTarget target, byte[] input, String which) {
        try {
            target.run(input);
        } catch (AssertionError e) {
            throw new AssertionError(which + ": " + Arrays.toString(input) + ": " + e.getMessage(), e);
        }
    }
}
