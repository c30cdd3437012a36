package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing that a newcomer runs: it compares all trees itself, completely, and its exit code says what it found. */
class DemoIT {
    @TempDir
    private Path directory;

    @Test
    void endsWithEqualTrees() throws Exception {
        Program.Run run = Processes.run(Launch.command("demo", "--once"), directory);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("new page", "p99");
    }
}
