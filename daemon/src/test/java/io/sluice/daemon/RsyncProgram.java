package io.sluice.daemon;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The installed rsync, as a client. */
final class RsyncProgram {
    private static final Path PROGRAM = Path.of("/usr/bin/rsync");
    private static final int PATIENCE_SECONDS = 60;

    private RsyncProgram() {}

    /** How a run ended. */
    record Result(int code, String output) {}

    static void requireInstalled() {
        assumeTrue(Files.isExecutable(PROGRAM), "rsync is not installed");
    }

    static Result run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    static Result run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Process process = start(environment, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("rsync does not end: " + output);
        }
        return new Result(process.exitValue(), output);
    }

    static Process start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("RSYNC_"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        return builder.start();
    }
}
