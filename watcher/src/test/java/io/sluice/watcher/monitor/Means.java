package io.sluice.watcher.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Fanotify;
import io.sluice.linux.FanotifyMask;
import io.sluice.linux.InotifyLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ways to watch a tree, each of which has to keep the promise of {@link FileMonitor}. */
enum Means {
    INOTIFY(MonitorKind.INOTIFY),
    /** On whatever file system temporary files are, with all that others do there. */
    FANOTIFY(MonitorKind.FANOTIFY),
    FANOTIFY_ON_TMPFS(MonitorKind.FANOTIFY),
    /** As before Linux 5.17. */
    FANOTIFY_WITHOUT_PAIRS(MonitorKind.FANOTIFY);

    private static final Path FANOTIFY_QUEUE = Path.of("/proc/sys/fs/fanotify/max_queued_events");

    final MonitorKind kind;

    Means(MonitorKind kind) {
        this.kind = kind;
    }

    /** Makes the directory to be watched, where this can watch one. */
    Path makeRoot(Path temporary) throws Exception {
        Path top = temporary;
        if (this == FANOTIFY_ON_TMPFS) {
            top = Files.createDirectory(temporary.resolve("mount"));
            if (!Mounts.mount("tmpfs", top)) {
                Files.delete(top);
                abort("mounting needs CAP_SYS_ADMIN: run as root");
            }
        }
        if (kind == MonitorKind.FANOTIFY) {
            assumeFanotify(top);
        }
        return Files.createDirectory(top.resolve("root"));
    }

    /** Undoes {@link #makeRoot}. */
    void removeRoot(Path temporary) throws Exception {
        Path mount = temporary.resolve("mount");
        if (this == FANOTIFY_ON_TMPFS && Files.exists(mount)) {
            assertThat(Mounts.unmount(mount)).isTrue();
        }
    }

    /** Leaves a test out that needs fanotify, where that is not allowed. */
    static void assumeFanotify(Path directory) {
        assumeTrue(mayUseFanotify(directory), "fanotify needs CAP_SYS_ADMIN, and ext4, XFS or tmpfs: run as root");
    }

    /** A group may be opened by everybody; marks of file systems are what needs the privilege. */
    static boolean mayUseFanotify(Path directory) {
        try (DirectoryHandle handle = DirectoryHandle.open(MonitorFixture.bytes(directory));
                Fanotify fanotify = Fanotify.open()) {
            fanotify.markFileSystem(handle, FanotifyMask.CREATE);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    FileMonitor monitor(MonitorSettings settings) {
        return new TreeMonitor(settings.withKind(kind), new WatchChoice(Integer.MAX_VALUE, pairsNames()));
    }

    /** Whether the kernel says which two names belong to one rename. */
    boolean pairsNames() {
        return this != FANOTIFY_WITHOUT_PAIRS;
    }

    /** Whether it keeps each directory in mind. */
    boolean knowsDirectories() {
        return kind == MonitorKind.INOTIFY;
    }

    /** Events on different names that the kernel keeps for who does not read them. */
    int maxQueuedEvents() throws IOException {
        if (kind == MonitorKind.INOTIFY) {
            return InotifyLimits.read().maxQueuedEvents();
        }
        byte[] text = new byte[64];
        try (InputStream in = Files.newInputStream(FANOTIFY_QUEUE)) { // only the first read is answered
            return Integer.parseInt(new String(text, 0, in.read(text), StandardCharsets.US_ASCII).strip());
        }
    }
}
