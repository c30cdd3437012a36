package io.sluice.watcher.monitor;

import static io.sluice.linux.DirectoryHandle.RENAME_EXCHANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.linux.DirectoryHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link FileMonitor} makes of a root that is replaced, and of mounts at the root and below it. */
@ParameterizedClass
@EnumSource(Means.class)
class MonitorRootContractTest extends MonitorFixture {
    private static final String MOUNTING = "mounting needs CAP_SYS_ADMIN: run as root";

    MonitorRootContractTest(Means means) {
        super(means);
    }

    @Test
    void noticesThatTheRootIsGoneAndBack() throws Exception {
        Files.createDirectories(root.resolve("d"));
        start();
        Files.move(root, outside("old"));
        recorder.await(Trouble.Kind.ROOT_GONE);
        recorder.take();
        Files.createDirectories(root.resolve("other"));
        recorder.await(Trouble.Kind.ROOT_BACK);
        recorder.await("", ChangeKind.SUBTREE);
        Files.writeString(root.resolve("other/f"), "x");
        recorder.await("other/f", ChangeKind.CONTENT_COMPLETE);
        assertThat(monitor.statistics().directories()).isEqualTo(directories());
    }

    /** A release is often a symbolic link that is switched: no event of inotify tells that. */
    @Test
    void followsARootThatIsALinkToAnother() throws Exception {
        Path other = outside("release2");
        Files.createDirectories(other.resolve("d"));
        Path link = Files.createSymbolicLink(outside("current"), root);
        start(MonitorSettings.of(bytes(link)));
        Files.createSymbolicLink(outside("next"), other);
        Files.move(outside("next"), link, StandardCopyOption.ATOMIC_MOVE);
        recorder.await("", ChangeKind.SUBTREE);
        Files.writeString(other.resolve("d/f"), "x");
        recorder.await("d/f", ChangeKind.CONTENT_COMPLETE);
    }

    /** An unmounted root is an empty directory: taken for the source, it would empty every replica. */
    @Test
    void doesNotTakeTheDirectoryBelowAnUnmountedRootForTheRoot() throws Exception {
        assumeTrue(Mounts.mount("tmpfs", root), MOUNTING);
        try {
            start();
            assertThat(Mounts.unmount(root)).isTrue();
            recorder.await(Trouble.Kind.ROOT_GONE);
            assertThat(Mounts.mount("tmpfs", root)).isTrue();
            recorder.await("", ChangeKind.SUBTREE);
            assertThat(recorder.take())
                    .filteredOn(c -> c.is(ChangeKind.SUBTREE))
                    .hasSize(1);
            Files.writeString(root.resolve("f"), "x");
            recorder.await("f", ChangeKind.CONTENT_COMPLETE);
        } finally {
            monitor.close();
            Mounts.unmount(root);
        }
    }

