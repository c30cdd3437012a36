package io.sluice.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code sluice mirror} as a process of its own, which can be killed, stopped and started again. */
final class MirrorProcess implements AutoCloseable {
    private final Path configuration;
    private final Path log;
    private final Map<String, String> environment;
    private Process process;

    /** @param log where it writes what it says, of all its lives */
    MirrorProcess(Path configuration, Path log) throws IOException {
        this(configuration, log, Map.of());
    }

    /** @param environment beside what all processes get */
    MirrorProcess(Path configuration, Path log, Map<String, String> environment) throws IOException {
        this.configuration = configuration;
        this.log = log;
        this.environment = environment;
        this.process = launch();
    }

    private Process launch() throws IOException {
        List<String> command = Launch.command("mirror", "-v", "--config", configuration.toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("RSYNC_PASSWORD", Processes.PASSWORD);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Kills it (SIGKILL) and starts another one at once. */
    void killAndRestart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        process = launch();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** All that it said. */
    List<String> said() throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
