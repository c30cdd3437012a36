package io.sluice.linux;

import static io.sluice.linux.Names.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identities are seen by what the kernel lets a thread do to files, not only by what it says they are. */
class IdentityTest {
    private static final int USER = 65_432;
    private static final int GROUP = 65_433;

    @TempDir
    Path root;

    /** A directory that all may use, and in it one that only root may. */
    private DirectoryHandle layOut() throws IOException {
        DirectoryHandle directory = Names.open(root);
        directory.changeMode(bytes("."), 0777);
        directory.makeDirectory(bytes("private"), 0700);
        return directory;
    }

    @Test
    void filesBelongToTheAssumedUser() throws IOException {
        Root.assume();
        FileStatus status = new FileStatus();
        try (DirectoryHandle directory = layOut()) {
            Identity assumed = Identity.assume(USER, GROUP, new int[] {GROUP, 7});
            try (assumed) {
                Names.write(directory, "file", "");
                assertThat(Identity.fileUser()).isEqualTo(USER);
                assertThat(Identity.fileGroup()).isEqualTo(GROUP);
                assertThat(Identity.groups()).containsExactlyInAnyOrder(GROUP, 7);
                assertThat(Identity.effectiveUser()).isZero();
                Failure.of(Errno.EACCES, () -> directory.makeDirectory(bytes("private/x"), 0700));
                Failure.of(Errno.EPERM, () -> directory.changeOwner(bytes("file"), 0, 0));
            }
            directory.status(bytes("file"), false, status);
            assertThat(status.uid()).isEqualTo(USER);
            assertThat(status.gid()).isEqualTo(GROUP);
        }
    }

    /** The way through /proc works although the process belongs to root and the thread does not act for it. */
    @Test
    void modeIsSetByPlaceUnderAnotherIdentity() throws IOException {
        Root.assume();
        FileStatus status = new FileStatus();
        try (DirectoryHandle directory = layOut();
                Identity assumed = Identity.assume(USER, GROUP, new int[0])) {
            assertThat(Identity.fileUser()).as("%s", assumed).isEqualTo(USER);
            Names.write(directory, "file", "");
            PathCalls.changeModeByPlace(directory.fd(), bytes("file"), 0604);
            directory.status(bytes("file"), false, status);
            assertThat(status.permissions()).isEqualTo(0604);
        }
    }

    @Test
    void closeGivesBackAllRights() throws IOException {
        Root.assume();
        int[] groups = Identity.groups();
        try (DirectoryHandle directory = layOut()) {
            Identity assumed = Identity.assume(USER, GROUP, new int[] {1, 2, 3});
            assumed.close();
            assumed.close();
            directory.makeDirectory(bytes("private/x"), 0700);
            assertThat(Identity.fileUser()).isZero();
            assertThat(Identity.fileGroup()).isEqualTo(Identity.effectiveGroup());
            assertThat(Identity.groups()).isEqualTo(groups);
        }
    }

    /** The other thread runs while this one is somebody else, and uses what only root may. */
    @Test
    void otherThreadsKeepTheirIdentity() throws Exception {
        Root.assume();
        var ready = new SynchronousQueue<Boolean>();
        try (DirectoryHandle directory = layOut()) {
            FutureTask<Integer> other = new FutureTask<>(() -> {
                ready.take();
                directory.makeDirectory(bytes("private/x"), 0700);
                return Identity.fileUser();
            });
            Thread.ofPlatform().start(other);
            Identity assumed = Identity.assume(USER, GROUP, new int[0]);
            try (assumed) {
                ready.put(true);
                assertThat(other.get()).isZero();
                assertThat(Identity.fileUser()).isEqualTo(USER);
                Failure.of(Errno.EACCES, () -> directory.makeDirectory(bytes("private/y"), 0700));
                assertThat(inNewThread(Identity::fileUser)).isEqualTo(USER);
            }
        }
    }

    @Test
    void droppedThreadNeverComesBack() throws Exception {
        Root.assume();
        try (DirectoryHandle directory = layOut()) {
            boolean refused = inNewThread(() -> {
                Identity.drop(USER, GROUP, new int[] {9});
                assertThat(Identity.effectiveUser()).isEqualTo(USER);
                assertThat(Identity.currentUser()).isEqualTo(USER);
                assertThat(Identity.effectiveGroup()).isEqualTo(GROUP);
                assertThat(Identity.groups()).containsExactly(9);
                Failure.of(Errno.EPERM, () -> Identity.assume(0, 0, new int[0]));
                Failure.of(Errno.EPERM, () -> Identity.drop(0, 0, new int[0]));
                Failure.of(Errno.EACCES, () -> directory.makeDirectory(bytes("private/x"), 0700));
                return true;
            });
            assertThat(refused).isTrue();
        }
        assertThat(Identity.effectiveUser()).isZero();
        assertThat(Identity.fileUser()).isZero();
    }

    /** A change of the file user alone would succeed silently where it is not allowed: the check after it must tell. */
    @Test
    void unprivilegedChangeIsRefused() throws Exception {
        Root.assume();
        inNewThread(() -> {
            Identity.drop(USER, GROUP, new int[0]);
            SystemCallException failure = Failure.of(Errno.EPERM, () -> Identity.assume(USER + 1, GROUP, new int[0]));
            assertThat(failure.call()).isEqualTo("setgroups");
            assertThat(Identity.fileUser()).isEqualTo(USER);
            return true;
        });
    }

    @Test
    @SuppressWarnings("try") // closes in another thread what this one closes at the end
    void belongsToOnePlatformThread() throws Exception {
        Root.assume();
        try (Identity assumed = Identity.assume(USER, GROUP, new int[0])) {
            assertThatThrownBy(() -> inNewThread(() -> {
                        assumed.close();
                        return true;
                    }))
                    .hasCauseInstanceOf(WrongThreadException.class);
            assertThat(Identity.fileUser()).isEqualTo(USER);
        }
        FutureTask<Identity> virtual = new FutureTask<>(() -> Identity.assume(USER, GROUP, new int[0]));
        Thread.ofVirtual().start(virtual);
        assertThatThrownBy(virtual::get).hasCauseInstanceOf(IllegalStateException.class);
    }

    /** The JDK says whose process it is, from another source. */
    @Test
    void currentUserIsTheProcessOwner() {
        String owner = ProcessHandle.current().info().user().orElse("");
        assertThat(Users.userName(Identity.currentUser()).orElse(owner)).isEqualTo(owner);
        assertThat(Identity.effectiveGroup()).isEqualTo(Identity.currentGroup());
    }

    /** A child has its parent's, and the shell another way to read it. */
    @Test
    void umaskIsWhatAShellSays() throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "umask").start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        assertThat(Identity.umask()).isEqualTo(Integer.parseInt(said, 8));
        assertThat(Identity.umask()).isEqualTo(Integer.parseInt(said, 8));
    }

    private static <T> T inNewThread(Callable<T> work) throws InterruptedException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        return task.get();
    }
}
