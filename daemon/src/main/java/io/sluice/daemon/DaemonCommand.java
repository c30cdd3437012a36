package io.sluice.daemon;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** {@code sluice daemon}. */
public final class DaemonCommand {
    private DaemonCommand() {}

    /**
     * Runs a daemon for the connection that the process was started with, or until the process is told to end, or starts one in the background and returns once it listens.
     *
     * @param arguments those after {@code daemon}
     * @param environment the process's variables
     * @param out standard output
     * @param err standard error: the log, if there is no log file and the daemon does not go into the background
     * @return the exit code
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        DaemonOptions options;
        try {
            options = DaemonOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println("(Type \"rsync --daemon --help\" for assistance with daemon mode.)");
            return ExitCode.SYNTAX.value();
        }
        if (options.help()) {
            out.print(DaemonHelp.TEXT);
            return ExitCode.OK.value();
        }
        try {
            if (options.server() || OwnStreams.isInetd()) {
                return new OneConnection(options, environment).serve().value();
            }
            return options.detach()
                    ? new BackgroundProcess(environment).start(arguments, err)
                    : serve(options, environment, out, err);
        } catch (TransferException e) {
            err.println("sluice daemon: " + e.getMessage());
            return e.exitCode().value();
        } catch (IOException e) {
            err.println("sluice daemon: " + e.getMessage());
            return ExitCode.FILE_IO.value();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.SIGNAL.value();
        }
    }

    private static int serve(DaemonOptions options, Map<String, String> environment, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        DaemonSettings settings = new DaemonSettings(
                options.configuration().orElse(DaemonOptions.DEFAULT_CONFIGURATION),
                options.overrides(),
                options.port(),
                options.address().isEmpty() && options.family() == 4 ? "0.0.0.0" : options.address(),
                DaemonSettings.DEFAULT_CONVERSATION_LIMIT,
                environment,
                err);
        try (RsyncDaemon daemon = RsyncDaemon.start(settings)) {
            Thread hook = new Thread(() -> close(daemon, err), "daemon-end");
            Runtime.getRuntime().addShutdownHook(hook);
            BackgroundProcess.announce(environment, out);
            daemon.awaitClose();
        }
        return ExitCode.OK.value();
    }

    private static void close(RsyncDaemon daemon, PrintStream err) {
        try {
            daemon.close();
        } catch (IOException e) {
            err.println("sluice daemon: " + e.getMessage());
        }
    }
}
