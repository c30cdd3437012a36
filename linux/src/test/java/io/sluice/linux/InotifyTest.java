package io.sluice.linux;

import static io.sluice.linux.Names.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events are queued by the call that causes them, so each test reads them without waiting and expects exactly its own.
 */
@Timeout(60)
class InotifyTest {
    private static final int CHANGES = InotifyMask.CREATE
            | InotifyMask.CLOSE_WRITE
            | InotifyMask.MOVED_FROM
            | InotifyMask.MOVED_TO
            | InotifyMask.DELETE
            | InotifyMask.ATTRIBUTES;

    @TempDir
    Path root;

    private DirectoryHandle directory;
    private Inotify inotify;
    private final InotifyEvents events = new InotifyEvents();

    @BeforeEach
    void open() throws IOException {
        directory = Names.open(root);
        inotify = Inotify.open();
    }

    @AfterEach
    void close() throws IOException {
        inotify.close();
        directory.close();
    }

    /** One event, copied out of the buffer. */
    private record Event(int watch, int mask, int cookie, String name) {}

    private List<Event> readAll() throws IOException {
        List<Event> all = new ArrayList<>();
        while (inotify.read(events, 0)) {
            while (events.next()) {
                String name = new String(events.name(), StandardCharsets.ISO_8859_1);
                all.add(new Event(events.watch(), events.mask(), events.cookie(), name));
            }
        }
        return all;
    }

    @Test
    void tellsWhatHappenedInOrder() throws IOException {
        int watch = inotify.addWatch(bytes(root.toString()), CHANGES);
        String name = "n\u00FF\n";
        Names.write(directory, name, "x");
        directory.makeDirectory(bytes("d"), 0700);
        directory.unlink(bytes(name));
        directory.removeDirectory(bytes("d"));
        assertThat(readAll())
                .containsExactly(
                        new Event(watch, InotifyMask.CREATE, 0, name),
                        new Event(watch, InotifyMask.CLOSE_WRITE, 0, name),
                        new Event(watch, InotifyMask.CREATE | InotifyMask.IS_DIRECTORY, 0, "d"),
                        new Event(watch, InotifyMask.DELETE, 0, name),
                        new Event(watch, InotifyMask.DELETE | InotifyMask.IS_DIRECTORY, 0, "d"));
    }

    /** Two renames at once, so that a wrong cookie could not pair them by chance. */
    @Test
    void cookieJoinsTheTwoEndsOfRename() throws IOException {
        directory.makeDirectory(bytes("sub"), 0700);
        Names.write(directory, "a", "");
        Names.write(directory, "b", "");
        int top = inotify.addWatch(directory, CHANGES);
        int sub = inotify.addWatch(directory, bytes("sub"), CHANGES | InotifyMask.ONLY_DIRECTORY);
        assertThat(sub).isNotEqualTo(top);
        directory.rename(bytes("a"), directory, bytes("sub/z"), 0);
        directory.rename(bytes("b"), directory, bytes("c"), 0);
        List<Event> seen = readAll();
        int first = seen.get(0).cookie();
        int second = seen.get(2).cookie();
        assertThat(first).isNotZero().isNotEqualTo(second);
        assertThat(seen)
                .containsExactly(
                        new Event(top, InotifyMask.MOVED_FROM, first, "a"),
                        new Event(sub, InotifyMask.MOVED_TO, first, "z"),
                        new Event(top, InotifyMask.MOVED_FROM, second, "b"),
                        new Event(top, InotifyMask.MOVED_TO, second, "c"));
    }

    @Test
    void watchOfLinkNeedNotFollowIt() throws IOException {
        directory.makeDirectory(bytes("sub"), 0700);
        directory.symlink(bytes("sub"), bytes("link"));
        int mask = CHANGES | InotifyMask.ONLY_DIRECTORY | InotifyMask.DONT_FOLLOW;
        Failure.of(Errno.ENOTDIR, () -> inotify.addWatch(directory, bytes("link"), mask));
        int followed = inotify.addWatch(directory, bytes("link"), CHANGES);
        assertThat(inotify.addWatch(directory, bytes("sub"), CHANGES)).isEqualTo(followed);
    }

    /** An open directory is watched where it is now, not where it was opened. */
    @Test
    void watchOfHandleFollowsTheDirectory() throws IOException {
        directory.makeDirectory(bytes("old"), 0700);
        try (DirectoryHandle handle = directory.openPlace(bytes("old"), Resolve.BENEATH)) {
            directory.rename(bytes("old"), directory, bytes("new"), 0);
            int watch = inotify.addWatch(handle, CHANGES);
            directory.makeDirectory(bytes("new/x"), 0700);
            assertThat(readAll())
                    .containsExactly(new Event(watch, InotifyMask.CREATE | InotifyMask.IS_DIRECTORY, 0, "x"));
        }
    }

