package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.OpenFileLimit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Peers that say nothing, or nearly nothing, keep nobody else from being served, cost the daemon little, and are ended. A daemon with a thread, a process or a
 * megabyte for each, or with a limit that they can use up, does not pass. {@code -Dsluice.stalled=10000 -Dsluice.stalled.seconds=60} is the full size, and
 * {@code -Dsluice.stalled.state=SILENT} has all of them stop at that point; what ordinary clients needed is printed.
 */
@Timeout(300)
class StalledPeersIT {
    private static final int PEERS = peers();
    private static final int SECONDS = Integer.getInteger("sluice.stalled.seconds", 20);
    private static final String STATE = System.getProperty("sluice.stalled.state", "");
    private static final int CLIENTS = 20;
    private static final long MAX_RESIDENT_KIB = 400 * 1024;
    private static final int MAX_THREADS = 64;

    /** As many as are asked for, unless a process may not have so many descriptors. */
    private static int peers() {
        try {
            return (int) Math.min(Integer.getInteger("sluice.stalled", 4000), OpenFileLimit.current() / 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    @Test
    void peersThatStallKeepNobodyFromBeingServed() throws Exception {
        Path files = Files.createDirectories(directory.resolve("files"));
        Files.writeString(files.resolve("page"), "served");
        TestCertificates certificates = new TestCertificates(directory.resolve("tls"));
        certificates.write("web1", certificates.server("127.0.0.1"));
        int tlsPort = DaemonProcess.freePort();
        String tls = "tls port = " + tlsPort + "\ntls certificate = " + certificates.certificate("web1")
                + "\ntls key = " + certificates.key("web1") + "\n";
        String modules = tls + "timeout = " + SECONDS + "\nlisten backlog = 1000\n[files]\npath = " + files + "\n";
        try (DaemonProcess daemon = DaemonProcess.start(Program.SLUICE, directory.resolve("daemon"), modules)) {
            serveSome(daemon, "warm-up");
            Duration alone = serveSome(daemon, "alone");
            long before = daemon.status("VmRSS");
            Process peers = stall(daemon.port(), tlsPort);
            try (BufferedReader said = peers.inputReader()) {
                assertThat(said.readLine()).isEqualTo("ready");
                Duration crowded = serveSome(daemon, "crowded");
                assertThat(daemon.status("VmRSS")).as("resident KiB").isLessThan(MAX_RESIDENT_KIB);
                assertThat(daemon.status("Threads")).as("threads").isLessThan(MAX_THREADS);
                assertThat(daemon.sockets())
                        .as("descriptors: a socket for each peer")
                        .isLessThan(PEERS + MAX_THREADS);
                System.out.printf(
                        "median of %d pulls: %d ms alone, %d ms beside %d stalled peers%s; daemon %d KiB (%d before), %d threads%n",
                        CLIENTS,
                        alone.toMillis(),
                        crowded.toMillis(),
                        PEERS,
                        STATE.isEmpty() ? "" : ", " + STATE,
                        daemon.status("VmRSS"),
                        before,
                        daemon.status("Threads"));
                assertThat(said.readLine()).as("peers that were not ended").isEqualTo("0");
            } finally {
                peers.destroyForcibly().waitFor();
            }
        }
    }

    private Process stall(int port, int tlsPort) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StalledPeers.class.getName(),
                Integer.toString(port),
                Integer.toString(tlsPort),
                Integer.toString(PEERS),
                Integer.toString(3 * SECONDS)));
        for (StalledPeers.At state : StalledPeers.At.values()) {
            if (STATE.isEmpty() || STATE.equals(state.name())) {
                command.add(state.name());
            }
        }
        return new ProcessBuilder(command)
                .redirectError(directory.resolve("peers").toFile())
                .start();
    }

    /** The median of the times that ordinary clients need. */
    private Duration serveSome(DaemonProcess daemon, String name) throws IOException, InterruptedException {
        long[] nanos = new long[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            Path to = directory.resolve(name + i);
            long start = System.nanoTime();
            Program.Run run = Program.RSYNC.run(directory, "-a", daemon.url("files/"), to + "/");
            nanos[i] = System.nanoTime() - start;
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(to.resolve("page")).hasContent("served");
        }
        Arrays.sort(nanos);
        return Duration.ofNanos(nanos[CLIENTS / 2]);
    }
}
