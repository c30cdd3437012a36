package io.sluice.watcher.inotifytools;

import io.sluice.client.command.Invocation;
import io.sluice.client.command.NamedFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code sluice inotifywait} and {@code sluice fsnotifywait}: waits for changes to files and tells them. */
public final class InotifyWaitCommand {
    private static final String LOG_SOCKET = "/dev/log";
    private static final int OUT_FILE_MODE = 0600;
    /** As with the original, links are followed whoever made them. */
    private static final NamedFiles FILES = new NamedFiles(true);

    private final String program;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    private InotifyWaitCommand(String program, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.program = program;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs it.
     *
     * @param program {@code inotifywait} or {@code fsnotifywait}, which watches by fanotify if nothing else is asked for
     * @param arguments those after it
     * @param environment the process's variables
     * @param out standard output: events
     * @param err standard error: what else there is to say
     * @return the exit code: 0 an event came, 1 something is wrong, 2 none came in time
     */
    public static int run(
            String program, List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        return new InotifyWaitCommand(program, environment, out, err).run(Invocation.words(arguments));
    }

    private int run(List<String> words) {
        try {
            Optional<WaitSettings> settings = WaitOptions.read(program, words);
            if (settings.isEmpty()) {
                Diagnostics.print(out, HelpText.wait(program));
                return WaitRun.FAILED; // as the original
            }
            return run(words, settings.get());
        } catch (CommandLineException e) {
            Diagnostics.print(err, e.getMessage() + "\n");
            return WaitRun.FAILED;
        }
    }

    private int run(List<String> words, WaitSettings settings) throws CommandLineException {
        Diagnostics.print(err, settings.warnings());
        boolean inBackground = Background.isBackground(environment);
        if (settings.background() && !inBackground) {
            return startBackground(words, settings);
        }
        PathList paths = paths(settings.common(), err);
        Clock clock = Clock.system(ZoneId.systemDefault());
        Optional<SystemLog> log = settings.syslog() ? Optional.of(new SystemLog(LOG_SOCKET, clock)) : Optional.empty();
        Diagnostics diagnostics = new Diagnostics(err, log);
        Optional<String> outFile = settings.outFile();
        try (PrintStream events = outFile.isPresent() ? append(outFile.get()) : out) {
            return new WaitRun(settings, paths, events, diagnostics, clock)
                    .run(inBackground ? () -> Background.announce(out) : () -> {});
        }
    }

    /** Refuses what it can refuse before it starts anything. */
    private int startBackground(List<String> words, WaitSettings settings) throws CommandLineException {
        append(settings.outFile().orElseThrow()).close();
        try {
            return Background.start(
                    words,
                    settings.common().fromFile().equals(Optional.of("-")) ? System.in.readAllBytes() : new byte[0]);
        } catch (IOException e) {
            throw new CommandLineException("Failed to daemonize!");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandLineException("Failed to daemonize!");
        }
    }

    private static PrintStream append(String path) throws CommandLineException {
        try {
            return new PrintStream(
                    new BufferedOutputStream(
                            FILES.openForAppending(path, OUT_FILE_MODE).output()),
                    false,
                    StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new CommandLineException("Failed to open output file " + path);
        }
    }

    /** The names to watch; a file of names that cannot be read is said, and the others count. */
    static PathList paths(CommonSettings settings, PrintStream err) throws CommandLineException {
        PathList paths = readPaths(settings.fromFile(), settings.operands(), err);
        if (paths.watched().isEmpty()) {
            throw new CommandLineException(SetupWords.NO_FILES);
        }
        return paths;
    }

    private static PathList readPaths(Optional<String> fromFile, List<String> operands, PrintStream err)
            throws CommandLineException {
        try {
            if (fromFile.isEmpty()) {
                return PathList.of(Optional.empty(), operands);
            }
            if (fromFile.get().equals("-")) {
                return PathList.of(Optional.of(System.in), operands);
            }
            try (InputStream file = FILES.open(fromFile.get()).input()) {
                return PathList.of(Optional.of(file), operands);
            }
        } catch (IOException e) {
            Diagnostics.print(err, "Couldn't open " + fromFile.orElse("") + ": " + EventSource.reason(e) + "\n");
            return readPaths(Optional.empty(), operands, err);
        }
    }
}