    @Test
    void removedWatchEndsWithIgnored() throws IOException {
        int watch = inotify.addWatch(directory, CHANGES);
        assertThat(inotify.removeWatch(watch)).isTrue();
        Names.write(directory, "unseen", "");
        assertThat(readAll()).containsExactly(new Event(watch, InotifyMask.IGNORED, 0, ""));
        assertThat(inotify.removeWatch(watch)).isFalse();
    }

    /** The queue holds exactly the limit that was read, and then one event that tells of the loss. */
    @Test
    void fullQueueSaysSo() throws IOException {
        int limit = InotifyLimits.read().maxQueuedEvents();
        Assumptions.assumeTrue(limit <= 200_000, "left out: fs.inotify.max_queued_events is too large to fill");
        Names.write(directory, "a", "");
        Names.write(directory, "b", "");
        inotify.addWatch(directory, InotifyMask.ATTRIBUTES);
        for (int i = 0; i <= limit; i++) {
            directory.changeMode(bytes(i % 2 == 0 ? "a" : "b"), 0600);
        }
        List<Event> seen = readAll();
        assertThat(seen).hasSize(limit + 1);
        assertThat(seen.getLast()).isEqualTo(new Event(-1, InotifyMask.QUEUE_OVERFLOW, 0, ""));
        assertThat(seen.subList(0, limit)).allMatch(event -> event.mask() == InotifyMask.ATTRIBUTES);
    }

    @Test
    void pollWaitsNoLongerThanItsTimeout() throws IOException {
        inotify.addWatch(directory, CHANGES);
        assertThat(inotify.poll(1)).isFalse();
        assertThat(inotify.read(events, 1)).isFalse();
        assertThat(events.next()).isFalse();
        Names.write(directory, "file", "");
        assertThat(inotify.poll(Inotify.FOREVER)).isTrue();
        assertThat(inotify.read(events, Inotify.FOREVER)).isTrue();
        assertThat(events.next()).isTrue();
        assertThat(events.has(InotifyMask.CREATE)).isTrue();
        assertThat(events.has(InotifyMask.DELETE | InotifyMask.MOVED_TO)).isFalse();
    }

    /** The waits are without end: only the wake-up can end them, before or while they last. */
    @Test
    void wakeUpEndsOneWait() throws Exception {
        inotify.wakeUp();
        assertThat(inotify.read(events, Inotify.FOREVER)).isFalse();
        assertThat(inotify.poll(0)).isFalse();
        CountDownLatch started = new CountDownLatch(1);
        FutureTask<Boolean> wait = new FutureTask<>(() -> {
            started.countDown();
            return inotify.read(new InotifyEvents(), Inotify.FOREVER);
        });
        Thread.ofPlatform().start(wait);
        started.await();
        inotify.wakeUp();
        assertThat(wait.get()).isFalse();
    }

    @Test
    void closeEndsTheWaitOfAnotherThread() throws Exception {
        inotify.addWatch(directory, CHANGES);
        CountDownLatch started = new CountDownLatch(1);
        FutureTask<Boolean> wait = new FutureTask<>(() -> {
            InotifyEvents own = new InotifyEvents();
            assertThat(inotify.read(own, Inotify.FOREVER)).isTrue();
            started.countDown();
            return inotify.read(own, Inotify.FOREVER);
        });
        Thread.ofPlatform().start(wait);
        directory.makeDirectory(bytes("d"), 0700);
        started.await();
        inotify.close();
        try {
            assertThat(wait.get()).isFalse();
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(IOException.class).hasMessageContaining("closed");
        }
        inotify.close();
        assertThatThrownBy(() -> inotify.poll(0))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    /** Another reader of the same files: all digits count. */
    @Test
    void limitsAreThoseOfTheKernel() throws IOException {
        InotifyLimits limits = InotifyLimits.read();
        assertThat(limits.maxWatches()).isEqualTo(limit("max_user_watches"));
        assertThat(InotifyLimits.maxWatchesOfNamespace()).isEqualTo(number("/proc/sys/user/max_inotify_watches"));
        assertThat(limits.maxInstances()).isEqualTo(limit("max_user_instances"));
        assertThat(limits.maxQueuedEvents()).isEqualTo(limit("max_queued_events"));
    }

    private static int limit(String name) throws IOException {
        return number("/proc/sys/fs/inotify/" + name);
    }

    private static int number(String file) throws IOException {
        try (InputStream in = new FileInputStream(file)) {
            byte[] buffer = new byte[100];
            return Integer.parseInt(new String(buffer, 0, in.read(buffer), StandardCharsets.ISO_8859_1).trim());
        }
    }
}
