package io.sluice.watcher.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines of verify and doctor, with replicas that refuse every connection; VerifyIT and DoctorIT have real ones. */
class VerifyCommandTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(
                directory.resolve("mirror.conf"),
                "[a]\npath = " + directory + "\nreplicas = rsync://127.0.0.1:1/m/ rsync://localhost:1/m/\n[b]\npath = "
                        + directory + "\nreplicas = rsync://127.0.0.1:1/n/\n");
        Files.writeString(directory.resolve("wrong.conf"), "settle = x\ncolour = blue\n");
    }

    private int run(boolean doctor, String line) {
        PrintStream told = new PrintStream(out, true, UTF_8);
        PrintStream wrong = new PrintStream(err, true, UTF_8);
        List<String> words = List.of(line.replace("CONF", directory + "/mirror.conf")
                .replace("WRONG", directory + "/wrong.conf")
                .split(" "));
        return doctor
                ? DoctorCommand.run(words, Map.of(), told, wrong)
                : VerifyCommand.run(words, Map.of(), told, wrong);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a                               | --config: none (expected: a file)
                    --config                        | --config: no value (expected: one)
                    --config CONF --bogus           | --bogus: unknown option (see --help)
                    --config CONF c                 | section: c (expected: one of a, b)
                    --config CONF --replica x       | --replica: x (expected: a replica of the configuration, or its host)
                    --config CONF b --replica localhost | --replica: localhost (expected: a replica
                    --config /gone/mirror.conf      | /gone/mirror.conf
                    """)
    void refusesWhatMakesNoSense(String line, String message) {
        assertThat(run(false, line)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("sluice verify: ").contains(message);
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--config=CONF, 3",
        "--config CONF a, 2",
        "--config CONF --replica localhost, 1",
        "--config CONF --replica rsync://127.0.0.1:1/n/ b, 1",
    })
    void comparesThoseThatAreAskedFor(String line, int count) {
        assertThat(run(false, line)).isEqualTo(2);
        assertThat(err.toString(UTF_8).lines()).hasSize(count).allMatch(each -> each.contains("Connection refused"));
    }

    @Test
    void doctorTellsAllThatIsWrongWithAConfiguration() {
        assertThat(run(true, "--config WRONG")).isEqualTo(1);
        assertThat(out.toString(UTF_8).lines().map(line -> line.trim().replaceAll(" +", " ")))
                .contains("FAILED line 1 sections: none (expected: one for each source)")
                .anyMatch(line -> line.startsWith("FAILED line 2 parameter: colour"))
                .endsWith("2 failed, 0 warnings");
    }

    @Test
    void doctorLooksAtThisHostAlone() {
        run(true, "--json");
        assertThat(out.toString(UTF_8).lines())
                .anyMatch(line -> line.contains("\"check\":\"watches\""))
                .allMatch(line -> line.startsWith("{\"event\":\"end\"") || line.contains("\"subject\":\"this host\""));
    }
}
