package io.sluice.linux;

import static io.sluice.linux.Names.bytes;
import static io.sluice.linux.Names.exists;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls relative to a directory. Each result is read back by another call, or by the JDK, than the one that made it.
 */
class DirectoryHandleTest {
    @TempDir
    Path root;

    private DirectoryHandle directory;
    private final FileStatus status = new FileStatus();

    @BeforeEach
    void open() throws IOException {
        directory = Names.open(root);
    }

    @AfterEach
    void close() throws IOException {
        directory.close();
    }

    /** Names that are no text in UTF-8 come back byte for byte from the directory itself, not from a copy of ours. */
    @ParameterizedTest
    @ValueSource(strings = {"\u00FF\u00FE", "a\nb", " lead and trail ", "-rf", "tab\t\u0001\u007F", "q\"\\'", "\u00C3"})
    void namesAreBytes(String name) throws IOException {
        Names.write(directory, name, "x");
        try (DirectoryReader reader = directory.read()) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.name()).isEqualTo(bytes(name));
            assertThat(reader.next()).isFalse();
        }
        assertThat(exists(directory, name)).isTrue();
        directory.unlink(bytes(name));
        assertThat(exists(directory, name)).isFalse();
    }

    @Test
    void rejectsNulInName() {
        assertThatThrownBy(() -> directory.makeDirectory(bytes("a\0b"), 0755))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name: a\\#000b (expected: no NUL)");
    }

    /** A name cut by our own buffer would be found: the directory holds what the cut name would be. */
    @Test
    void nameBeyondTheKernelsLimitIsNameTooLong() {
        String path = "./".repeat(Caller.PATH_MAX / 2) + "x";
        Failure.of(Errno.ENAMETOOLONG, () -> directory.status(bytes(path), true, status));
        Failure.of(Errno.ENAMETOOLONG, () -> directory.symlink(bytes(path), bytes("link")));
    }

    /** 4,095 bytes, the longest that there is, still work. */
    @Test
    void longestPathIsFound() throws IOException {
        Names.write(directory, "x", "");
        String path = "./".repeat(Caller.PATH_MAX / 2 - 1) + "x";
        assertThat(directory.status(bytes(path), false, status)).isTrue();
    }

    @Test
    void statusTellsMissingFromFailing() throws IOException {
        Names.write(directory, "file", "");
        assertThat(directory.status(bytes("none"), false, status)).isFalse();
        assertThat(directory.status(bytes("file/below"), false, status)).isFalse();
        directory.symlink(bytes("loop"), bytes("loop"));
        Failure.of(Errno.ELOOP, () -> directory.status(bytes("loop"), true, status));
    }

    /** Each value of the holder is compared with what the JDK reads in its own way. */
    @Test
    void statusIsWhatTheJdkReads() throws IOException {
        Names.write(directory, "file", "twelve bytes");
        directory.link(bytes("file"), directory, bytes("second"));
        assertThat(directory.status(bytes("file"), false, status)).isTrue();
        var jdk = Files.readAttributes(root.resolve("file"), "unix:mode,nlink,uid,gid,size,ino,dev,ctime");
        assertThat(status.mode()).isEqualTo(jdk.get("mode"));
        assertThat(status.linkCount()).isEqualTo(2).isEqualTo(jdk.get("nlink"));
        assertThat(status.uid()).isEqualTo(jdk.get("uid"));
        assertThat(status.gid()).isEqualTo(jdk.get("gid"));
        assertThat(status.size()).isEqualTo(12L).isEqualTo(jdk.get("size"));
        assertThat(status.inode()).isEqualTo(jdk.get("ino"));
        long device = (long) Objects.requireNonNull(jdk.get("dev"));
        assertThat(status.deviceMajor()).isEqualTo((int) ((device >>> 8) & 0xFFF));
        assertThat(status.deviceMinor()).isEqualTo((int) ((device & 0xFF) | ((device >>> 12) & 0xFFF00)));
        FileTime changed = (FileTime) Objects.requireNonNull(jdk.get("ctime"));
        assertThat(changed.toInstant()).isEqualTo(Instant.ofEpochSecond(status.ctimeSeconds(), status.ctimeNanos()));
        assertThat(status.isRegular()).isTrue();
        assertThat(status.isDirectory() || status.isSymlink() || status.isDevice())
                .isFalse();
    }

    @Test
    void copyTakesAllValues() throws IOException {
        Names.write(directory, "file", "x");
        directory.setTimes(bytes("file"), 11, 12, 13, 14, false);
        directory.status(bytes("file"), false, status);
        FileStatus copy = new FileStatus();
        copy.copyFrom(status);
        assertThat(copy).usingRecursiveComparison().isEqualTo(status);
        assertThat(copy).usingRecursiveComparison().isNotEqualTo(new FileStatus());
    }

    /** Odd nanoseconds and times before 1970 survive, on link and file apart. */
    @Test
    void timesHaveNanoseconds() throws IOException {
        Names.write(directory, "file", "");
        directory.symlink(bytes("file"), bytes("link"));
        directory.setTimes(bytes("link"), 1_700_000_000L, 123_456_789, -2L, 999_999_999, true);
        directory.setTimes(bytes("link"), 5, 6, 7, 8, false);
        assertTimes("file", 1_700_000_000L, 123_456_789, -2L, 999_999_999);
        assertTimes("link", 5, 6, 7, 8);
    }

    @Test
    void omittedTimeStays() throws IOException {
        Names.write(directory, "file", "");
        directory.setTimes(bytes("file"), 1, 2, 3, 4, false);
        directory.setTimes(bytes("file"), 0, FileTimes.OMIT, 30, 40, false);
        assertTimes("file", 1, 2, 30, 40);
        directory.setTimes(bytes("file"), 10, 20, 0, FileTimes.OMIT, false);
        assertTimes("file", 10, 20, 30, 40);
        directory.setTimes(bytes("file"), 0, FileTimes.OMIT, 0, FileTimes.NOW, false);
        directory.status(bytes("file"), false, status);
        assertThat(status.mtimeSeconds()).isGreaterThan(1_600_000_000L);
        assertThat(status.atimeSeconds()).isEqualTo(10);
    }

    private void assertTimes(String name, long atimeSeconds, int atimeNanos, long mtimeSeconds, int mtimeNanos)
            throws IOException {
        assertThat(directory.status(bytes(name), false, status)).isTrue();
        assertThat(status.atimeSeconds()).isEqualTo(atimeSeconds);
        assertThat(status.atimeNanos()).isEqualTo(atimeNanos);
        assertThat(status.mtimeSeconds()).isEqualTo(mtimeSeconds);
        assertThat(status.mtimeNanos()).isEqualTo(mtimeNanos);
    }

    @Test
    void renameReplacesUnlessTold() throws IOException {
        Names.write(directory, "a", "A");
        Names.write(directory, "b", "B");
        Failure.of(
                Errno.EEXIST,
                () -> directory.rename(bytes("a"), directory, bytes("b"), DirectoryHandle.RENAME_NO_REPLACE));
        assertThat(Names.read(directory, "b")).isEqualTo("B");
        directory.rename(bytes("a"), directory, bytes("b"), DirectoryHandle.RENAME_EXCHANGE);
        assertThat(Names.read(directory, "a") + Names.read(directory, "b")).isEqualTo("BA");
        directory.rename(bytes("a"), directory, bytes("b"), 0);
        assertThat(Names.read(directory, "b")).isEqualTo("B");
        assertThat(exists(directory, "a")).isFalse();
    }

    @Test
    void renameGoesToAnotherDirectory() throws IOException {
        Names.write(directory, "a", "A");
        directory.makeDirectory(bytes("sub"), 0755);
        try (DirectoryHandle sub = directory.openPlace(bytes("sub"), Resolve.BENEATH)) {
            directory.rename(bytes("a"), sub, bytes("z"), DirectoryHandle.RENAME_NO_REPLACE);
        }
        assertThat(Names.read(directory, "sub/z")).isEqualTo("A");
    }

    @Test
    void removesOnlyWhatItIsAskedFor() throws IOException {
        directory.makeDirectory(bytes("d"), 0755);
        Names.write(directory, "d/file", "");
        Failure.of(Errno.ENOTEMPTY, () -> directory.removeDirectory(bytes("d")));
        Failure.of(Errno.ENOTDIR, () -> directory.removeDirectory(bytes("d/file")));
        Failure.of(Errno.EISDIR, () -> directory.unlink(bytes("d")));
        directory.unlink(bytes("d/file"));
        directory.removeDirectory(bytes("d"));
        assertThat(exists(directory, "d")).isFalse();
    }

    @Test
    void symlinkHoldsAnyTarget() throws IOException {
        byte[] target = bytes("../no\u00FFwhere\n" + "x".repeat(3000));
        directory.symlink(target, bytes("link"));
        assertThat(directory.readLink(bytes("link"))).isEqualTo(target);
        directory.status(bytes("link"), false, status);
        assertThat(status.isSymlink()).isTrue();
        assertThat(status.size()).isEqualTo(target.length);
        Names.write(directory, "file", "");
        Failure.of(Errno.EINVAL, () -> directory.readLink(bytes("file")));
    }

    @Test
    void hardLinkOfSymlinkIsTheSymlink() throws IOException {
        directory.symlink(bytes("nowhere"), bytes("link"));
        directory.link(bytes("link"), directory, bytes("other"));
        assertThat(directory.readLink(bytes("other"))).isEqualTo(bytes("nowhere"));
    }

    @Test
    void makesFifosAndSockets() throws IOException {
        directory.makeNode(bytes("fifo"), FileMode.FIFO | 0600, 0, 0);
        directory.makeNode(bytes("socket"), FileMode.SOCKET | 0600, 0, 0);
        directory.status(bytes("fifo"), false, status);
        assertThat(status.isFifo()).isTrue();
        directory.status(bytes("socket"), false, status);
        assertThat(status.isSocket()).isTrue();
    }

    /** A minor number beyond eight bits lies in two places of the kernel's device number. */
    @Test
    void makesDevices() throws IOException {
        Root.assume();
        directory.makeNode(bytes("c"), FileMode.CHARACTER_DEVICE | 0600, 4095, 0xFFFFF);
        directory.makeNode(bytes("b"), FileMode.BLOCK_DEVICE | 0600, 259, 0x12345);
        directory.status(bytes("c"), false, status);
        assertThat(status.isDevice()).isTrue();
        assertThat(status.rdevMajor()).isEqualTo(4095);
        assertThat(status.rdevMinor()).isEqualTo(0xFFFFF);
        directory.status(bytes("b"), false, status);
        assertThat(status.type()).isEqualTo(FileMode.BLOCK_DEVICE);
        assertThat(status.rdevMajor()).isEqualTo(259);
        assertThat(status.rdevMinor()).isEqualTo(0x12345);
    }

    @Test
    void deviceNumberTooLargeForTheKernelIsInvalid() {
        byte[] name = bytes("c");
        Failure.of(Errno.EINVAL, () -> directory.makeNode(name, FileMode.CHARACTER_DEVICE, 4096, 0));
        Failure.of(Errno.EINVAL, () -> directory.makeNode(name, FileMode.CHARACTER_DEVICE, 0, 1 << 20));
        Failure.of(Errno.EINVAL, () -> directory.makeNode(name, FileMode.CHARACTER_DEVICE, -1, 0));
    }

    /** The link's target would show a change, so a followed link cannot pass. */
    @Test
    void modeIsNeverChangedThroughSymlink() throws IOException {
        Names.write(directory, "file", "");
        directory.changeMode(bytes("file"), 0640);
        directory.symlink(bytes("file"), bytes("link"));
        Failure.of(Errno.EOPNOTSUPP, () -> directory.changeMode(bytes("link"), 0777));
        Failure.of(Errno.EOPNOTSUPP, () -> PathCalls.changeModeByPlace(directory.fd(), bytes("link"), 0777));
        directory.status(bytes("file"), false, status);
        assertThat(status.permissions()).isEqualTo(0640);
    }

    /** Both ways to set a mode, that of new and that of old kernels, set all twelve bits. */
    @Test
    void modeHasTwelveBits() throws IOException {
        directory.makeDirectory(bytes("d"), 0700);
        directory.changeMode(bytes("d"), 07751);
        directory.status(bytes("d"), false, status);
        assertThat(status.permissions()).isEqualTo(07751);
        PathCalls.changeModeByPlace(directory.fd(), bytes("d"), 03710);
        directory.status(bytes("d"), false, status);
        assertThat(status.permissions()).isEqualTo(03710);
        assertThat(status.isDirectory()).isTrue();
    }

    @Test
    void ownerIsChangedOnTheLinkItself() throws IOException {
        Root.assume();
        Names.write(directory, "file", "");
        directory.symlink(bytes("file"), bytes("link"));
        directory.changeOwner(bytes("link"), -2, 12345);
        directory.changeOwner(bytes("link"), DirectoryHandle.KEEP_ID, 54321);
        directory.status(bytes("link"), false, status);
        assertThat(status.uid()).isEqualTo(-2);
        assertThat(status.gid()).isEqualTo(54321);
        directory.status(bytes("file"), false, status);
        assertThat(status.uid()).isZero();
    }

    @Test
    void dotIsTheDirectoryItself() throws IOException {
        directory.changeMode(bytes("."), 0711);
        directory.setTimes(bytes("."), 1, 2, 3, 4, false);
        directory.status(status);
        assertThat(status.permissions()).isEqualTo(0711);
        assertThat(status.mtimeNanos()).isEqualTo(4);
    }

    @Test
    void temporaryFileGetsItsNameAtTheEnd() throws IOException {
        int flags = OpenFlags.TEMPORARY | OpenFlags.WRITE_ONLY;
        try (OpenFile file = directory.openFile(bytes("."), flags, 0600, Resolve.BENEATH)) {
            file.write(bytes("whole"), 0, 5);
            assertThat(root).isEmptyDirectory();
            directory.linkDescriptor(file, bytes("named"));
            Failure.of(Errno.EEXIST, () -> directory.linkDescriptor(file, bytes("named")));
        }
        assertThat(Names.read(directory, "named")).isEqualTo("whole");
    }

    @Test
    void useAfterCloseFails() throws IOException {
        DirectoryHandle other = directory.duplicate();
        Names.write(other, "file", "");
        other.close();
        other.close();
        assertThatThrownBy(() -> other.unlink(bytes("file")))
                .isInstanceOf(IOException.class)
                .hasMessage("directory handle: closed (expected: open)");
        assertThat(exists(directory, "file")).isTrue();
    }

    @Test
    void failureNamesCallPathAndError() {
        SystemCallException failure = Failure.of(Errno.ENOENT, () -> directory.unlink(bytes("a\n\u00FF")));
        assertThat(failure).hasMessage("unlinkat \"a\\#012\\#377\": No such file or directory (ENOENT)");
        assertThat(failure.call()).isEqualTo("unlinkat");
        assertThat(failure.reason()).isEqualTo("No such file or directory");
        assertThat(Failure.of(Errno.ENOENT, () -> directory.rename(bytes("x"), directory, bytes("y"), 0)))
                .hasMessage("renameat2 \"x\" -> \"y\": No such file or directory (ENOENT)");
    }
}
