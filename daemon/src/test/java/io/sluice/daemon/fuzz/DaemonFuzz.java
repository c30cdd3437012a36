package io.sluice.daemon.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Coverage-guided fuzzing, as in {@code DecodersFuzz} of the protocol: the first byte chooses the decoder. */
@Tag("fuzz")
class DaemonFuzz {
    private static final String ONLY = System.getProperty("sluice.fuzz.target", "");
    private static final List<FuzzTarget> TARGETS = FuzzTargets.all().stream()
            .filter(target -> ONLY.isEmpty() || target.name().equals(ONLY))
            .toList();

    static Stream<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < TARGETS.size(); i++) {
            for (byte[] seed : TARGETS.get(i).seeds()) {
                byte[] input = new byte[1 + seed.length];
                input[0] = (byte) i;
                System.arraycopy(seed, 0, input, 1, seed.length);
                seeds.add(input);
            }
        }
        return seeds.stream();
    }

    @DictionaryEntries("99999999999") // a number that nobody means
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void onlyKnownExceptionsComeOut(byte[] input) {
        if (input != null && input.length > 0 && !TARGETS.isEmpty()) {
            FuzzTarget target = TARGETS.get((input[0] & 0xFF) % TARGETS.size());
            target.run(Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
