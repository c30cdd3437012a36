package io.sluice.watcher.inotifytools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A receiver of our own stands for the system's; the datagrams are compared whole with what syslog(3) sends. */
@Timeout(60)
class SystemLogTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final String RECEIVE = """
        import socket,sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.bind(sys.argv[1])
        print('ready', flush=True)
        print(s.recv(999).decode())
        """;

    @TempDir
    private Path directory;

    @Test
    void aLineIsADatagramOfTheDaemonFacility() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PYTHON), "python3 is not installed");
        Path socket = directory.resolve("socket");
        Clock clock = Clock.fixed(Instant.parse("2026-11-02T08:00:01Z"), ZoneOffset.UTC);
        Process receiver = new ProcessBuilder(PYTHON.toString(), "-c", RECEIVE, socket.toString()).start();
        try (BufferedReader said = receiver.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("ready");
            new SystemLog(socket.toString(), clock).send("Watches established.");
            long pid = ProcessHandle.current().pid();
            assertThat(said.readLine()).isEqualTo("<30>Nov  2 08:00:01 inotifywait[" + pid + "]: Watches established.");
        } finally {
            receiver.destroyForcibly().waitFor();
        }
    }

    /** As with syslog(3): there is nobody to tell. */
    @Test
    void whereThereIsNoLogALineIsLost() {
        new SystemLog(directory.resolve("none").toString(), Clock.systemUTC()).send("x");
        assertThat(directory).isEmptyDirectory();
    }
}
