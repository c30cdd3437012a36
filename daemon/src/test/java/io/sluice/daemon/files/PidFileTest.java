package io.sluice.daemon.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.FileLock;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The refusal is caused by the lock alone: the same file without it is taken over. */
class PidFileTest {
    @TempDir
    Path directory;

    @Test
    void tellsThePidAndGoesAway() throws IOException {
        Path path = directory.resolve("pid");
        Files.writeString(path, "1234567890 left by a daemon that was killed\n");
        try (PidFile file = PidFile.create(path.toString(), 42)) {
            assertThat(file).isNotNull();
            assertThat(path).hasContent("42\n");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void leavesTheFileOfAnotherDaemon() throws IOException {
        Path path = directory.resolve("pid");
        Files.writeString(path, "41\n");
        try (OpenFile other = OperatorFile.open(path.toString(), OpenFlags.READ_WRITE, 0)) {
            assertThat(FileLock.OPEN_FILE.tryLock(other, 0, 4)).isTrue();
            assertThatThrownBy(() -> PidFile.create(path.toString(), 42))
                    .isInstanceOfSatisfying(
                            TransferException.class,
                            e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FILE_IO))
                    .hasMessage("failed to lock pid file " + path + ": Resource temporarily unavailable");
        }
        assertThat(path).hasContent("41\n");
    }
}
