package io.sluice.watcher.inotifytools;

import io.sluice.client.command.ByteText;
import io.sluice.linux.Inotify;
import io.sluice.linux.InotifyMask;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run of {@code inotifywait}: sets up watches and tells events. */
final class WaitRun {
    static final int FAILED = 1;
    private static final int TIMED_OUT = 2;

    private final WaitSettings settings;
    private final CommonSettings common;
    private final PathList paths;
    private final PrintStream out;
    private final Diagnostics diagnostics;
    private final EventText text;
    /** Nobody reads what is shown any more. */
    private boolean unread;

    /**
     * @param out for events
     * @param clock for the times of events
     */
    WaitRun(WaitSettings settings, PathList paths, PrintStream out, Diagnostics diagnostics, Clock clock) {
        this.settings = settings;
        this.paths = paths;
        this.out = out;
        this.diagnostics = diagnostics;
        this.text = text(settings.style(), clock);
        this.common = settings.common();
    }

    private static EventText text(WaitSettings.Style style, Clock clock) {
        return switch (style) {
            case WaitSettings.Csv() -> new CsvText();
            case WaitSettings.Json() -> new JsonText(clock);
            case WaitSettings.Format(String format, Optional<String> timeFormat) ->
                new FormatText(format, new TimeText(timeFormat.orElse(""), clock));
        };
    }

    /**
     * Runs to the end, which with {@code --monitor} may never be.
     *
     * @param ready is run once all is watched
     * @return the exit code
     */
    int run(Runnable ready) {
        boolean follows = settings.monitor() && common.recursive();
        int mask = common.events() | (common.noDereference() ? InotifyMask.DONT_FOLLOW : 0);
        EventSource.Settings source = new EventSource.Settings(mask, follows, false, common.selection(), paths);
        try (EventSource opened = EventSource.open(common.backend(), source, new Troubles())) {
            return setUp(opened) ? tell(opened, ready) : FAILED;
        } catch (IOException e) {
            diagnostics.say(SetupWords.noInstance(common.backend(), e));
            return FAILED;
        }
    }

    private boolean setUp(EventSource source) {
        if (settings.quiet() == 0) {
            diagnostics.say(beginning());
        }
        for (String path : paths.watched()) {
            try {
                source.watch(path, common.recursive());
            } catch (IOException e) {
                boolean whole = common.backend() == Backend.FILE_SYSTEM;
                String words = whole ? "Couldn't add filesystem watch " : "Couldn't watch ";
                diagnostics.say(SetupWords.noWatch(common.backend(), path, e, words));
                return false;
            }
        }
        if (settings.quiet() == 0) {
            diagnostics.say("Watches established.");
        }
        return true;
    }

    private String beginning() {
        if (common.backend() == Backend.FILE_SYSTEM) {
            return "Setting up filesystem watches.";
        }
        return common.recursive()
                ? "Setting up watches.  Beware: since -r was given, this may take a while!"
                : "Setting up watches.";
    }

    private int tell(EventSource source, Runnable ready) {
        ready.run();
        long timeout =
                common.timeoutSeconds() == 0 ? Inotify.FOREVER : TimeUnit.SECONDS.toMillis(common.timeoutSeconds());
        try {
            while (!unread) {
                Optional<ToolEvent> next = source.next(timeout, this::flush);
                if (next.isEmpty()) {
                    return TIMED_OUT;
                }
                show(next.get());
                if (!settings.monitor()) {
                    flush();
                    return next.get().has(common.events()) && !unread ? 0 : FAILED;
                }
            }
            return FAILED;
        } catch (IOException e) {
            diagnostics.say(EventSource.reason(e));
            return FAILED;
        }
    }

    private void show(ToolEvent event) {
        if (settings.quiet() < 2 && event.has(common.events())) {
            byte[] bytes = ByteText.bytes(text.of(event));
            out.write(bytes, 0, bytes.length);
        }
    }

    /** What was shown must not wait while nothing happens. */
    private void flush() {
        unread = out.checkError();
    }

    private final class Troubles implements EventSource.Troubles {
        @Override
        public void cannotWatch(String directory, String reason) {
            diagnostics.say("Couldn't watch new directory " + directory + ": " + reason);
        }

        @Override
        public void overflow() {
            if (settings.quiet() < 2) {
                diagnostics.say(SetupWords.overflow(common.backend(), "are lost"));
            }
        }
    }
}
