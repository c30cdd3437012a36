package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The failures are those of real calls, so what the JDK says itself is what is completed. */
class FailureTextTest {
    @TempDir
    private Path directory;

    private interface Call {
        void run() throws IOException;
    }

    private static String of(Call call) {
        try {
            call.run();
        } catch (IOException e) {
            return FailureText.of(e);
        }
        throw new AssertionError("it works");
    }

    @Test
    void tellsTheReasonBesideTheName() {
        Path gone = directory.resolve("gone");
        assertThat(of(() -> Files.size(gone))).isEqualTo(gone + ": No such file or directory");
        assertThat(of(() -> Files.createDirectory(directory))).isEqualTo(directory + ": File exists");
    }

    @Test
    void leavesWhatSaysEnough() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(of(() -> Files.createFile(file.resolve("below")))).isEqualTo(file + "/below: Not a directory");
        assertThat(FailureText.of(new FileSystemException("a", null, "why"))).isEqualTo("a: why");
        assertThat(FailureText.of(new IOException("text"))).isEqualTo("text");
        assertThat(FailureText.of(new IOException())).isEqualTo("java.io.IOException");
    }
}
