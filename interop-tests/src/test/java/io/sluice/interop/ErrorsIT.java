package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What goes wrong is told as rsync tells it: the same client run against the same situation gives the exit code and the {@code @ERROR} or {@code ERROR}
 * line that rsync to rsync gives, which is run first, so the expectation is the real program's and not ours.
 */
class ErrorsIT {
    private static final Pattern VOLATILE =
            Pattern.compile(" at .*| \\[[^\\]]*=[^\\]]*\\]|\\[(sender|receiver|generator|Receiver)\\]");

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    /** A situation: the module's lines, and the client's arguments with {@code URL} for the module. */
    record Situation(String name, String module, List<String> arguments) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Situation> SITUATIONS = List.of(
            new Situation(
                    "wrong password",
                    "read only = no\nauth users = somebodyelse\nsecrets file = @HOME@/secrets",
                    List.of("-a", "SRC/", "URL/")),
            new Situation("unknown module", "read only = no", List.of("-a", "SRC/", "OTHER/")),
            new Situation("host not allowed", "hosts deny = *\nread only = no", List.of("-a", "SRC/", "URL/")),
            new Situation("read-only module", "read only = yes", List.of("-a", "SRC/", "URL/")),
            new Situation("write-only module", "write only = yes", List.of("-a", "URL/", "DST/")),
            new Situation("missing source in module", "read only = yes", List.of("-a", "URL/nothing", "DST/")),
            new Situation(
                    "refused option",
                    "refuse options = delete\nread only = no",
                    List.of("-a", "--delete", "SRC/", "URL/")),
            new Situation("missing local source", "read only = no", List.of("-a", "MISSING", "URL/")),
            new Situation(
                    "secrets others may read",
                    "read only = no\nauth users = web1user\nsecrets file = @HOME@/open-secrets",
                    List.of("-a", "SRC/", "URL/")),
            new Situation(
                    "missing module path", "path = @HOME@/nowhere\nread only = no", List.of("-a", "SRC/", "URL/")));

    static Stream<Arguments> cases() {
        return SITUATIONS.stream()
                .flatMap(situation -> Stream.of(
                        Arguments.of(situation, Program.SLUICE, Program.RSYNC),
                        Arguments.of(situation, Program.RSYNC, Program.SLUICE),
                        Arguments.of(situation, Program.SLUICE, Program.SLUICE)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isToldAsRsyncTellsIt(Situation situation, Program client, Program daemon) throws Exception {
        Program.Run expected = run(situation, Program.RSYNC, Program.RSYNC);
        assertThat(expected.exitCode()).isNotZero();
        Program.Run actual = run(situation, client, daemon);
        assertThat(actual.exitCode()).as(actual.err()).isEqualTo(expected.exitCode());
        assertThat(errors(actual)).isEqualTo(errors(expected));
        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all.filter(path -> path.getFileName().toString().matches("\\..*\\.[A-Za-z0-9]{6}")))
                    .isEmpty();
        }
    }

    private static List<String> errors(Program.Run run) {
        return run.err()
                .lines()
                .map(line -> VOLATILE.matcher(line).replaceAll(""))
                .filter(line -> line.contains("ERROR") || line.contains("rsync error") || line.contains("failed"))
                .toList();
    }

    private Program.Run run(Situation situation, Program client, Program daemon)
            throws IOException, InterruptedException {
        Path home = directory.resolve(client + "-" + daemon);
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("file"), "content");
        Path module = Files.createDirectories(home.resolve("module"));
        Files.writeString(home.resolve("open-secrets"), "web1user:" + Processes.PASSWORD + "\n");
        Path destination = Files.createDirectories(home.resolve("destination"));
        String path = situation.module().contains("path = ") ? "" : "path = " + module + "\n";
        try (DaemonProcess running = DaemonProcess.start(daemon, home, "[tree]\n" + path + situation.module() + "\n")) {
            String[] arguments = situation.arguments().stream()
                    .map(argument -> argument.replace("URL", running.url("tree"))
                            .replace("OTHER", running.url("other"))
                            .replace("SRC", directory.resolve("source").toString())
                            .replace("DST", destination.toString())
                            .replace("MISSING", directory.resolve("missing").toString()))
                    .toArray(String[]::new);
            Program.Run run = client.run(directory, arguments);
            String hidden = "127.0.0.1:" + running.port();
            return new Program.Run(
                    run.exitCode(), run.out(), run.err().replace(hidden, "HOST").replace(home.toString(), "HOME"));
        }
    }
}
