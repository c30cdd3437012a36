package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.Location;
import io.sluice.protocol.config.ConfigurationException;
import io.sluice.watcher.mirror.MirrorRequest.NamedMirror;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as an administrator writes them; values differ from the defaults, so that one that was not read is seen. */
class MirrorFileTest {
    @TempDir
    private Path directory;

    private List<NamedMirror> read(String text) throws IOException {
        Path file = directory.resolve("mirror.conf");
        Files.writeString(file, text.replace("DIR", directory.toString()));
        return MirrorFile.read(file, Map.of("RSYNC_PASSWORD", "from environment"));
    }

    private static byte[] password(Replica replica) throws IOException {
        return replica.passwords().password("anybody");
    }

    @Test
    void readsSectionsAndWhatTheyInherit() throws IOException {
        Files.createDirectories(directory.resolve("two"));
        List<NamedMirror> mirrors = read("""
                        settle = 7ms
                        exclude = *.tmp
                        [one]
                        path = DIR
                        replicas = rsync://u@h1:1873/m/p/ h2::m \\
                          rsync://[::1]/m/
                        Quiet Period = 5
                        max backoff = 2m
                        timeout = 11s
                        connect timeout = 12s
                        compress = yes
                        options = --bwlimit=100 --chmod=F644
                        [two]
                        path = DIR/two
                        replicas = rsync://h3/m/
                        settle = 9ms
                        """);
        assertThat(mirrors).extracting(NamedMirror::name).containsExactly("one", "two");
        MirrorConfiguration one = mirrors.get(0).configuration();
        assertThat(one.source()).isEqualTo(directory);
        assertThat(one.times())
                .isEqualTo(MirrorTimes.DEFAULT
                        .withSettle(Duration.ofMillis(7))
                        .withQuiet(Duration.ofSeconds(5))
                        .withMaxBackoff(Duration.ofMinutes(2))
                        .withTimeout(Duration.ofSeconds(11))
                        .withConnectTimeout(Duration.ofSeconds(12)));
        assertThat(one.options().algorithms().compresses()).isTrue();
        assertThat(one.options().limits().bandwidth()).isEqualTo(100 * 1024);
        assertThat(one.options().preservation().owner()).isTrue();
        assertThat(one.filters().isEmpty()).isFalse();
        assertThat(one.replicas()).hasSize(3);
        Location.Daemon first = (Location.Daemon) one.replicas().get(0).location();
        assertThat(first.user()).isEqualTo(Optional.of("u"));
        assertThat(first.port()).isEqualTo(1873);
        assertThat(new String(first.path(), StandardCharsets.UTF_8)).isEqualTo("m/p/");
        MirrorConfiguration two = mirrors.get(1).configuration();
        assertThat(two.times().settle()).isEqualTo(Duration.ofMillis(9));
        assertThat(two.options().algorithms().compresses()).isFalse();
        assertThat(two.filters().isEmpty()).isFalse();
    }

    @Test
    void takesThePasswordFromTheFileElseFromTheEnvironment() throws IOException {
        Path file = directory.resolve("pass");
        Files.writeString(file, "secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Replica with = read("[a]\npath = DIR\nreplicas = rsync://h/m\npassword file = DIR/pass\n")
                .getFirst()
                .configuration()
                .replicas()
                .getFirst();
        assertThat(password(with)).isEqualTo("secret".getBytes(StandardCharsets.UTF_8));
        Replica without = read("[a]\npath = DIR\nreplicas = rsync://h/m\n")
                .getFirst()
                .configuration()
                .replicas()
                .getFirst();
        assertThat(password(without)).isEqualTo("from environment".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [a];path = DIR;replcas = x                              | :3: parameter: replcas (expected: one of path, replicas,
                    [a];path = DIR                                          | :1: section a: no replicas (expected: one)
                    [a];replicas = rsync://h/m                              | :1: section a: no path (expected: one)
                    [a];path = relative;replicas = rsync://h/m              | :2: path: relative (expected: the absolute path of a directory)
                    [a];path = DIR/gone;replicas = rsync://h/m              | (expected: the absolute path of a directory)
                    [a];path = DIR;replicas = here                          | :3: replicas: here (expected: rsync://user@host
                    [a];path = DIR;replicas = rsync://h                     | :3: replicas: rsync://h (expected: a module after the host)
                    [a];path = DIR;replicas = rsync://h/m rsync://h/m       | :3: replicas: rsync://h/m (expected: not twice; it belongs to [a])
                    [a];path = DIR;replicas = rsync://h/m;settle = soon     | :4: settle: soon (expected: a time such as
                    [a];path = DIR;replicas = rsync://h/m;compress = maybe  | :4: Badly formed boolean
                    [a];path = DIR;replicas = rsync://h/m;options = --bogus | :4: options: rsync: --bogus: unknown option
                    [a];path = DIR;replicas = rsync://h/m;options = x       | :4: options: x (expected: an option of rsync)
                    [a];path = DIR;replicas = rsync://h/m;filter = nonsense | :4: filter:
                    [a];path = DIR;replicas = rsync://h/m;password file = /gone | :4: password file: /gone (expected: a file that can be read)
                    [a];path = DIR;replicas = rsync://h/m;[a]               | :4: section: a (expected: each name once)
                    settle = 1                                              | :1: sections: none (expected: one for each source)
                    [a];path DIR                                            | :2:
                    """)
    void namesFileAndLineOfWhatMakesNoSense(String text, String message) {
        assertThatThrownBy(() -> read(text.replace(';', '\n') + "\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(directory + "/mirror.conf:")
                .hasMessageContaining(message);
    }

    @Test
    void excludesWhatTheRulesSay() throws IOException {
        MirrorConfiguration configuration =
                read("[a]\npath = DIR\nreplicas = rsync://h/m\ninclude = keep.tmp\nexclude = *.tmp /cache/\n")
                        .getFirst()
                        .configuration();
        byte[] source = directory.toString().getBytes(StandardCharsets.UTF_8);
        FilterExcludes excludes = new FilterExcludes(source, configuration.filters());
        Files.createDirectories(directory.resolve("sub"));
        assertThat(excludes.excludes("x.tmp".getBytes(StandardCharsets.UTF_8), false))
                .isTrue();
        assertThat(excludes.excludes("sub/x.tmp".getBytes(StandardCharsets.UTF_8), false))
                .isTrue();
        assertThat(excludes.excludes("keep.tmp".getBytes(StandardCharsets.UTF_8), false))
                .isFalse();
        assertThat(excludes.excludes("cache".getBytes(StandardCharsets.UTF_8), true))
                .isTrue();
        assertThat(excludes.excludes("cache".getBytes(StandardCharsets.UTF_8), false))
                .isFalse();
        assertThat(excludes.excludes("sub/cache".getBytes(StandardCharsets.UTF_8), true))
                .isFalse();
    }
}
