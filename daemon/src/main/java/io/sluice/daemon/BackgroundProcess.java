package io.sluice.daemon;

import io.sluice.protocol.ExitCode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts this process's command anew in the background: a Java process cannot fork. The new one runs in a session of its own, says one word on its
 * standard output once it listens, and has neither terminal nor files of ours afterwards.
 */
final class BackgroundProcess {
    private static final String MARK = "SLUICE_DAEMON_BACKGROUND";
    private static final String READY = "ready";
    private static final Path OWN_COMMAND = Path.of("/proc/self/cmdline");
    private static final Path SET_SESSION = Path.of("/usr/bin/setsid");

    private final Map<String, String> environment;

    BackgroundProcess(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Starts it, and waits until it listens or has failed.
     *
     * @param arguments of this command; those of the new process end with them
     * @param err gets what it says until then
     * @return the exit code for this process
     */
    int start(List<String> arguments, PrintStream err) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(MARK, READY);
        builder.redirectInput(new File("/dev/null"));
        builder.redirectErrorStream(true);
        Process process = builder.start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.equals(READY)) {
                    return ExitCode.OK.value();
                }
                err.println(line);
            }
        }
        return process.waitFor();
    }

    private static List<String> command(List<String> arguments) throws IOException {
        String whole = Files.readString(OWN_COMMAND, StandardCharsets.ISO_8859_1);
        List<String> own = new ArrayList<>(List.of(whole.split("\0", -1)));
        own.removeLast();
        own = new ArrayList<>(own.subList(0, own.size() - arguments.size()));
        own.addAll(arguments);
        own.add("--no-detach");
        if (Files.isExecutable(SET_SESSION)) {
            own.addFirst(SET_SESSION.toString());
        }
        return own;
    }

    /** In the new process: says that it listens, and lets go of the streams. */
    static void announce(Map<String, String> environment, PrintStream out) {
        if (!READY.equals(environment.get(MARK))) {
            return;
        }
        out.println(READY);
        out.flush();
        out.close();
        PrintStream nothing = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nothing);
        System.setErr(nothing);
    }
}
