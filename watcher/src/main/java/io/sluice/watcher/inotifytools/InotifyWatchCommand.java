package io.sluice.watcher.inotifytools;

import io.sluice.client.command.Invocation;
import io.sluice.linux.Signals;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** {@code sluice inotifywatch} and {@code sluice fsnotifywatch}: counts what happens to files. */
public final class InotifyWatchCommand {
    private static final int FAILED = 1;
    private static final String TOO_EARLY = """
        No statistics have been collected because I haven't finished establishing
        inotify watches yet.  If you are sure you want me to exit, interrupt me again.
        """;
    private static final String ABORTED =
            "No statistics collected, asked to abort before all watches could be established.\n";

    private InotifyWatchCommand() {}

    /**
     * Counts until the time is over or a signal ends it (SIGINT, SIGHUP, SIGTERM); SIGUSR1 shows the table meanwhile.
     *
     * @param program {@code inotifywatch} or {@code fsnotifywatch}, which watches by fanotify if nothing else is asked for
     * @param arguments those after it
     * @param out standard output: the table
     * @param err standard error: what else there is to say
     * @return the exit code
     */
    public static int run(String program, List<String> arguments, PrintStream out, PrintStream err) {
        return run(program, arguments, out, err, run -> heedSignals(run, err));
    }

    /** @param signals lets signals reach the run */
    static int run(
            String program, List<String> arguments, PrintStream out, PrintStream err, Consumer<WatchRun> signals) {
        try {
            Optional<WatchSettings> read = WatchOptions.read(program, Invocation.words(arguments));
            if (read.isEmpty()) {
                Diagnostics.print(out, HelpText.watch(program));
                return FAILED; // as the original
            }
            WatchSettings settings = read.get();
            PathList paths = InotifyWaitCommand.paths(settings.common(), err);
            WatchRun run = new WatchRun(settings, paths, out, err);
            signals.accept(run);
            return run.run();
        } catch (CommandLineException e) {
            Diagnostics.print(err, e.getMessage() + "\n");
            return FAILED;
        }
    }

    /** As the original, which a script can start with {@code &} or {@code nohup} and end by a signal that is ignored there. */
    private static void heedSignals(WatchRun run, PrintStream err) {
        AtomicInteger impatience = new AtomicInteger();
        heed("INT", err, () -> {
            if (run.isCollecting()) {
                run.end();
            } else if (impatience.getAndIncrement() == 0) {
                Diagnostics.print(err, TOO_EARLY);
            } else {
                Diagnostics.print(err, ABORTED);
                Runtime.getRuntime().halt(FAILED);
            }
        });
        heed("HUP", err, run::end);
        heed("TERM", err, run::end);
        Signals.handle("USR1", run::showNow);
    }

    private static void heed(String signal, PrintStream err, Runnable action) {
        try {
            Signals.handleInherited(signal, action);
        } catch (IOException e) {
            Diagnostics.print(err, "SIG" + signal + " is ignored: " + e.getMessage() + "\n");
        }
    }
}
