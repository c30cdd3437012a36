package io.sluice.linux;

import static io.sluice.linux.Names.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Locks of four bytes each, as the slots of a daemon's lock file are; each refusal is beside a slot that is granted.
 */
class FileLockTest {
    @TempDir
    Path root;

    private DirectoryHandle directory;
    private OpenFile first;
    private OpenFile second;

    @BeforeEach
    void open() throws IOException {
        directory = Names.open(root);
        first = openAgain();
        second = openAgain();
    }

    private OpenFile openAgain() throws IOException {
        return directory.openFile(bytes("lock"), OpenFlags.READ_WRITE | OpenFlags.CREATE, 0600, Resolve.BENEATH);
    }

    @AfterEach
    void close() throws IOException {
        first.close();
        second.close();
        directory.close();
    }

    @Test
    void openingsOfOneProcessKeepEachOtherOut() throws IOException {
        assertThat(FileLock.OPEN_FILE.tryLock(first, 0, 4)).isTrue();
        assertThat(FileLock.OPEN_FILE.tryLock(first, 0, 4)).isTrue();
        assertThat(FileLock.OPEN_FILE.tryLock(second, 0, 4)).isFalse();
        assertThat(FileLock.OPEN_FILE.tryLock(second, 3, 1)).isFalse();
        assertThat(FileLock.OPEN_FILE.tryLock(second, 4, 4)).isTrue();
        FileLock.OPEN_FILE.unlock(first, 0, 4);
        assertThat(FileLock.OPEN_FILE.tryLock(second, 0, 4)).isTrue();
    }

    @Test
    void closingEndsTheLock() throws IOException {
        assertThat(FileLock.OPEN_FILE.tryLock(first, 0, 0)).isTrue();
        assertThat(FileLock.OPEN_FILE.tryLock(second, 1L << 40, 1)).isFalse();
        first.close();
        assertThat(FileLock.OPEN_FILE.tryLock(second, 1L << 40, 1)).isTrue();
    }

    /** The other side is the JDK's lock, which is of the process kind, as rsync's is. */
    @Test
    void bothKindsSeeEachOther() throws IOException {
        try (FileChannel jdk = FileChannel.open(root.resolve("lock"), StandardOpenOption.WRITE)) {
            assertThat(FileLock.OPEN_FILE.tryLock(first, 0, 4)).isTrue();
            assertThat(jdk.tryLock(0, 4, false)).isNull();
            assertThat(jdk.tryLock(4, 4, false)).isNotNull();
            assertThat(FileLock.OPEN_FILE.tryLock(second, 4, 4)).isFalse();
            assertThat(FileLock.PROCESS.tryLock(second, 4, 4)).isTrue();
            assertThat(FileLock.PROCESS.tryLock(second, 0, 4)).isFalse();
        }
    }
}
