package io.sluice.linux;

import static io.sluice.linux.Names.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content and metadata of open files; content is checked against the JDK's reading of the same file. */
class OpenFileTest {
    private static final int LARGE = 700_001;

    @TempDir
    Path root;

    private DirectoryHandle directory;
    private OpenFile file;
    private final FileStatus status = new FileStatus();

    @BeforeEach
    void open() throws IOException {
        directory = Names.open(root);
        int flags = OpenFlags.READ_WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE;
        file = directory.openFile(bytes("file"), flags, 0600, Resolve.BENEATH);
    }

    @AfterEach
    void close() throws IOException {
        file.close();
        directory.close();
    }

    /** Larger than the native buffer and no multiple of it, with an offset at both ends. */
    @Test
    void arraysOfAnySizeGoThroughTheBuffer() throws IOException {
        byte[] content = random(LARGE + 7);
        file.write(content, 7, LARGE);
        assertThat(Files.readAllBytes(root.resolve("file"))).isEqualTo(Arrays.copyOfRange(content, 7, 7 + LARGE));
        file.seek(0);
        byte[] back = new byte[LARGE + 10];
        assertThat(file.read(back, 3, LARGE + 7)).isEqualTo(LARGE);
        assertThat(Arrays.copyOfRange(back, 3, 3 + LARGE)).isEqualTo(Arrays.copyOfRange(content, 7, 7 + LARGE));
        assertThat(file.read(back, 0, 1)).isEqualTo(-1);
        assertThat(file.read(back, 0, 0)).isZero();
    }