    /** The root is no mount point itself, and below what was mounted there is a directory of its name; or it is one by a bind mount of the same file system. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesNotTakeWhatAMountHidForTheRoot(boolean above) throws Exception {
        Path top = root;
        root = above ? Files.createDirectory(top.resolve("site")) : top;
        Files.writeString(root.resolve("hidden"), "is no part of the tree");
        Path real = Files.createDirectories(outside("real"));
        Files.createDirectories(above ? real.resolve("site") : real);
        assumeTrue(Mounts.bind(real, top), MOUNTING);
        try {
            start();
            try (DirectoryHandle open = monitor.openRoot()) {
                assertThat(open.kernelPath()).isEqualTo(bytes(root));
                assertThat(Mounts.unmount(top)).isFalse();
            }
            assertThat(Mounts.unmount(top)).isTrue();
            assertThatThrownBy(() -> monitor.openRoot().close())
                    .hasMessageContaining("(expected: the one that is watched)");
            recorder.await(Trouble.Kind.ROOT_GONE);
            assertThatThrownBy(() -> monitor.openRoot().close()).isInstanceOf(IOException.class);
            Files.writeString(real.resolve(above ? "site/f" : "f"), "written meanwhile");
            assertThat(Mounts.bind(real, top)).isTrue();
            recorder.await(Trouble.Kind.ROOT_BACK);
            recorder.await("", ChangeKind.SUBTREE);
            monitor.openRoot().close();
            assertThat(recorder.take())
                    .filteredOn(c -> c.is(ChangeKind.SUBTREE))
                    .hasSize(1);
            Files.writeString(root.resolve("g"), "x");
            recorder.await("g", ChangeKind.CONTENT_COMPLETE);
        } finally {
            monitor.close();
            Mounts.unmount(top);
        }
    }

    /** What is mounted in the tree while it is watched, and unmounted again, is seen as whatever is there. */
    @Test
    void followsMountsInTheTree() throws Exception {
        Path mount = Files.createDirectories(root.resolve("d/mount"));
        Files.writeString(mount.resolve("below"), "hidden by the mount");
        start();
        Follower follower = new Follower(root);
        assumeTrue(Mounts.mount("tmpfs", mount), MOUNTING);
        try {
            recorder.await(ChangeKind.SUBTREE);
            Files.createDirectories(mount.resolve("e"));
            Files.writeString(mount.resolve("e/f"), "on the other file system");
            recorder.await("d/mount/e/f", ChangeKind.CONTENT_COMPLETE);
            Files.move(root.resolve("d"), root.resolve("moved"));
            mount = root.resolve("moved/mount");
            Files.writeString(mount.resolve("e/g"), "after what it is mounted on has moved");
            recorder.await("moved/mount/e/g", ChangeKind.CONTENT_COMPLETE);
            settle();
            follower.follow(recorder.take());
            assertThat(follower.known()).isEqualTo(follower.actual());
        } finally {
            assertThat(Mounts.unmount(mount)).isTrue();
        }
        recorder.await(ChangeKind.SUBTREE);
        settle();
        follower.follow(recorder.take());
        assertThat(follower.known()).isEqualTo(follower.actual());
    }

    /** A part of the tree that is seen at a second place of it changes there too. */
    @Test
    void tellsAPlaceThatShowsAnotherOneOfTheTree() throws Exception {
        Files.createDirectories(root.resolve("a/sub"));
        Path mirror = Files.createDirectory(root.resolve("b"));
        assumeTrue(Mounts.bind(root.resolve("a"), mirror), MOUNTING);
        try {
            start(settings().withRescanInterval(Duration.ofMillis(100)));
            Follower follower = new Follower(root);
            Files.writeString(root.resolve("a/sub/f"), "x");
            Files.writeString(root.resolve("b/sub/g"), "y");
            settle();
            List<Change> told = recorder.take();
            if (means.knowsDirectories()) { // one of the two is looked at regularly
                recorder.await(ChangeKind.SUBTREE);
                told.addAll(recorder.take());
            }
            follower.follow(told);
            assertThat(follower.known()).isEqualTo(follower.actual());
        } finally {
            monitor.close();
            assertThat(Mounts.unmount(mirror)).isTrue();
        }
    }

    /** A link takes the place of a directory above the root: the path leads there still, by another name of the kernel's. */
    @Test
    void staysWithARootThatMovesBehindItsPath() throws Exception {
        Path above = outside("above");
        Path moved = Files.createSymbolicLink(outside("moved"), Path.of("moved"));
        Path top = above.resolveSibling("");
        root = above.resolve("tree");
        Files.createDirectories(root.resolve("d"));
        start();
        Files.writeString(root.resolve("d/f"), "x");
        settle();
        recorder.take();
        try (DirectoryHandle parent = DirectoryHandle.open(bytes(top))) {
            parent.rename(bytes(top.relativize(above)), parent, bytes(top.relativize(moved)), RENAME_EXCHANGE);
        }
        Files.writeString(root.resolve("d/g"), "y");
        recorder.await(c -> Recorder.text(c).equals("d/g") || (Recorder.text(c).isEmpty() && c.is(ChangeKind.SUBTREE)));
        settle();
        Files.writeString(root.resolve("d/h"), "z");
        recorder.await("d/h", ChangeKind.CONTENT_COMPLETE);
        assertThat(recorder.troubles()).isEmpty();
    }
}
