package io.sluice.watcher.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The start and end of programs, which only fanotify tells. */
class ExecutionTest extends MonitorFixture {
    ExecutionTest() {
        super(Means.FANOTIFY);
    }

    /** Somebody reads the file while the program runs: its close is not the program's end. */
    @Test
    void tellsWhenAProgramBeginsAndEnds() throws Exception {
        Path program = Files.copy(Path.of("/bin/cat"), root.resolve("program"));
        start(settings().withExtras(Set.of(MonitorSettings.Extra.EXECUTION)));
        Process process = new ProcessBuilder(program.toString()).start();
        try {
            recorder.await("program", ChangeKind.EXECUTION_STARTED);
            try (InputStream in = Files.newInputStream(program)) {
                assertThat(in.read()).isNotNegative();
            }
            settle();
            assertThat(kinds(recorder.take(), "program")).containsExactly(ChangeKind.EXECUTION_STARTED);
        } finally {
            process.getOutputStream().close();
        }
        recorder.await("program", ChangeKind.EXECUTION_STOPPED);
    }

    @Test
    void tellsNothingOfProgramsUnlessAsked() throws Exception {
        Path program = Files.copy(Path.of("/bin/true"), root.resolve("program"));
        start();
        assertThat(Mounts.run(program.toString())).isZero();
        settle();
        assertThat(kinds(recorder.take(), "program")).isEmpty();
    }
}
