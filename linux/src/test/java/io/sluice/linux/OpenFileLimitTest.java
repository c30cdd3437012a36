package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFileLimitTest {
    /** What the kernel tells in another way. */
    @Test
    void isWhatTheKernelShows() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/limits"));
        String shown = lines.stream()
                .filter(line -> line.startsWith("Max open files"))
                .findFirst()
                .orElseThrow()
                .replaceAll("Max open files +(\\S+) .*", "$1");
        long expected = shown.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(shown);
        assertThat(OpenFileLimit.current()).isEqualTo(expected);
    }
}
