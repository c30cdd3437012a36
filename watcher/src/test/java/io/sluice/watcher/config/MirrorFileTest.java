package io.sluice.watcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.ConnectionOptions;
import io.sluice.client.Location;
import io.sluice.client.PeerConnections;
import io.sluice.protocol.config.ConfigurationException;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.mirror.Publishing;
import io.sluice.watcher.mirror.Replica;
import io.sluice.watcher.monitor.MonitorKind;
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
import org.junit.jupiter.params.provider.ValueSource;

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
                        growing interval = 40s
                        insist = no
                        max backoff = 2m
                        resync after = 3m
                        poll interval = 4m
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
                        .withGrowing(Duration.ofSeconds(40))
                        .withMaxBackoff(Duration.ofMinutes(2))
                        .withResyncAfter(Duration.ofMinutes(3))
                        .withPoll(Duration.ofMinutes(4))
                        .withTimeout(Duration.ofSeconds(11))
                        .withConnectTimeout(Duration.ofSeconds(12)));
        assertThat(one.policy().insist()).isFalse();
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
        assertThat(two.policy().insist()).isTrue();
        assertThat(two.options().algorithms().compresses()).isFalse();
        assertThat(two.filters().isEmpty()).isFalse();
    }

    @Test
    void readsWhenChangesBecomeVisible() throws IOException {
        List<NamedMirror> mirrors = read("""
                        [one]
                        path = DIR
                        replicas = rsync://h1/m/
                        publish = together
                        together deadline = 3s
                        before publish = check %s
                        after publish = tell
                        [two]
                        path = DIR
                        replicas = rsync://h2/m/
                        """);
        assertThat(mirrors.get(0).configuration().publishing())
                .isEqualTo(new Publishing(true, Duration.ofSeconds(3), Optional.of("check %s"), Optional.of("tell")));
        assertThat(mirrors.get(1).configuration().publishing()).isEqualTo(Publishing.INDEPENDENT);
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
                    [a];path = DIR;replcas = x                              | :3: parameter: replcas (expected: one of status address,
                    [a];path = DIR                                          | :1: section a: no replicas (expected: one)
                    [a];replicas = rsync://h/m                              | :1: section a: no path (expected: one)
                    [a];path = relative;replicas = rsync://h/m              | :2: path: relative (expected: the absolute path of a directory)
                    [a];path = DIR/gone;replicas = rsync://h/m              | (expected: the absolute path of a directory)
                    [a];path = DIR;replicas = here                          | :3: replicas: here (expected: rsync://user@host
                    [a];path = DIR;replicas = rsync://h                     | :3: replicas: rsync://h (expected: a module after the host)
                    [a];path = DIR;replicas = rsync://h:65536/m             | :3: replicas: rsync://h:65536/m (expected: a port of 1 to 65535)
                    [a];path = DIR;replicas = rsync://h/m rsync://h/m       | :3: replicas: rsync://h/m (expected: not twice; it belongs to [a])
                    [a];path = DIR;replicas = rsync://h/m me@H::m//         | :3: replicas: me@H::m// (expected: not twice; it belongs to [a])
                    [a];path = DIR;replicas = rsync://h/m;settle = soon     | :4: settle: soon (expected: a time such as
                    [a];path = DIR;replicas = rsync://h/m;compress = maybe  | :4: Badly formed boolean
                    [a];path = DIR;replicas = rsync://h/m;options = --bogus | :4: options: rsync: --bogus: unknown option
                    [a];path = DIR;replicas = rsync://h/m;options = x       | :4: options: x (expected: an option of rsync)
                    [a];path = DIR;replicas = rsync://h/m;filter = nonsense | :4: filter:
                    [a];path = DIR;replicas = rsync://h/m;password file = /gone | :4: password file:
                    [a];path = DIR;replicas = rsync://h/m;[a]               | :4: section: a (expected: each name once)
                    [a];path = DIR;replicas = rsync://h/m;options = -e 'ssh | :4: options: a ' without its other one
                    [a];path = DIR;replicas = rsync://h/m;options = --port=9 | :4: options: --port (expected: none; rsync://host:port/module
                    [a];path = DIR;replicas = rsync://h/m;options = --remove-source-files | :4: options: --remove-source-files (expected: none; a mirror leaves
                    [a];path = DIR;replicas = rsync://h/m;options = --stop-after=5 | :4: options: --stop-at, --stop-after (expected: none; a mirror goes on)
                    [a];path = DIR;replicas = rsync://h/m;options = --sockopts=X | :4: options: --sockopts: Unknown socket option X
                    [a];path = DIR;replicas = rsync://h/m;verify interval = x | :4: verify interval: x (expected: a time such as
                    [a];path = DIR;replicas = rsync://h/m;publish = at once | :4: publish: at once (expected: together or independent)
                    [a];path = DIR;replicas = rsync://h/m;before publish = x | :4: before publish (expected: only with publish = together)
                    [a];path = DIR;replicas = rsync://h/m;publish = together;options = --inplace | :4: publish = together (expected: no --inplace
                    [a];path = DIR;replicas = rsync://h/m;monitor = dnotify | :4: monitor: dnotify (expected: auto, fanotify
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
    void readsHowReplicasAreReachedForEachKind() throws IOException {
        NamedMirror mirror = read("""
                        [a]
                        path = DIR
                        replicas = rsync://h/m/ h:path
                        options = -e "ssh -p 2222" --rsync-path='sudo rsync' --address=127.0.0.1
                        verify interval = 6h
                        monitor = inotify
                        """).getFirst();
        assertThat(mirror.configuration().monitor()).isEqualTo(MonitorKind.INOTIFY);
        PeerConnections connections = mirror.configuration().connections();
        for (Replica replica : mirror.configuration().replicas()) {
            ConnectionOptions connection = connections.to(replica.location());
            assertThat(connection.remoteShell()).contains("ssh -p 2222");
            assertThat(connection.remoteProgram()).contains("sudo rsync");
            assertThat(connection.bindAddress()).contains("127.0.0.1");
        }
        assertThat(mirror.verifyInterval()).contains(Duration.ofHours(6));
    }

    /** RSYNC_RSH is no reason to reach a daemon by a remote shell, as {@code -e} is. */
    @Test
    void takesTheRemoteShellFromTheEnvironmentForThoseThatAreNoDaemons() throws IOException {
        Path file = directory.resolve("mirror.conf");
        Files.writeString(file, "[a]\npath = " + directory + "\nreplicas = rsync://h/m/ h:path\n");
        NamedMirror mirror = MirrorFile.read(file, Map.of("RSYNC_RSH", "rsh")).getFirst();
        PeerConnections connections = mirror.configuration().connections();
        assertThat(mirror.configuration().replicas().stream()
                        .map(replica -> connections.to(replica.location()).remoteShell()))
                .containsExactly(Optional.empty(), Optional.of("rsh"));
    }

    private List<String> check(String text) throws IOException {
        Path file = directory.resolve("mirror.conf");
        Files.writeString(file, text.replace("DIR", directory.toString()));
        return MirrorFile.check(file, Map.of()).report("FILE").stream()
                .map(line -> line.replace(file + ":", ""))
                .toList();
    }

    /** All of it, in the order of the file, though each line alone would keep the mirror from starting. */
    @Test
    void tellsAllThatIsWrong() throws IOException {
        assertThat(check("""
                        settle = soon
                        oops
                        [a]
                        path = relative
                        replicas = here rsync://joe@h/m
                        colour = blue
                        timeout = 1
                        timeout = never
                        options = --bogus
                        filter = nonsense
                        [b]
                        replicas = rsync://joe@h/m
                        [b]
                        path = DIR
                        replicas = rsync://joe@h2/m
                        """))
                .extracting(line -> line.replaceAll(" \\(expected.*", ""))
                .containsExactly(
                        "1: error: settle: soon",
                        "2: error: Ignoring badly formed line in config file: oops",
                        "4: error: path: relative",
                        "5: error: replicas: here",
                        "5: warning: replicas: rsync://joe@h/m names a user, and there is no password file",
                        "6: error: parameter: colour",
                        "7: warning: timeout: it does not count, as line 8 says it again",
                        "8: error: timeout: never",
                        "9: error: options: rsync: --bogus: unknown option",
                        "10: error: filter: Unknown filter rule: nonsense",
                        "11: error: section b: no path",
                        "12: error: replicas: rsync://joe@h/m",
                        "13: error: section: b",
                        "15: warning: replicas: rsync://joe@h2/m names a user, and there is no password file",
                        "FILE: 11 errors, 3 warnings");
    }

    /** None of it keeps the mirror from starting; before, it did something else than was asked for, and nobody heard of it. */
    @Test
    void tellsOptionsThatDoNotCount() throws IOException {
        assertThat(check("""
                        [a]
                        path = DIR
                        replicas = rsync://h/m
                        timeout = 30s
                        publish = together
                        options = --bwlimit=100 --delete -R -m --from0
                        options = --timeout=40 --contimeout=5
                        options = --password-file=/x --delete-missing-args --list-only
                        options = --no-r --no-implied-dirs --delete-before
                        """))
                .containsExactly(
                        "6: warning: options: --relative: it does not count (expected: the whole place in replicas)",
                        "6: warning: options: --from0: it does not count (expected: none; a mirror makes its own lists)",
                        "6: warning: options: --prune-empty-dirs: it does not count (expected: exclude, for what is not to be there)",
                        "7: warning: options: --timeout: it does not count (expected: none beside timeout, line 4)",
                        "8: warning: options: --list-only: it does not count (expected: none; a mirror always acts)",
                        "8: warning: options: --delete-missing-args: it does not count (expected: none; what is gone is deleted)",
                        "8: warning: options: --password-file: it does not count (expected: password file = FILE)",
                        "9: warning: options: --no-recursive: it does not count (expected: exclude = /*/ for the top alone)",
                        "9: warning: options: --no-implied-dirs: it does not count (expected: none)",
                        "9: warning: options: --delete-before: it does not count (expected: none beside publish = together, which deletes last)",
                        "FILE: 0 errors, 10 warnings");
    }

    /** The replica has a file where the source has a symlink: it would keep the old content, and nobody would know why. */
    @ParameterizedTest
    @ValueSource(strings = {"--copy-links", "--copy-unsafe-links", "--copy-dirlinks"})
    void tellsThatSymlinksAreNotWatchedToWhereTheyLead(String option) throws IOException {
        assertThat(check("[a]\npath = DIR\nreplicas = rsync://h/m\noptions = " + option + "\n"))
                .containsExactly(
                        "4: warning: options: " + option + ": of a change where a symlink leads to nothing tells"
                                + " (expected: none, or verify interval, which finds it)",
                        "FILE: 0 errors, 1 warning");
    }

    @Test
    void heedsTimesAmongOptionsWhereNothingElseSaysThem() throws IOException {
        String section = "[a]\npath = DIR\nreplicas = rsync://h/m\noptions = --timeout=40 --contimeout=5\n";
        assertThat(check(section)).containsExactly("FILE: 0 errors, 0 warnings");
        MirrorTimes times = read(section).getFirst().configuration().times();
        assertThat(times.timeout()).isEqualTo(Duration.ofSeconds(40));
        assertThat(times.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        MirrorTimes others =
                read(section + "timeout = 3s\n").getFirst().configuration().times();
        assertThat(others.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(others.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void findsNothingInWhatIsRight() throws IOException {
        assertThat(check("[a]\npath = DIR\nreplicas = rsync://h/m\n")).containsExactly("FILE: 0 errors, 0 warnings");
    }

    /** What is written alike, or read from files alike, means the same; replicas are not part of it. */
    @Test
    void knowsWhatASectionSaysInFull() throws IOException {
        String section = "[a]\npath = DIR\nexclude from = DIR/rules\nreplicas = rsync://h/m\n";
        Path rules = Files.writeString(directory.resolve("rules"), "*.tmp\n");
        String text = read("settle = 5ms\n" + section).getFirst().text();
        assertThat(read("# why\nsettle =  5ms\n\n" + section + "replicas = rsync://h2/m\n")
                        .getFirst()
                        .text())
                .isEqualTo(text);
        assertThat(read(section).getFirst().text()).isNotEqualTo(text);
        Files.writeString(rules, "*.bak\n");
        assertThat(read("settle = 5ms\n" + section).getFirst().text()).isNotEqualTo(text);
    }
}
