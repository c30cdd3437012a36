package io.sluice.daemon;

import io.sluice.linux.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A daemon on a free port with files of its own in a directory of the test. */
final class DaemonFixture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long POLL_NANOS = 5_000_000;

    final Path directory;
    final Path configuration;
    final Path tree;
    final RsyncDaemon daemon;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    /** Starts with a configuration in which {@code @DIR@} is the directory, {@code @TREE@} the tree in it and {@code @ME@} our identity. */
    DaemonFixture(Path directory, String configuration, Duration limit) throws IOException {
        this.directory = directory;
        this.configuration = directory.resolve("rsyncd.conf");
        this.tree = Files.createDirectories(directory.resolve("tree"));
        write(configuration);
        Path secrets = directory.resolve("secrets");
        Files.writeString(secrets, "joe:secret\n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        daemon = RsyncDaemon.start(DaemonSettings.of(this.configuration)
                .onPort(0)
                .onAddress("127.0.0.1")
                .withConversationLimit(limit)
                .withMessages(new PrintStream(log, true, StandardCharsets.UTF_8)));
    }

    DaemonFixture(Path directory, String configuration) throws IOException {
        this(directory, configuration, PATIENCE);
    }

    /** Replaces the configuration of a daemon that may run already. */
    void write(String content) throws IOException {
        String me = Identity.currentUser() == 0 ? "uid = root\ngid = root" : "";
        Files.writeString(
                configuration,
                content.replace("@DIR@", directory.toString())
                        .replace("@TREE@", tree.toString())
                        .replace("@ME@", me));
    }

    int port() {
        return daemon.port();
    }

    String url(String path) {
        return "rsync://127.0.0.1:" + port() + "/" + path;
    }

    /** What was logged, without times and numbers. */
    String log() {
        return log.toString(StandardCharsets.UTF_8).replaceAll("(?m)^\\S+ \\S+ \\[\\d+\\] ", "");
    }

    /** Waits until there is no connection any more. */
    void awaitIdle() {
        await(() -> daemon.connections() == 0, "connections are left: " + daemon.connections());
    }

    static void await(BooleanSupplier condition, String failure) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(failure);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Open files of this process. */
    static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Override
    public void close() throws IOException {
        daemon.close();
    }
}
