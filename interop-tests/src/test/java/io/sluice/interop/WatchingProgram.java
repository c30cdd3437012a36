package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** An inotifywait or inotifywatch at work, the original or ours, in a directory of its own that looks like the other one's. */
final class WatchingProgram implements AutoCloseable {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Path home;
    private final Process process;

    private WatchingProgram(Path home, Process process) {
        this.home = home;
        this.process = process;
    }

    /** What one said until it ended. */
    record Said(String out, String err, int exitCode) {}

    /**
     * Fills a new directory, and starts a program in it.
     *
     * @param arguments as a shell reads them
     */
    static WatchingProgram start(Path home, List<String> command, String arguments)
            throws IOException, InterruptedException {
        Files.createDirectories(home);
        shell(home, "mkdir -p t/sub t/out empty mark; echo hi > t/old");
        List<String> whole = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" " + arguments, "sh"));
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(home.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(home.resolve("out").toFile())
                .redirectError(home.resolve("err").toFile());
        builder.environment().put("TZ", "UTC");
        return new WatchingProgram(home, builder.start());
    }

    private static void shell(Path home, String script) throws IOException, InterruptedException {
        assertThat(Processes.run(List.of("/bin/sh", "-c", script), home).err()).isEmpty();
    }

    /** Runs a script in its directory. */
    void shell(String script) throws IOException, InterruptedException {
        shell(home, script);
    }

    Path home() {
        return home;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String out() {
        return read("out");
    }

    String err() {
        return read("err");
    }

    private String read(String file) {
        try {
            return Files.readString(home.resolve(file), ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    void await(String what, Predicate<WatchingProgram> condition) throws IOException {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.test(this)) {
            if (System.nanoTime() > deadline) {
                throw new IOException(what + " did not come: " + out() + err());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /** Whether it has a handler for the signal of that number. */
    boolean hears(int signal) {
        try {
            return Processes.hears(process.pid(), signal);
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        shell("kill -" + name + " " + process.pid());
    }

    Said end() throws InterruptedException {
        process.waitFor();
        return new Said(out(), err(), process.exitValue());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
