package io.sluice.watcher.inotifytools;

import io.sluice.linux.Inotify;
import io.sluice.linux.InotifyMask;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One run of {@code inotifywatch}: sets up watches, counts events and shows the table. */
final class WatchRun {
    private static final int FAILED = 1;
    private static final int UNASKED = InotifyMask.IGNORED | InotifyMask.UNMOUNT;

    private final WatchSettings settings;
    private final CommonSettings common;
    private final PathList paths;
    private final PrintStream out;
    private final PrintStream err;
    private final EventCounts all = new EventCounts();
    private final AtomicBoolean showNow = new AtomicBoolean();
    private volatile boolean ended;
    private volatile @Nullable EventSource collecting;

    WatchRun(WatchSettings settings, PathList paths, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.paths = paths;
        this.out = out;
        this.err = err;
        this.common = settings.common();
    }

    /** Whether all is watched, and events are counted. */
    boolean isCollecting() {
        return collecting != null;
    }

    /** Ends the collecting, from any thread; the table follows. */
    void end() {
        ended = true;
        wakeUp();
    }

    /** Shows the table as it is, from any thread, and goes on. */
    void showNow() {
        showNow.set(true);
        wakeUp();
    }

    private void wakeUp() {
        EventSource source = collecting;
        if (source != null) {
            try {
                source.wakeUp();
            } catch (IOException e) {
                // it is closed: the run has ended
            }
        }
    }

    /**
     * Runs to the end.
     *
     * @return the exit code
     */
    int run() {
        int mask = common.events() | (common.noDereference() ? InotifyMask.DONT_FOLLOW : 0);
        EventSource.Settings source =
                new EventSource.Settings(mask, common.recursive(), true, common.selection(), paths);
        try (EventSource opened = EventSource.open(common.backend(), source, new Troubles())) {
            return setUp(opened) ? collect(opened) : FAILED;
        } catch (IOException e) {
            say(SetupWords.noInstance(common.backend(), e));
            return FAILED;
        }
    }

    private void say(String text) {
        Diagnostics.print(err, text + "\n");
    }

    private boolean setUp(EventSource source) {
        say("Establishing watches...");
        boolean whole = common.backend() == Backend.FILE_SYSTEM;
        boolean tellEach = common.recursive() && settings.verbose() && !whole;
        for (String path : paths.watched()) {
            if (whole) {
                say("Setting up filesystem watch on " + path);
            } else if (tellEach) {
                say("Setting up watch(es) on " + path);
            }
            try {
                source.watch(path, common.recursive());
            } catch (IOException e) {
                String words = whole ? "Couldn't add filesystem watch " : "Failed to watch ";
                say(SetupWords.noWatch(common.backend(), path, e, words));
                return false;
            }
            if (tellEach) {
                say("OK, " + path + " is now being watched.");
            }
        }
        if (settings.verbose()) {
            say("Total of " + source.watchCount() + " watches.");
        }
        say("Finished establishing watches, now collecting statistics.");
        if (settings.verbose() && common.timeoutSeconds() > 0) {
            say("Will listen for events for " + common.timeoutSeconds() + " seconds.");
        }
        return true;
    }

    private int collect(EventSource source) {
        collecting = source;
        long since = System.nanoTime();
        try {
            while (!ended) {
                long left = left(since);
                if (left == 0) {
                    break;
                }
                source.next(left, () -> {}).ifPresent(event -> count(source, event));
                if (showNow.getAndSet(false)) {
                    show(source);
                    Diagnostics.print(out, "\n");
                }
            }
            show(source);
            return 0;
        } catch (IOException e) {
            say(EventSource.reason(e));
            return FAILED;
        }
    }

    /** Milliseconds that are left. */
    private long left(long since) {
        if (common.timeoutSeconds() == 0) {
            return Inotify.FOREVER;
        }
        long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
        return Math.max(0, TimeUnit.SECONDS.toMillis(common.timeoutSeconds()) - passed);
    }

    private void count(EventSource source, ToolEvent event) {
        Watch row = source.row(event);
        if (row != null && event.has(common.events() | UNASKED)) {
            row.counts().count(event.mask());
            all.count(event.mask());
        }
    }

    private void show(EventSource source) {
        if (all.of(0) == 0) {
            say("No events occurred.");
        } else {
            Diagnostics.print(out, new CountTable(settings, all).of(source.rows()));
        }
    }

    private final class Troubles implements EventSource.Troubles {
        @Override
        public void cannotWatch(String directory, String reason) {
            say("Couldn't watch new directory " + directory + ": " + reason);
        }

        @Override
        public void overflow() {
            say(SetupWords.overflow(common.backend(), "were not counted"));
        }
    }
}
