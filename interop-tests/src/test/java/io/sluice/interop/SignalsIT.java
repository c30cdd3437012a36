package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator tells a daemon's process by signals, whoever started it. */
@Timeout(120)
class SignalsIT {
    private static final int HUP = 1;
    private static final int USR1 = 10;
    private static final int TERM = 15;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();
    private int port;

    private void start(String ignored) throws Exception {
        launch(ignored);
        awaitLog("listening on port");
    }

    /** @param ignored a signal that the daemon finds ignored, as under {@code nohup}; empty: none is */
    private void launch(String ignored) throws Exception {
        Files.writeString(directory.resolve("rsyncd.conf"), configuration("no"));
        port = DaemonProcess.freePort();
        List<String> command = new ArrayList<>();
        // Signals that whoever runs the tests ignores are ignored here too, unless env says otherwise.
        command.addAll(List.of("env", "--default-signal=HUP,USR1", "sh", "-c"));
        command.add((ignored.isEmpty() ? "" : "trap '' " + ignored + "; ") + "exec \"$@\"");
        command.add("sh");
        command.addAll(Program.SLUICE.daemon(directory.resolve("rsyncd.conf"), port));
        Process daemon = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        started.add(daemon);
    }

    private boolean hears(int signal) throws IOException {
        return Processes.hears(daemon().pid(), signal);
    }

    private Process daemon() {
        return started.getFirst();
    }

    private String configuration(String useChroot) {
        return "use chroot = " + useChroot + "\nlog file = " + directory + "/log\n[m]\npath = " + directory + "\n";
    }

    private void signal(String name) throws Exception {
        assertThat(Processes.run(List.of("kill", "-" + name, Long.toString(daemon().pid())), directory)
                        .exitCode())
                .isZero();
    }

    private void awaitLog(String text) throws IOException {
        Path log = directory.resolve("log");
        await(() -> Files.exists(log) && Files.readString(log).contains(text), "not in the log: " + text);
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(Condition condition, String failure) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            assertThat(daemon().isAlive() && System.nanoTime() < end)
                    .as(failure + "\n" + Files.readString(directory.resolve("output")))
                    .isTrue();
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @AfterEach
    void kill() throws InterruptedException {
        for (Process daemon : started) {
            daemon.destroyForcibly().waitFor();
        }
    }

    /** What is wrong with a configuration is logged by who reads it, and nobody has connected: only the signal can have been the reason. The log file, too, is another one. */
    @ParameterizedTest(name = "ignored: {0}")
    @ValueSource(strings = {"", "HUP"})
    void aHangUpMakesItReadItsConfigurationAndOpenItsLog(String ignored) throws Exception {
        start(ignored);
        Files.writeString(directory.resolve("rsyncd.conf"), configuration("no") + "[unfinished\n");
        Files.move(directory.resolve("log"), directory.resolve("log.1"));
        signal("HUP");
        awaitLog("unfinished");
    }

    /**
     * Whoever reads in the log that it listens may send it signals. Here nobody reads, for the log is a pipe: the daemon is at that very line, and signals that
     * come then are for when it runs.
     */
    @Test
    void signalsAreHeardBeforeItSaysThatItListens() throws Exception {
        assertThat(Processes.run(List.of("mkfifo", directory + "/log"), directory)
                        .exitCode())
                .isZero();
        launch("");
        await(this::isListening, "it does not listen");
        assertThat(List.of(hears(HUP), hears(USR1), hears(TERM))).containsOnly(true);
        signal("HUP");
        signal("USR1");
        try (BufferedReader log = Files.newBufferedReader(directory.resolve("log"))) {
            assertThat(log.readLine()).endsWith(", listening on port " + port);
            assertThat(log.readLine()).endsWith("status: 0 connections");
        }
    }

    private boolean isListening() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aUserSignalMakesItLogWhoIsConnected() throws Exception {
        start("");
        signal("USR1");
        awaitLog("status: 0 connections\n");
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(silent.getInputStream().read()).isEqualTo('@'); // so that the daemon has it
            signal("USR1");
            awaitLog("status: 1 connection\n");
            awaitLog("status: 127.0.0.1 conversation since ");
        }
    }
}
