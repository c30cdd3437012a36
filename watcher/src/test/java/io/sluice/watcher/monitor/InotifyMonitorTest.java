package io.sluice.watcher.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.InotifyLimits;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is inotify's alone: a number of watches. */
class InotifyMonitorTest extends MonitorFixture {
    InotifyMonitorTest() {
        super(Means.INOTIFY);
    }

    /** With six watches for eight directories, those left out are told regularly, with a message that helps. */
    @Test
    void looksRegularlyAtWhatItCannotWatch() throws Exception {
        Files.createDirectories(root.resolve("1/2/3/4/5/6/7"));
        MonitorSettings settings = settings().withKind(MonitorKind.INOTIFY).withRescanInterval(Duration.ofMillis(20));
        monitor = new TreeMonitor(settings, new WatchChoice(6, true));
        monitor.start(recorder);
        Trouble trouble = recorder.await(Trouble.Kind.WATCH_LIMIT);
        assertThat(trouble.message())
                .contains(
                        "6 of 8",
                        "fs.inotify.max_user_watches=",
                        "limit is " + InotifyLimits.read().maxWatches());
        assertThat(monitor.statistics().unwatched()).isEqualTo(2);
        recorder.take();
        recorder.await("1/2/3/4/5/6", ChangeKind.SUBTREE);
        assertThat(kinds(recorder.take(), "1/2/3/4/5/6/7")).isEmpty();
        Files.writeString(root.resolve("1/2/3/4/5/f"), "x");
        recorder.await("1/2/3/4/5/f", ChangeKind.CONTENT_COMPLETE);
    }
}
