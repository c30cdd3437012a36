package io.sluice.client.batch;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Coverage-guided fuzzing of what a batch file begins with; what follows is read by what {@code DecodersFuzz} of the protocol tries. */
@Tag("fuzz")
class BatchFuzz {
    static Stream<byte[]> seeds() throws IOException {
        return BatchHeads.recorded().stream();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void onlyKnownExceptionsComeOut(byte[] input) {
        if (input != null) {
            BatchHeads.read(input);
        }
    }
}