    @Test
    void segmentsGoWithoutTheBuffer() throws IOException {
        byte[] content = random(LARGE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_BYTE, content);
            file.write(from, 1, LARGE - 1);
            file.pwrite(LARGE, from, 0, 10);
            MemorySegment back = arena.allocate(LARGE + 20);
            assertThat(file.pread(0, back, 5, LARGE - 1)).isEqualTo(LARGE - 1);
            assertThat(back.asSlice(5, LARGE - 1).mismatch(from.asSlice(1))).isEqualTo(-1);
            assertThat(file.pread(LARGE, back, 0, 100)).isEqualTo(10);
            assertThat(back.asSlice(0, 10).mismatch(from.asSlice(0, 10))).isEqualTo(-1);
            assertThat(file.pread(LARGE + 10, back, 0, 100)).isEqualTo(-1);
            assertThat(file.position()).isEqualTo(LARGE - 1);
            assertThat(file.read(back, 0, 1)).isEqualTo(1);
        }
        assertThat(Files.size(root.resolve("file"))).isEqualTo(LARGE + 10);
    }

    @Test
    void givenPositionLeavesTheFilesOwn() throws IOException {
        file.write(bytes("0123456789"), 0, 10);
        file.pwrite(3, bytes("abc"), 1, 2);
        byte[] back = new byte[4];
        assertThat(file.pread(2, back, 0, 4)).isEqualTo(4);
        assertThat(back).isEqualTo(bytes("2bc5"));
        assertThat(file.position()).isEqualTo(10);
    }

    /** Memory that the kernel could not write to, or that is not there, never reaches it. */
    @Test
    void rejectsMemoryThatDoesNotFit() {
        byte[] array = new byte[10];
        MemorySegment heap = MemorySegment.ofArray(array);
        assertThatThrownBy(() -> file.read(array, 5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> file.write(array, -1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> file.read(heap, 0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> file.pread(-1, array, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment small = arena.allocate(8);
            assertThatThrownBy(() -> file.read(small, 4, 5)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> file.write(small, 0, 9)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> file.read(small.asReadOnly(), 0, 1)).isInstanceOf(IllegalArgumentException.class);
        }
        MemorySegment freed;
        try (Arena arena = Arena.ofConfined()) {
            freed = arena.allocate(8);
        }
        assertThatThrownBy(() -> file.write(freed, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** One megabyte of hole between two blocks of data, found from both sides. */
    @Test
    void seeksDataAndHoles() throws IOException {
        long mebi = 1 << 20;
        file.pwrite(0, random(4096), 0, 4096);
        file.pwrite(mebi, random(4096), 0, 4096);
        file.truncate(2 * mebi);
        assertThat(file.seekHole(0)).isEqualTo(4096);
        assertThat(file.position()).isEqualTo(4096);
        assertThat(file.seekData(4096)).isEqualTo(mebi);
        assertThat(file.seekHole(mebi)).isEqualTo(mebi + 4096);
        assertThat(file.seekData(mebi + 4096)).isEqualTo(-1);
        assertThat(file.seekHole(2 * mebi + 1)).isEqualTo(-1);
        file.status(status);
        assertThat(status.size()).isEqualTo(2 * mebi);
        assertThat(status.blocks() * 512).isLessThan(mebi);
    }

    @Test
    void punchedHoleReadsAsZerosAndFreesSpace() throws IOException {
        file.write(random(1 << 20), 0, 1 << 20);
        file.fsync();
        file.status(status);
        long before = status.blocks();
        file.punchHole(4096, 512 * 1024);
        file.status(status);
        assertThat(status.blocks()).isLessThanOrEqualTo(before - 1024 + 16);
        assertThat(status.size()).isEqualTo(1 << 20);
        byte[] back = new byte[512 * 1024];
        assertThat(file.pread(4096, back, 0, back.length)).isEqualTo(back.length);
        assertThat(back).containsOnly(0);
    }

    @Test
    void allocationKeepsTheSizeIfAsked() throws IOException {
        file.allocate(0, 1 << 20, true);
        file.status(status);
        assertThat(status.size()).isZero();
        assertThat(status.blocks() * 512).isGreaterThanOrEqualTo(1 << 20);
        file.allocate(0, 1 << 20, false);
        file.status(status);
        assertThat(status.size()).isEqualTo(1 << 20);
    }

    @Test
    void metadataIsThatOfTheOpenFile() throws IOException {
        directory.rename(bytes("file"), directory, bytes("moved"), 0);
        Names.write(directory, "file", "");
        file.changeMode(06754);
        file.setTimes(-1, 999_999_999, 1L << 33, 1);
        directory.status(bytes("moved"), false, status);
        assertThat(status.permissions()).isEqualTo(06754);
        assertThat(status.atimeSeconds()).isEqualTo(-1);
        assertThat(status.atimeNanos()).isEqualTo(999_999_999);
        assertThat(status.mtimeSeconds()).isEqualTo(1L << 33);
        assertThat(status.mtimeNanos()).isEqualTo(1);
        file.setTimes(0, FileTimes.OMIT, 5, 6);
        file.status(status);
        assertThat(status.atimeNanos()).isEqualTo(999_999_999);
        assertThat(status.mtimeSeconds()).isEqualTo(5);
    }

    @Test
    void ownerIsThatOfTheOpenFile() throws IOException {
        Root.assume();
        file.changeOwner(4_000_000, DirectoryHandle.KEEP_ID);
        file.changeOwner(DirectoryHandle.KEEP_ID, 77);
        file.status(status);
        assertThat(status.uid()).isEqualTo(4_000_000);
        assertThat(status.gid()).isEqualTo(77);
    }

    /** The kernel takes the advice: it would answer EINVAL to a value that it does not know. */
    @Test
    void takesAdviceAndSyncs() throws IOException {
        for (OpenFile.Advice advice : OpenFile.Advice.values()) {
            file.advise(0, 0, advice);
        }
        file.fdatasync();
        assertThat(file.position()).isZero();
    }

    @Test
    void writingToReadOnlyFileIsBadDescriptor() throws IOException {
        try (OpenFile readOnly = directory.openFile(bytes("file"), OpenFlags.READ_ONLY, 0, Resolve.BENEATH)) {
            SystemCallException failure = Failure.of(Errno.EBADF, () -> readOnly.write(new byte[1], 0, 1));
            assertThat(failure).hasMessage("write open file: Bad file descriptor (EBADF)");
        }
    }

    /** /dev/full takes the open and refuses the bytes: the error must come from the write, not from a short count. */
    @Test
    void fullDiskIsNoSpace() throws IOException {
        try (DirectoryHandle dev = DirectoryHandle.open(bytes("/dev"));
                OpenFile full = dev.openFile(bytes("full"), OpenFlags.WRITE_ONLY, 0, Resolve.BENEATH)) {
            Failure.of(Errno.ENOSPC, () -> full.write(new byte[10], 0, 10));
        }
    }

    @Test
    void useAfterCloseFails() throws IOException {
        file.close();
        file.close();
        assertThatThrownBy(() -> file.position())
                .isInstanceOf(IOException.class)
                .hasMessage("open file: closed (expected: open)");
    }

    private static byte[] random(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }
}
