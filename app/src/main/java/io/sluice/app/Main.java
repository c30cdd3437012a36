package io.sluice.app;

import io.sluice.app.demo.DemoCommand;
import io.sluice.app.tls.TlsCommand;
import io.sluice.client.RsyncCommand;
import io.sluice.daemon.DaemonCommand;
import io.sluice.watcher.command.DoctorCommand;
import io.sluice.watcher.command.MirrorCommand;
import io.sluice.watcher.command.VerifyCommand;
import io.sluice.watcher.inotifytools.InotifyWaitCommand;
import io.sluice.watcher.inotifytools.InotifyWatchCommand;
import io.sluice.watcher.status.StatusCommand;
import io.sluice.watcher.status.WatchCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/**
 * The {@code sluice} command. Called by the name {@code rsync} or with that word first, it is a drop-in {@code rsync};
 * the same goes for {@code inotifywait}, {@code inotifywatch}, {@code fsnotifywait} and {@code fsnotifywatch}.
 */
public final class Main {
    private static final int USAGE = 1;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        String subcommand = arguments.length == 0 ? "help" : arguments[0];
        String[] rest = Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
        return switch (subcommand) {
            case "rsync" -> RsyncCommand.run(rest, Main::rsyncDaemon);
            case "daemon" -> daemon(List.of(rest));
            case "mirror" -> MirrorCommand.run(List.of(rest), System.getenv(), System.out, System.err);
            case "verify" -> VerifyCommand.run(List.of(rest), System.getenv(), System.out, System.err);
            case "doctor" -> DoctorCommand.run(List.of(rest), System.getenv(), System.out, System.err);
            case "inotifywait", "fsnotifywait" ->
                InotifyWaitCommand.run(subcommand, List.of(rest), System.getenv(), System.out, System.err);
            case "inotifywatch", "fsnotifywatch" ->
                InotifyWatchCommand.run(subcommand, List.of(rest), System.out, System.err);
            case "status" -> StatusCommand.run(List.of(rest), System.getenv(), System.out, System.err);
            case "watch" -> WatchCommand.run(List.of(rest), System.getenv(), System.out, System.err);
            case "demo" -> new CommandLine(new DemoCommand()).execute(rest);
            case "tls" -> new CommandLine(new TlsCommand()).execute(rest);
            case "help", "--help", "-h" -> {
                System.out.print(Help.TEXT);
                yield 0;
            }
            case "--version", "version" -> {
                System.out.println("sluice " + Help.VERSION);
                yield 0;
            }
            case "training" -> training(rest);
            default -> {
                System.err.println("sluice: " + subcommand
                        + ": no such subcommand (expected: rsync, daemon, mirror, verify, doctor, status, watch, inotifywait,"
                        + " inotifywatch, fsnotifywait, fsnotifywatch, tls, demo or help)");
                yield USAGE;
            }
        };
    }

    private static int training(String[] arguments) {
        try {
            return arguments.length == 2 ? Training.run(arguments[0], Path.of(arguments[1])) : USAGE;
        } catch (IOException e) {
            System.err.println("sluice: training: " + e.getMessage());
            return USAGE;
        }
    }

    private static int daemon(List<String> arguments) {
        return DaemonCommand.run(arguments, System.getenv(), System.out, System.err);
    }

    private static int rsyncDaemon(List<String> arguments) {
        return DaemonCommand.runAsRsync(arguments, System.getenv(), System.out, System.err);
    }
}
