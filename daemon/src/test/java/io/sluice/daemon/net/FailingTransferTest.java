package io.sluice.daemon.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.daemon.access.Directories;
import io.sluice.daemon.config.DaemonConfiguration;
import io.sluice.daemon.log.DaemonLog;
import io.sluice.daemon.monitor.DaemonEvents;
import io.sluice.linux.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An {@link Error} where a connection is served: its client is not left waiting, the daemon has nothing of it any more, and serves the next. The module takes
 * one connection at a time, so that one whose place was kept would shut the next out.
 */
@Timeout(120)
class FailingTransferTest {
    private static final Path RSYNC = Path.of("/usr/bin/rsync");
    private static final long BETWEEN_LOOKS_NANOS = 5_000_000;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final AtomicReference<Where> where = new AtomicReference<>(Where.NOWHERE);
    private Listener listener;
    private int port;

    private enum Where {
        NOWHERE,
        /** There is no thread for it. */
        START,
        /** When all is done, and told. */
        END
    }

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Files.isExecutable(RSYNC), "rsync is not installed");
        Files.createDirectory(directory.resolve("tree"));
        Files.writeString(directory.resolve("file"), "content");
        String me = Identity.currentUser() == 0 ? "uid = root\ngid = root\n" : "";
        Path file = Files.writeString(
                directory.resolve("rsyncd.conf"),
                me + "use chroot = no\nlock file = " + directory
                        + "/lock\n[m]\nread only = no\nmax connections = 1\npath = " + directory + "/tree\n");
        DaemonConfiguration configuration = DaemonConfiguration.read(file, Map.of());
        DaemonLog log = new DaemonLog(new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC());
        listener = new Listener(
                () -> configuration, log, Duration.ofSeconds(60), new Events(), Directories.SYSTEM, this::thread);
        port = listener.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.accept();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (listener != null) {
            listener.close(Duration.ofSeconds(10));
        }
    }

    private Thread thread(Runnable task) {
        return where.get() == Where.START
                ? new Thread(task) {
                    @Override
                    public void start() {
                        throw new OutOfMemoryError("in a test");
                    }
                }
                : Thread.ofPlatform().unstarted(task);
    }

    private final class Events implements DaemonEvents {
        @Override
        public void accepted() {}

        @Override
        public void refused(Refusal reason) {}

        @Override
        public void transferred(Outcome outcome) {
            if (where.get() == Where.END) {
                throw new StackOverflowError("in a test");
            }
        }
    }

    @Test
    void aConnectionWithoutAThreadIsCut() throws Exception {
        where.set(Where.START);
        assertThat(push()).isEqualTo(12);
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .contains("cannot serve")
                .contains("in a test");
        assertThat(directory.resolve("tree")).isEmptyDirectory();
        servesTheNext();
    }

    @Test
    void aThreadThatDiesAtTheEndKeepsNothing() throws Exception {
        where.set(Where.END);
        assertThat(push()).isZero();
        servesTheNext();
    }

    private void servesTheNext() throws Exception {
        while (listener.connections() > 0) {
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
        where.set(Where.NOWHERE);
        assertThat(push()).isZero();
        try (Stream<Path> left = Files.list(directory.resolve("tree"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("file");
        }
    }

    private int push() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        RSYNC.toString(), "-t", directory + "/file", "rsync://127.0.0.1:" + port + "/m/")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }
}
