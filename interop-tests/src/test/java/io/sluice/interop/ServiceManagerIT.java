package io.sluice.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What systemd does with a daemon, done by a program of a few lines: it opens the sockets, hands them over, and hears how the daemon is. */
@Timeout(120)
class ServiceManagerIT {
    /** Prints the port and the daemon's process id, then each datagram that comes, on a line. */
    private static final String MANAGER = """
            import os, signal, socket, sys
            name, path, command = sys.argv[1], sys.argv[2], sys.argv[3:]
            listening = socket.socket()
            listening.bind(('127.0.0.1', 0))
            listening.listen(5)
            print(listening.getsockname()[1], flush=True)
            notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            notify.bind('\\0' + path[1:] if path[0] == '@' else path)
            if name == 'accept':
                connection, _ = listening.accept()
            child = os.fork()
            if child == 0:
                os.environ['LISTEN_PID'] = str(os.getpid())
                os.environ['LISTEN_FDS'] = '1'
                os.environ['LISTEN_FDNAMES'] = name
                os.environ['NOTIFY_SOCKET'] = path
                signal.signal(signal.SIGHUP, signal.SIG_DFL) # as systemd does, whoever runs the tests
                if name == 'accept':
                    os.dup2(connection.fileno(), 0)
                else:
                    os.dup2(listening.fileno(), 9)
                    os.dup2(9, 3)
                    os.set_inheritable(3, True)
                os.execvp(command[0], command)
            print(child, flush=True)
            if name == 'accept':
                connection.close()
            else:
                listening.close()
                while True:
                    text = notify.recv(4096).decode().strip()
                    print(text.replace('\\n', ' '), flush=True)
                    if text == 'STOPPING=1':
                        break
            os.waitpid(child, 0)
            """;

    @TempDir
    private Path directory;

    private Path configuration;

    @BeforeEach
    void writeConfiguration() throws Exception {
        Program.RSYNC.assumeInstalled();
        Assumptions.assumeTrue(
                Processes.run(List.of("sh", "-c", "command -v python3"), directory)
                                .exitCode()
                        == 0,
                "python3 is not installed");
        configuration = directory.resolve("rsyncd.conf");
        Files.createDirectories(directory.resolve("tree"));
        Files.writeString(directory.resolve("tree/file"), "content");
        Files.writeString(
                configuration,
                "use chroot = no\nport = 1\nlog file = " + directory + "/log\n[m]\nuid =\npath = " + directory
                        + "/tree\n");
        Files.writeString(directory.resolve("manager.py"), MANAGER);
    }

    private Process start(String name, String notifySocket, String... more) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("python3", directory.resolve("manager.py").toString(), name, notifySocket));
        command.addAll(Launch.command("daemon"));
        command.add("--config=" + configuration);
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectError(directory.resolve("errors").toFile())
                .start();
    }

    /**
     * Port 1 of the configuration is not what is listened on, or the daemon, which here does not go into the background though nobody forbids it, would
     * not be reached by the port of the socket that it was given.
     */
    @ParameterizedTest
    @ValueSource(strings = {"@sluice-test-", "/"})
    void servesOnASocketThatItIsGivenAndTellsHowItIs(String kind) throws Exception {
        String socket = kind.equals("/")
                ? directory + "/notify"
                : kind + ProcessHandle.current().pid();
        Process manager = start("rsync", socket);
        try (BufferedReader said = manager.inputReader(UTF_8)) {
            int port = Integer.parseInt(said.readLine());
            long daemon = Long.parseLong(said.readLine());
            // May come before the daemon is ready: the socket listens already.
            Program.Run copied = Program.RSYNC.run(directory, "-r", "rsync://127.0.0.1:" + port + "/m/", "copy/");
            assertThat(copied.exitCode()).as(copied.err()).isZero();
            assertThat(directory.resolve("copy/file")).hasContent("content");
            assertThat(said.readLine()).isEqualTo("READY=1 STATUS=listening on port " + port);
            signal(daemon, "HUP");
            assertThat(said.readLine()).matches("RELOADING=1 MONOTONIC_USEC=[0-9]+");
            assertThat(said.readLine()).startsWith("READY=1 ");
            signal(daemon, "TERM");
            assertThat(said.readLine()).isEqualTo("STOPPING=1");
            assertThat(manager.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            manager.destroy();
        }
        assertThat(directory.resolve("errors")).isEmptyFile();
    }

    /** A socket's name says what it is for: without that, an answer in rsync's protocol would come from it. */
    @Test
    void servesMetricsOnTheSocketOfThatName() throws Exception {
        int plain = DaemonProcess.freePort();
        Process manager = start("metrics", directory + "/notify", "--address=127.0.0.1", "--port=" + plain);
        try (BufferedReader said = manager.inputReader(UTF_8)) {
            int port = Integer.parseInt(said.readLine());
            long daemon = Long.parseLong(said.readLine());
            assertThat(said.readLine()).isEqualTo("READY=1 STATUS=listening on port " + plain);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 200 OK")
                        .contains("sluice_connections_accepted_total 0.0");
            }
            signal(daemon, "TERM");
            assertThat(manager.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            manager.destroy();
        }
    }

    /** Port 1 of the configuration is not what is listened on, and the plain protocol on that socket, as on one of another name, would be no TLS. */
    @Test
    void servesTlsOnTheSocketOfThatName() throws Exception {
        TestCertificates certificates = new TestCertificates(directory.resolve("tls"));
        certificates.write("web1", certificates.server("127.0.0.1"));
        String tls = "tls port = 1\ntls certificate = " + certificates.certificate("web1") + "\ntls key = "
                + certificates.key("web1") + "\n";
        Files.writeString(configuration, tls + Files.readString(configuration));
        int plain = DaemonProcess.freePort();
        Process manager = start("tls", directory + "/notify", "--address=127.0.0.1", "--port=" + plain);
        try (BufferedReader said = manager.inputReader(UTF_8)) {
            int port = Integer.parseInt(said.readLine());
            long daemon = Long.parseLong(said.readLine());
            assertThat(said.readLine()).isEqualTo("READY=1 STATUS=listening on port " + plain);
            String from = "rsyncs://127.0.0.1:" + port + "/m/";
            Program.Run copied =
                    Program.SLUICE.run(directory, "-r", "--tls-ca=" + certificates.authorityFile(), from, "copy/");
            assertThat(copied.exitCode()).as(copied.err()).isZero();
            assertThat(directory.resolve("copy/file")).hasContent("content");
            signal(daemon, "TERM");
            assertThat(manager.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            manager.destroy();
        }
        assertThat(directory.resolve("errors")).isEmptyFile();
    }

    private void signal(long process, String name) throws Exception {
        assertThat(Processes.run(List.of("kill", "-" + name, Long.toString(process)), directory)
                        .exitCode())
                .isZero();
    }

    /** With {@code Accept=yes} systemd starts a daemon for each connection, which is its standard input. */
    @Test
    void servesTheConnectionThatItIsGiven() throws Exception {
        Process manager =
                start("accept", "@sluice-test-" + ProcessHandle.current().pid());
        try (BufferedReader said = manager.inputReader(UTF_8)) {
            int port = Integer.parseInt(said.readLine());
            Program.Run copied = Program.RSYNC.run(directory, "-r", "rsync://127.0.0.1:" + port + "/m/", "copy/");
            assertThat(copied.exitCode()).as(copied.err()).isZero();
            assertThat(directory.resolve("copy/file")).hasContent("content");
            assertThat(manager.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            manager.destroy();
        }
    }
}
