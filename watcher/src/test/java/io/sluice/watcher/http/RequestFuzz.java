package io.sluice.watcher.http;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Coverage-guided fuzzing of requests to the status page: nothing comes out but an address that cannot be decoded. */
@Tag("fuzz")
class RequestFuzz {
    static Stream<byte[]> seeds() {
        return RequestBytes.seeds();
    }

    @DictionaryEntries({"sluice_token=", "token=", "Bearer ", "\\x0d\\x0a\\x0d\\x0a", "Last-Event-ID: "})
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void onlyKnownExceptionsComeOut(byte[] input) {
        if (input != null) {
            RequestBytes.read(input);
        }
    }
}
