package io.sluice.watcher.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which means are taken, and what is said of it. */
class MonitorChoiceTest extends MonitorFixture {
    private static final String MOUNTING = "mounting needs CAP_SYS_ADMIN: run as root";

    MonitorChoiceTest() {
        super(Means.INOTIFY);
    }

    private void startAs(MonitorKind kind) throws Exception {
        monitor = FileMonitor.of(settings().withKind(kind).withRescanInterval(Duration.ofMillis(20)));
        monitor.start(recorder);
    }

    @Test
    void takesFanotifyWhereItIsAllowed() throws Exception {
        Means.assumeFanotify(root);
        startAs(MonitorKind.AUTO);
        assertThat(monitor.statistics().kind()).isEqualTo(MonitorKind.FANOTIFY);
        assertThat(monitor.statistics().why()).isEmpty();
    }

    /** Who asked for the best there is does not hear of it as trouble; who asked for fanotify does. */
    @Test
    void takesInotifyWhereFanotifyIsNotAllowed() throws Exception {
        assumeFalse(Means.mayUseFanotify(root), "fanotify is allowed: run without CAP_SYS_ADMIN");
        startAs(MonitorKind.AUTO);
        assertThat(monitor.statistics().kind()).isEqualTo(MonitorKind.INOTIFY);
        assertThat(monitor.statistics().why()).contains("EPERM");
        settle();
        assertThat(recorder.troubles()).isEmpty();
        monitor.close();
        startAs(MonitorKind.FANOTIFY);
        assertThat(recorder.await(Trouble.Kind.FALLBACK).message()).contains("EPERM", "inotify is used instead");
        settle();
    }

    @Test
    void takesInotifyWhenTold() throws Exception {
        startAs(MonitorKind.INOTIFY);
        assertThat(monitor.statistics().kind()).isEqualTo(MonitorKind.INOTIFY);
        while (monitor.statistics().events() == 0) { // they are told a moment before they are counted
            settle();
        }
    }

    @Test
    void tellsTheWholeTreeAgainAndAgainWhenPolling() throws Exception {
        startAs(MonitorKind.POLL);
        assertThat(monitor.statistics().kind()).isEqualTo(MonitorKind.POLL);
        recorder.await("", ChangeKind.SUBTREE);
        recorder.take();
        recorder.await("", ChangeKind.SUBTREE);
    }

    /** The file system of processes has no handles: what needs them is given up, and the tree watched all the same. */
    @Test
    void takesInotifyWhereAFileSystemHasNoHandles() throws Exception {
        Means.assumeFanotify(root);
        Path mount = Files.createDirectory(root.resolve("mount"));
        assumeTrue(Mounts.mount("proc", mount), MOUNTING);
        try {
            monitor = FileMonitor.of(settings().withKind(MonitorKind.FANOTIFY).withExcludes((path, directory) -> {
                String text = new String(path, StandardCharsets.UTF_8);
                return text.startsWith("mount/"); // thousands of directories that come and go
            }));
            monitor.start(recorder);
            assertThat(monitor.statistics().kind()).isEqualTo(MonitorKind.INOTIFY);
            assertThat(monitor.statistics().why()).contains("mount: ");
            assertThat(recorder.await(Trouble.Kind.FALLBACK).message()).contains("inotify is used instead");
            settle();
        } finally {
            monitor.close();
            assertThat(Mounts.unmount(mount)).isTrue();
        }
    }

    /** As in a container. */
    @Test
    void takesInotifyOnAnOverlay() throws Exception {
        Means.assumeFanotify(root);
        Path mount = Files.createDirectory(temporary.resolve("merged"));
        StringBuilder options = new StringBuilder("index=off,nfs_export=off");
        for (String part : List.of("lower", "upper", "work")) {
            options.append("," + part + "dir=" + Files.createDirectory(temporary.resolve(part)));
        }
        int result = Mounts.run("mount", "-t", "overlay", "none", "-o", options.toString(), mount.toString());
        assumeTrue(result == 0, "the kernel has no overlayfs");
        try {
            root = mount;
            startAs(MonitorKind.AUTO);
            assertThat(monitor.statistics().kind()).isEqualTo(MonitorKind.INOTIFY);
            assertThat(monitor.statistics().why()).isNotEmpty();
            settle();
        } finally {
            monitor.close();
            assertThat(Mounts.unmount(mount)).isTrue();
        }
    }

    /** What becomes unsuitable while it is watched is watched in the other way, and looked at as a whole. */
    @Test
    void changesToInotifyWhenSomethingUnsuitableIsMounted() throws Exception {
        Means.assumeFanotify(root);
        Path mount = Files.createDirectory(root.resolve("mount"));
        monitor = FileMonitor.of(settings()
                .withExcludes((path, directory) -> path.length > "mount/".length()
                        && new String(path, StandardCharsets.UTF_8).startsWith("mount/")));
        monitor.start(recorder);
        assumeTrue(Mounts.mount("proc", mount), MOUNTING);
        try {
            recorder.await(Trouble.Kind.FALLBACK);
            recorder.await("", ChangeKind.SUBTREE);
            settle();
            assertThat(monitor.statistics().kind()).isEqualTo(MonitorKind.INOTIFY);
            assertThat(recorder.troubles()).noneMatch(trouble -> trouble.kind() == Trouble.Kind.ROOT_GONE);
        } finally {
            monitor.close();
            assertThat(Mounts.unmount(mount)).isTrue();
        }
    }

    @Test
    void readsTheNamesOfAConfigurationFile() {
        assertThat(MonitorKind.of("fanotify")).isEqualTo(MonitorKind.FANOTIFY);
        assertThat(MonitorKind.of("Auto")).isEqualTo(MonitorKind.AUTO);
        assertThatThrownBy(() -> MonitorKind.of("dnotify"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auto, fanotify, inotify, poll");
    }

    /** Whoever asks for what inotify cannot tell hears so. */
    @Test
    void saysThatInotifyCannotTell() throws Exception {
        monitor = Means.INOTIFY.monitor(settings().withExtras(Set.of(MonitorSettings.Extra.EXECUTION)));
        monitor.start(recorder);
        assertThat(recorder.await(Trouble.Kind.FALLBACK).message()).contains("the start and end of programs");
    }
}
