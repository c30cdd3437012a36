package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A daemon's module wants a password, and the client asks for it on a pseudo-terminal, which util-linux's {@code script} makes. The answer is typed when the
 * prompt is there; a terminal that showed what is typed would bring it back to us.
 */
@Timeout(120)
class PasswordPromptIT {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final String PROMPT = "Password: ";

    @TempDir
    private Path directory;

    private DaemonProcess daemon;

    @BeforeEach
    void start() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(SCRIPT), "script is not installed (package bsdutils)");
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("page"), "content");
        daemon = DaemonProcess.start(
                Program.SLUICE,
                directory.resolve("home"),
                "[site]\npath = " + data + "\nauth users = web1user\nsecrets file = @HOME@/secrets\n");
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
    }

    @ParameterizedTest
    @CsvSource({"SLUICE, ''", "RSYNC, ''", "SLUICE, ' < /dev/null'", "RSYNC, ' < /dev/null'"})
    void whatIsTypedIsNotShownAndLetsIn(Program client, String redirection) throws Exception {
        Answer answer = ask(client, redirection, Processes.PASSWORD);
        assertThat(answer.shown()).startsWith(PROMPT + "\r\n").contains(" page");
        assertThat(answer.shown()).doesNotContain(Processes.PASSWORD);
        assertThat(answer.exitCode()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aWrongAnswerIsRefused(Program client) throws Exception {
        Answer answer = ask(client, "", "a wrong one");
        assertThat(answer.shown())
                .startsWith(
                        PROMPT + "\r\n@ERROR: auth failed on module site\r\nrsync error: error starting client-server"
                                + " protocol (code 5)");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.START_CLIENT.value());
    }

    /** What the terminal showed, and how the client ended. */
    private record Answer(String shown, int exitCode) {}

    private Answer ask(Program client, String redirection, String typed) throws IOException, InterruptedException {
        client.assumeInstalled();
        List<String> words = new ArrayList<>(client.rsync());
        words.add(daemon.url("site/"));
        String command = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder(
                SCRIPT.toString(),
                "-qec",
                command + redirection,
                directory.resolve("typescript").toString());
        builder.environment().remove("RSYNC_PASSWORD");
        Process process = builder.redirectErrorStream(true).start();
        try (InputStream screen = process.getInputStream();
                OutputStream keyboard = process.getOutputStream()) {
            StringBuilder shown = new StringBuilder();
            while (shown.indexOf(PROMPT) < 0) {
                int octet = screen.read();
                assertThat(octet).as("a prompt, after: %s", shown).isNotNegative();
                shown.append((char) octet);
            }
            keyboard.write((typed + "\n").getBytes(StandardCharsets.US_ASCII));
            keyboard.flush();
            shown.append(new String(screen.readAllBytes(), StandardCharsets.ISO_8859_1));
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new Answer(shown.toString(), process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }
}
