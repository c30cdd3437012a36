package io.sluice.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code sluice mirror} with a status page on a free port. */
final class StatusMirror implements AutoCloseable {
    private static final Pattern PAGE = Pattern.compile("status page at (http://\\S+)");
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Path home;
    private final Process process;
    private final String url;

    private StatusMirror(Path home, Process process) throws IOException {
        this.home = home;
        this.process = process;
        this.url = awaitPage();
    }

    /**
     * Starts one.
     *
     * @param configuration of its mirror.conf
     * @param wrapper a program that starts what follows on its command line
     */
    static StatusMirror start(Path home, String configuration, String... wrapper) throws IOException {
        Path file = Files.writeString(home.resolve("mirror.conf"), configuration);
        List<String> command = new ArrayList<>(List.of(wrapper));
        command.addAll(Launch.command("mirror"));
        command.addAll(List.of("--config", file.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(home.resolve("mirror.output").toFile());
        builder.environment().put("RSYNC_PASSWORD", Processes.PASSWORD);
        return new StatusMirror(home, builder.start());
    }

    private String awaitPage() throws IOException {
        long end = System.nanoTime() + READY_NANOS;
        while (true) {
            Matcher matcher = PAGE.matcher(output());
            if (matcher.find()) {
                return matcher.group(1);
            }
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                process.destroyForcibly();
                throw new IOException("mirror did not start: " + output());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    String output() throws IOException {
        return Files.readString(home.resolve("mirror.output"));
    }

    /** Of its page, with a slash at the end. */
    String url() {
        return url;
    }

    @Override
    public void close() {
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
