package io.sluice.daemon;

import io.sluice.daemon.check.ConfigurationCheck;
import io.sluice.daemon.log.DaemonLog;
import io.sluice.daemon.service.ServiceSockets;
import io.sluice.linux.ServiceManager;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.config.ConfigurationException;
import io.sluice.protocol.config.Findings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
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
        return run(false, arguments, environment, out, err);
    }

    /** The same for {@code rsync --daemon}: the arguments are all of {@code rsync}'s, and one of them must be {@code --daemon}. */
    public static int runAsRsync(
            List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        return run(true, arguments, environment, out, err);
    }

    private static int run(
            boolean asRsync,
            List<String> arguments,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err) {
        DaemonOptions options;
        try {
            options = DaemonOptions.parse(arguments);
            if (asRsync && !arguments.contains("--daemon")) {
                throw new UsageException("Daemon option(s) used without --daemon.", true);
            }
        } catch (UsageException e) {
            err.println(e.getMessage());
            if (e.hint()) {
                err.println("(Type \"rsync --daemon --help\" for assistance with daemon mode.)");
            }
            err.println(
                    "rsync error: syntax or usage error (code 1) at sluice(0) [client=" + RsyncDaemon.version() + "]");
            return ExitCode.SYNTAX.value();
        }
        if (options.help()) {
            out.print(DaemonHelp.TEXT);
            return ExitCode.OK.value();
        }
        try {
            if (options.check().isPresent()) {
                return check(options, environment, out);
            }
            if (options.server() || OwnStreams.isInetd()) {
                return new OneConnection(options, environment).serve().value();
            }
            boolean background = options.detach() && !ServiceSockets.areThere(environment, pid());
            return background
                    ? new BackgroundProcess(environment).start(arguments, err)
                    : serve(options, environment, out, err);
        } catch (TransferException e) {
            err.println("sluice daemon: " + e.getMessage());
            if (e instanceof ConfigurationException) {
                err.println("Failed to parse config file: " + file(options));
            }
            return e.exitCode().value();
        } catch (IOException e) {
            err.println("sluice daemon: " + e.getMessage());
            return ExitCode.FILE_IO.value();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.SIGNAL.value();
        }
    }

    private static int check(DaemonOptions options, Map<String, String> environment, PrintStream out)
            throws IOException {
        String file = options.check().orElseThrow().toString();
        Findings findings = ConfigurationCheck.of(file, environment, options.overrides());
        return ConfigurationCheck.report(file, findings, out) ? ExitCode.OK.value() : ExitCode.SYNTAX.value();
    }

    private static Path file(DaemonOptions options) {
        return options.configuration().orElse(DaemonOptions.DEFAULT_CONFIGURATION);
    }

    private static int serve(DaemonOptions options, Map<String, String> environment, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        DaemonSettings settings = new DaemonSettings(
                file(options),
                options.overrides().globals(),
                options.overrides().forced(),
                options.port(),
                options.address().isEmpty() && options.family() == 4 ? "0.0.0.0" : options.address(),
                DaemonSettings.DEFAULT_CONVERSATION_LIMIT,
                environment,
                err,
                DaemonLog.SYSTEM);
        OperatorSignals signals = new OperatorSignals(new ServiceManager(environment), err);
        signals.heed();
        try (RsyncDaemon daemon =
                signals.starting(() -> RsyncDaemon.start(settings, ServiceSockets.take(environment, pid())))) {
            BackgroundProcess.announce(environment, out);
            signals.ready(daemon);
            daemon.awaitClose();
        }
        return ExitCode.OK.value();
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }
}
