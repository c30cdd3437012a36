package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a whole where it needs no peer: exit codes and the lines on standard error, both compared. */
class RsyncCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String... words) {
        return RsyncCommand.run(
                List.of(words), new RsyncCommand.Surroundings(environment, InputStream.nullInputStream(), out, err));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fuzz a b|1|rsync: --fuzz: unknown option|client",
                "--iconv=foobar a b|4|iconv_open(\"UTF-8\", \"foobar\") failed|sender",
                "--cc=foo a b|4|unknown checksum name: foo|client",
                "a h:x h2:y|1|Unexpected remote arg: h:x|sender",
                "h:a g:b c|1|All source args must come from the same machine.|Receiver",
                "h:a h::m/b c|1|All source args must use the same hostspec format.|Receiver",
                "h:a g:b|1|The source and destination cannot both be remote.|Receiver",
                "--files-from=g:list h:a b|1|--files-from hostname is not the same as the transfer hostname|Receiver",
                "--cc=foo,md5 a b|4|unknown checksum name: foo,md5|client",
                "--cc=md5,foo a b|4|unknown checksum name: foo|client",
                "--filter=x a b|1|Unknown filter rule: x|client",
                "--filter=merge a b|1|unexpected end of filter rule: merge|client",
                "--password-file=/x a b|1|The --password-file option may only be used when accessing an rsync daemon.|sender",
                "--contimeout=3 h:a b|1|The --contimeout option may only be used when connecting to an rsync daemon.|Receiver",
                "--protocol=26 a h::b|2|--protocol must be at least 27 on the Client.|sender",
                "-r ::/x|5|ERROR: The remote path must start with a module name not a /|Receiver",
                "-r --exclude-from=/nonexistent a h::b|11|rsync: [client] failed to open exclude file /nonexistent: No such file or directory (2)|client",
                "--files-from=/nonexistent a h::b|1|rsync: failed to open files-from file /nonexistent: No such file or directory|client"
            })
    void endsWithRsyncsCodeAndWords(String words, int code, String complaint, String role) {
        assertThat(run(Map.of(), words.split(" ", -1))).isEqualTo(code);
        assertThat(err.toString(StandardCharsets.UTF_8).lines().toList())
                .hasSize(2)
                .startsWith(complaint)
                .last()
                .asString()
                .matches(
                        "rsync error: [A-Za-z ,/-]+ \\(code " + code + "\\) at sluice\\(0\\) \\[" + role + "=[0-9.]+]");
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--json --out-format=%n a b|--out-format",
                "--json --log-format=%n a b|--out-format",
                "-q --json a b|--quiet (-q)",
                "--json --stderr=all a b|--stderr=all"
            })
    void eventsRefuseWhatSaysHowLinesLook(String words, String option) {
        assertThat(run(Map.of(), words.split(" ", -1))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("rsync: --json cannot be used with " + option + ":")
                .contains("(code 1)");
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-a a b|The --connections option may only be used when accessing an rsync daemon.",
                "-a a h:b|The --connections option may only be used when accessing an rsync daemon.",
                "-a -e ssh a h::b|rsync: --connections cannot be used with --rsh (-e)",
                "-a --write-batch=x a h::b|rsync: --connections cannot be used with a batch",
                "-a --read-batch=x b|rsync: --connections cannot be used with a batch",
                "-a h::b|rsync: --connections cannot be used with a listing",
                "-a --list-only h::b c|rsync: --connections cannot be used with a listing",
                "-a --delay-updates a h::b|rsync: --connections cannot be used with --delay-updates",
                "-aI a h::b|rsync: --connections cannot be used with --ignore-times (-I)",
                "-a --detect-renamed h::b c|rsync: --connections cannot be used with --detect-renamed",
                "-a -M--fake-super a h::b|rsync: --connections cannot be used with --remote-option (-M)",
                "-r a h::b|rsync: --connections needs --times (-t), --checksum (-c) or --size-only",
                "-a --connections=0x a h::b|rsync: --connections=0x: invalid numeric value",
                "-a --connections=65 a h::b|rsync: --connections=65 is invalid (expected: 1 to 64)",
                "-a --connections=-1 a h::b|rsync: --connections=-1 is invalid (expected: 1 to 64)"
            })
    void severalConnectionsAreRefusedWhereTheyMakeNoSense(String words, String complaint) {
        List<String> all = new ArrayList<>(List.of("--connections=2"));
        all.addAll(List.of(words.split(" ", -1)));
        assertThat(run(Map.of(), all.toArray(String[]::new))).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith(complaint + "\n")
                .contains("(code 1)");
    }

    @Test
    void aFailureBeforeTheTransferIsAnEventAndTheEnd() {
        assertThat(run(Map.of(), "--json", "--protocol=26", "a", "h::b")).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
                .hasSize(2)
                .startsWith(
                        "{\"event\":\"error\",\"origin\":\"local\",\"text\":\"--protocol must be at least 27 on the Client.\"}")
                .last()
                .asString()
                .startsWith("{\"event\":\"end\",\"exit_code\":2,");
        assertThat(err.size()).isZero();
    }

    @Test
    void withoutOperandsItShowsItsUsageAndFails() {
        assertThat(run(Map.of())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Usage: rsync")
                .contains("(code 1)");
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        assertThat(run(Map.of(), "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: rsync");
        assertThat(run(Map.of(), "--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("protocol version 32");
        assertThat(err.size()).isZero();
    }

    @Test
    void versionIsTheBuilds() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + Version.TEXT + "-SNAPSHOT</version>");
    }
}
