package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three hundred clients at the same moment, which rsync's bandwidth limit holds there until all are: each gets, or brings, what it should, in the daemon's heap
 * of 256 MiB, and when they are gone the daemon has no descriptor and no thread more than before, and nothing unfinished lies about. Three hundred is also what
 * it is with {@code -Dsluice.transfers}.
 */
@Timeout(300)
class ManyTransfersIT {
    private static final int CLIENTS = Integer.getInteger("sluice.transfers", 300);
    private static final int SMALL_FILES = 20;
    private static final int LARGE_BYTES = 1 << 20;
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    @Test
    void allAreServedAndNothingIsLeft() throws Exception {
        Path source = makeTree();
        Path uploads = Files.createDirectories(directory.resolve("uploads"));
        String modules = "timeout = 120\nlisten backlog = 1000\n[files]\npath = " + source
                + "\n[uploads]\nread only = no\npath = " + uploads + "\n";
        try (DaemonProcess daemon = DaemonProcess.start(Program.SLUICE, directory.resolve("daemon"), modules)) {
            List<Process> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(i % 2 == 0 ? pull(daemon, i) : push(daemon, source, i));
            }
            long most = watch(daemon, clients);
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(clients.get(i).exitValue()).as(said(i)).isZero();
                Path result = i % 2 == 0 ? directory.resolve("pulled" + i) : uploads.resolve("pushed" + i);
                assertSame(source, result);
            }
            assertThat(most).as("threads when there were most").isGreaterThan(CLIENTS);
            long memory = daemon.status("VmHWM");
            awaitRest(daemon, source, uploads);
            System.out.printf("%d transfers: at most %d threads, %d KiB%n", CLIENTS, most, memory);
        }
    }

    private Path makeTree() throws IOException {
        Path source = directory.resolve("source");
        Path sub = Files.createDirectories(source.resolve("sub"));
        for (int i = 0; i < SMALL_FILES; i++) {
            Files.writeString(sub.resolve("page" + i), ("page " + i + "\n").repeat(i * 30));
        }
        byte[] large = new byte[LARGE_BYTES];
        for (int i = 0; i < LARGE_BYTES; i++) {
            large[i] = (byte) (i ^ i >>> 8);
        }
        Files.write(source.resolve("large"), large);
        return source;
    }

    private Process pull(DaemonProcess daemon, int number) throws IOException {
        return client(number, daemon.url("files/"), directory.resolve("pulled" + number) + "/");
    }

    private Process push(DaemonProcess daemon, Path source, int number) throws IOException {
        return client(number, source + "/", daemon.url("uploads/pushed" + number + "/"));
    }

    private Process client(int number, String from, String to) throws IOException {
        List<String> command = Program.RSYNC.rsync();
        command.addAll(List.of("-a", "--bwlimit=128", from, to));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output(number).toFile())
                .start();
    }

    private Path output(int number) {
        return directory.resolve("output" + number);
    }

    private String said(int number) throws IOException {
        return Files.readString(output(number));
    }

    /** The most threads that served at a time until all clients ended. */
    private static long watch(DaemonProcess daemon, List<Process> clients) throws IOException {
        long most = 0;
        while (clients.stream().anyMatch(Process::isAlive)) {
            most = Math.max(most, daemon.transferThreads());
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return most;
    }

    /** The last connections are closed a moment after their clients have ended. */
    private static void awaitRest(DaemonProcess daemon, Path... modules) throws IOException {
        long end = System.nanoTime() + REST_NANOS;
        while (System.nanoTime() < end
                && daemon.transferThreads() + daemon.connections() + files(daemon, modules) > 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        assertThat(daemon.transferThreads()).as("threads left").isZero();
        assertThat(daemon.connections()).as("connections left").isZero();
        assertThat(files(daemon, modules)).as("open files left").isZero();
    }

    private static long files(DaemonProcess daemon, Path... modules) throws IOException {
        long count = 0;
        for (Path module : modules) {
            count += daemon.files(module);
        }
        return count;
    }

    private static void assertSame(Path expected, Path actual) throws IOException {
        assertThat(names(actual)).isEqualTo(names(expected));
        for (String name : names(expected)) {
            if (Files.isRegularFile(expected.resolve(name))) {
                assertThat(Arrays.equals(
                                Files.readAllBytes(expected.resolve(name)), Files.readAllBytes(actual.resolve(name))))
                        .as(actual.resolve(name).toString())
                        .isTrue();
            }
        }
    }

    /** All of them: what a transfer forgot would be there too. */
    private static List<String> names(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(path -> root.relativize(path).toString()).sorted().toList();
        }
    }
}
