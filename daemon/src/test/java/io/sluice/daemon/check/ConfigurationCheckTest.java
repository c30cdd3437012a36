package io.sluice.daemon.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.DaemonCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings are compared with their lines, so that one that is missing, doubled or told of another line fails a test. */
class ConfigurationCheckTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectories(directory.resolve("tree"));
        secrets("secrets", "rw-------");
        secrets("open-secrets", "rw-rw-rw-");
    }

    private void secrets(String name, String mode) throws IOException {
        Files.writeString(directory.resolve(name), "joe:secret\n");
        Files.setPosixFilePermissions(directory.resolve(name), PosixFilePermissions.fromString(mode));
    }

    private int check(String content) throws IOException {
        Path file = directory.resolve("rsyncd.conf");
        Files.writeString(file, content.replace("@DIR@", directory.toString()));
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return DaemonCommand.run(List.of("--check", file.toString()), Map.of(), stream, stream);
    }

    /** What was printed, without the directory of the test. */
    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8)
                .replace(directory + "/", "")
                .lines()
                .toList();
    }

    @Test
    void findsNothingInWhatWorks() throws IOException {
        int code = check("""
            pid file = @DIR@/pid
            log file = @DIR@/log
            [m]
            path = @DIR@/tree
            auth users = joe
            secrets file = @DIR@/secrets
            """);
        assertThat(lines()).containsExactly("rsyncd.conf: 0 errors, 0 warnings");
        assertThat(code).isZero();
    }

    /** The daemon would have stopped at line 1. */
    @Test
    void findsAllThatIsWrongInOneRun() throws IOException {
        int code = check("""
            hosts allow = @netgroup
            no such thing = 1
            a line without a value
            max connections = ten
            pid file = @DIR@/nowhere/pid
            [first]
            path = @DIR@/missing
            read only = perhaps
            uid = nobody-of-that-name
            incoming chmod = nonsense
            port = 5
            [second]
            path = @DIR@/secrets
            gid = no-such-group
            exclude from = @DIR@/no-rules
            auth users = joe
            secrets file = @DIR@/open-secrets
            [third]
            hosts deny = 1.2.3.4/99
            auth users = tls:joe
            auth digest = md6
            charset = no-such-charset
            """);
        assertThat(code).isEqualTo(1);
        assertThat(lines().stream().map(line -> line.replaceAll("^rsyncd.conf:([0-9]+): (\\S+): .*", "$1 $2")))
                .containsExactly(
                        "1 error",
                        "2 warning",
                        "3 warning",
                        "4 warning",
                        "5 error",
                        "7 error",
                        "8 warning",
                        "9 error",
                        "10 error",
                        "11 warning",
                        "13 error",
                        "14 error",
                        "15 error",
                        "17 error",
                        "18 error",
                        "19 warning",
                        "21 error",
                        "22 error",
                        "rsyncd.conf: 12 errors, 6 warnings");
        assertThat(lines()).anySatisfy(line -> assertThat(line).contains("Unknown Parameter encountered"));
        assertThat(lines()).anySatisfy(line -> assertThat(line).contains("secrets file must not be other-accessible"));
    }

    /** After a section that does not end, nobody knows what the rest means; the file that includes it goes on. */
    @Test
    void tellsWhichFileALineIsOf() throws IOException {
        Files.writeString(directory.resolve("part.inc"), "[m]\npath = /nowhere-at-all\n[broken\n");
        int code = check("""
            &merge @DIR@/part.inc
            &merge @DIR@/missing.inc
            [n]
            path = @DIR@/tree
            list = maybe
            """);
        assertThat(code).isEqualTo(1);
        assertThat(lines().stream().map(line -> line.replaceAll(": (error|warning): .*", "")))
                .containsExactly(
                        "part.inc:2",
                        "part.inc:3",
                        "rsyncd.conf:2",
                        "rsyncd.conf:5",
                        "rsyncd.conf: 3 errors, 1 warning");
    }

    @Test
    void warnsOfWhatIsDangerousAndWorks() throws IOException {
        int code = check("""
            [m]
            path = @DIR@/tree
            read only = no
            use chroot = no
            munge symlinks = no
            insecure links = yes
            """);
        assertThat(code).isZero();
        assertThat(lines().stream().map(line -> line.replaceAll("^rsyncd.conf:([0-9]+): warning: .*", "$1")))
                .containsExactly("3", "6", "rsyncd.conf: 0 errors, 2 warnings");
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = DaemonCommand.run(List.of("--check=" + directory + "/none"), Map.of(), stream, stream);
        assertThat(code).isEqualTo(1);
        assertThat(lines().getFirst()).startsWith("none:1: error: unable to open config file");
    }

    /** A path that has a client's name in it is there or not once there is a client. */
    @Test
    void doesNotLookAtWhatDependsOnTheConnection() throws IOException {
        int code = check("[m]\npath = @DIR@/%RSYNC_USER_NAME%\nauth users = joe\nsecrets file = @DIR@/secrets\n");
        assertThat(lines()).containsExactly("rsyncd.conf: 0 errors, 0 warnings");
        assertThat(code).isZero();
    }
}
