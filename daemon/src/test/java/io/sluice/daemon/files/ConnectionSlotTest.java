package io.sluice.daemon.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.FileLock;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slot that is refused is granted once another was given back, so it was not refused for another reason. */
class ConnectionSlotTest {
    @TempDir
    Path directory;

    @Test
    void countsConnectionsOfOneProcess() throws IOException {
        String file = directory.resolve("lock").toString();
        ConnectionSlot first = ConnectionSlot.claim(file, 2).orElseThrow();
        try (ConnectionSlot second = ConnectionSlot.claim(file, 2).orElseThrow()) {
            assertThat(ConnectionSlot.claim(file, 2)).isEmpty();
            first.close();
            Optional<ConnectionSlot> third = ConnectionSlot.claim(file, 2);
            assertThat(third).isPresent();
            third.orElseThrow().close();
            assertThat(second).isNotNull();
        }
    }

    /** rsync's daemon locks the same bytes with the other kind of lock. */
    @Test
    void countsConnectionsOfAnotherDaemon() throws IOException {
        String path = directory.resolve("lock").toString();
        try (OpenFile other = OperatorFile.open(path, OpenFlags.READ_WRITE | OpenFlags.CREATE, 0600)) {
            assertThat(FileLock.PROCESS.tryLock(other, 0, 4)).isTrue();
            ConnectionSlot second = ConnectionSlot.claim(path, 2).orElseThrow();
            assertThat(FileLock.PROCESS.tryLock(other, 4, 4))
                    .as("the slot we hold")
                    .isFalse();
            assertThat(ConnectionSlot.claim(path, 1)).isEmpty();
            second.close();
        }
    }

    @Test
    void grantsNothingBelowZero() throws IOException {
        assertThat(ConnectionSlot.claim(directory.resolve("lock").toString(), -1))
                .isEmpty();
    }

    @Test
    void failsWithoutALockFile() {
        assertThatThrownBy(
                        () -> ConnectionSlot.claim(directory.resolve("no/lock").toString(), 1))
                .isInstanceOf(IOException.class);
    }
}
