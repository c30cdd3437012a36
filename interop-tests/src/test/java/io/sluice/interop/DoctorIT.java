package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the doctor says of daemons of both programs, in whose modules one thing each is wrong; and that they have nothing done to them. */
@Timeout(300)
class DoctorIT {
    private static final String MODULES = """
            [good]
            path = @HOME@/site
            read only = no
            auth users = web1user
            secrets file = @HOME@/secrets
            [readonly]
            path = @HOME@/site
            [gone]
            path = @HOME@/gone
            read only = no
            [denied]
            path = @HOME@/site
            read only = no
            hosts allow = 192.0.2.1
            [writeonly]
            path = @HOME@/site
            read only = no
            write only = yes
            """;

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private Program.Run doctor(String... words) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("doctor", "--config", temporary.resolve("mirror.conf").toString()));
        all.addAll(List.of(words));
        return Processes.run(Launch.command(all.toArray(String[]::new)), temporary);
    }

    private void write(String password, String... replicas) throws IOException {
        Path source = Files.createDirectories(temporary.resolve("source"));
        Files.writeString(source.resolve("file"), "content");
        Path file = Files.writeString(temporary.resolve("pass"), password + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                temporary.resolve("mirror.conf"),
                "password file = " + file + "\n[www]\npath = " + source + "\nreplicas = " + String.join(" ", replicas)
                        + "\n");
    }

    private static String lineAfter(String output, String subject, String check) {
        boolean there = false;
        for (String line : output.lines().toList()) {
            if (!line.startsWith(" ")) {
                there = line.equals(subject);
            } else if (there && line.startsWith("  ") && line.contains(check)) {
                return line.trim().replaceAll(" +", " ");
            }
        }
        return "nothing of " + check + " for " + subject + " in:\n" + output;
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void saysWhatIsWrongWithEachReplicaAndChangesNothing(Program program) throws Exception {
        Path home = temporary.resolve("node");
        Files.createDirectories(home.resolve("site"));
        Files.writeString(home.resolve("site/stray"), "stays");
        try (DaemonProcess node = DaemonProcess.start(program, home, MODULES)) {
            String base = node.url("");
            write(
                    Processes.PASSWORD,
                    base + "good/",
                    base + "readonly/",
                    base + "gone/",
                    base + "denied/",
                    base + "none/",
                    "rsync://127.0.0.1:1/down/");
            Map<String, String> before = TreeSnapshot.of(home.resolve("site"));
            Program.Run run = doctor();
            String out = run.out();
            assertThat(lineAfter(out, "[www] " + base + "good/", "reach"))
                    .matches("ok reach answers in \\d+ ms; protocol 32, .*");
            assertThat(lineAfter(out, "[www] " + base + "good/", "login")).isEqualTo("ok login user web1user");
            assertThat(lineAfter(out, "[www] " + base + "good/", "write")).startsWith("ok write a push is accepted");
            assertThat(lineAfter(out, "[www] " + base + "good/", "clock, disk"))
                    .startsWith("note clock, disk not known");
            assertThat(lineAfter(out, "[www] " + base + "readonly/", "FAILED")).startsWith("FAILED write ");
            assertThat(lineAfter(out, "[www] " + base + "gone/", "FAILED")).startsWith("FAILED write ");
            assertThat(lineAfter(out, "[www] " + base + "denied/", "FAILED"))
                    .startsWith("FAILED module @ERROR: access denied");
            assertThat(lineAfter(out, "[www] " + base + "none/", "FAILED"))
                    .startsWith("FAILED module @ERROR: Unknown module");
            assertThat(lineAfter(out, "[www] rsync://127.0.0.1:1/down/", "FAILED"))
                    .startsWith("FAILED reach ");
            assertThat(out).endsWith("5 failed, 0 warnings\n");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(TreeSnapshot.of(home.resolve("site"))).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void seesAWrongPassword(Program program) throws Exception {
        Path home = temporary.resolve("node");
        Files.createDirectories(home.resolve("site"));
        try (DaemonProcess node = DaemonProcess.start(program, home, MODULES)) {
            write("wrong", node.url("good/"));
            Program.Run run = doctor("--json");
            assertThat(run.out())
                    .contains(
                            "\"verdict\":\"bad\",\"check\":\"login\",\"text\":\"@ERROR: auth failed on module good\"");
            assertThat(run.out()).endsWith("{\"event\":\"end\",\"failed\":1,\"warnings\":0,\"exit_code\":1}\n");
        }
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void writesForAMomentIfItMay(Program program) throws Exception {
        Path home = temporary.resolve("node");
        Files.createDirectories(home.resolve("site"));
        Files.writeString(home.resolve("site/stray"), "stays");
        try (DaemonProcess node = DaemonProcess.start(program, home, MODULES)) {
            write(Processes.PASSWORD, node.url("good/"), node.url("writeonly/"));
            Program.Run run = doctor("--write-test");
            assertThat(lineAfter(run.out(), "[www] " + node.url("good/"), "clock"))
                    .isEqualTo("ok clock as here, within 2 seconds");
            assertThat(lineAfter(run.out(), "[www] " + node.url("good/"), "disk"))
                    .startsWith("ok disk a file of 1 MiB was written");
            assertThat(lineAfter(run.out(), "[www] " + node.url("writeonly/"), "clock"))
                    .startsWith("note clock not known");
            assertThat(run.exitCode()).as(run.out()).isZero();
            try (Stream<Path> left = Files.list(home.resolve("site"))) {
                assertThat(left)
                        .extracting(path -> path.getFileName().toString())
                        .containsExactly("stray");
            }
        }
    }
}
