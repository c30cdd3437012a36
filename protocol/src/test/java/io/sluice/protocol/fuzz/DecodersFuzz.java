package io.sluice.protocol.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coverage-guided fuzzing of every decoder of this module. One JVM fuzzes one test, so there is one for all: the first byte chooses the decoder, unless
 * {@code -Dsluice.fuzz.target=NAME} does. CONTRIBUTING.md says how to run it for longer.
 */
@Tag("fuzz")
class DecodersFuzz {
    private static final String ONLY = System.getProperty("sluice.fuzz.target", "");
    private static final List<FuzzTarget> TARGETS = FuzzTargets.all().stream()
            .filter(target -> ONLY.isEmpty() || target.name().equals(ONLY))
            .toList();

    static Stream<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < TARGETS.size(); i++) {
            for (byte[] seed : TARGETS.get(i).seeds()) {
                seeds.add(FuzzTarget.input(seed, i));
            }
        }
        return seeds.stream();
    }

    @DictionaryEntries("99999999999") // a number that nobody means
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void onlyKnownExceptionsComeOut(byte[] input) {
        if (input != null && input.length > 0) {
            FuzzTarget target = TARGETS.get(FuzzTarget.choice(input, 0, TARGETS.size()));
            target.runInstrumented(Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
