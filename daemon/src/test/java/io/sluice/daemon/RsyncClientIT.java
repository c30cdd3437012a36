package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.linux.Identity;
import io.sluice.linux.Users;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The installed rsync as the client of our daemon. Trees are compared by names, kinds, contents, permissions and times, read from disk; exit codes and
 * texts are those that rsync gives with its own daemon.
 */
class RsyncClientIT {
    private static final String CONFIGURATION = """
            @ME@
            use chroot = no
            munge symlinks = no
            lock file = @DIR@/lock
            log file = @DIR@/log
            transfer logging = yes
            [rw]
            path = @TREE@
            read only = no
            [ro]
            path = @TREE@
            comment = to read
            refuse options = checksum
            [rooted]
            path = @TREE@
            use chroot = yes
            [wo]
            path = @TREE@
            read only = no
            write only = yes
            [filtered]
            path = @TREE@
            read only = no
            exclude = secret* /sub/
            [modes]
            path = @TREE@
            read only = no
            incoming chmod = D700,F600
            outgoing chmod = a=r
            [munged]
            path = @TREE@
            read only = no
            munge symlinks = yes
            [home]
            path = @TREE@/%RSYNC_USER_NAME%
            auth users = joe
            secrets file = @DIR@/secrets
            [nobody]
            path = @TREE@
            uid = nobody
            gid = @NOGROUP@
            read only = no
            [slow]
            path = @TREE@
            read only = no
            timeout = 1
            [web1]
            path = @TREE@/
            comment = web1 file
            ignore errors
            read only = no
            write only = no
            hosts allow = 127.0.0.1
            hosts deny = *
            list = false
            auth users = joe
            secrets file = @DIR@/secrets
            max connections = 10
            strict modes = yes
            """;

    @TempDir
    Path directory;

    private DaemonFixture fixture;
    private Path source;

    @BeforeAll
    static void requireRsync() {
        RsyncProgram.requireInstalled();
    }

    @BeforeEach
    void start() throws IOException {
        String nogroup = Users.groupId("nogroup").isPresent() ? "nogroup" : "nobody";
        fixture = new DaemonFixture(directory, CONFIGURATION.replace("@NOGROUP@", nogroup));
        source = directory.resolve("source");
        makeTree(source);
    }

    @AfterEach
    void stop() throws IOException {
        fixture.awaitIdle();
        fixture.close();
        try (Stream<Path> files = Files.walk(fixture.tree)) {
            assertThat(files.map(path -> path.getFileName().toString()).filter(name -> name.matches("\\..*\\.\\w{6}")))
                    .as("temporary files")
                    .isEmpty();
        }
    }

    private static void makeTree(Path root) throws IOException {
        Files.createDirectories(root.resolve("sub/deep er"));
        Files.createDirectories(root.resolve("empty"));
        Files.writeString(root.resolve("a"), "hello\n");
        Files.writeString(root.resolve("secret.txt"), "hidden\n");
        Files.writeString(root.resolve("sub/with space\nand newline"), "x".repeat(100_000));
        Files.write(root.resolve("sub/deep er/none"), new byte[0]);
        Files.createSymbolicLink(root.resolve("sub/link"), Path.of("../a"));
        Files.setPosixFilePermissions(root.resolve("a"), PosixFilePermissions.fromString("r-x--x-w-"));
        Files.setLastModifiedTime(root.resolve("a"), FileTime.fromMillis(1_234_567_890_123L));
        for (String old :
                new String[] {"empty", "sub/deep er", "sub"}) { // rsync takes times of the same second for equal
            Files.setLastModifiedTime(root.resolve(old), FileTime.fromMillis(987_654_321_000L));
        }
    }

    @Test
    void listsModules() throws Exception {
        RsyncProgram.Result result = RsyncProgram.run(fixture.url(""));
        assertThat(result.code()).isZero();
        assertThat(result.output()).contains("ro             \tto read\n").doesNotContain("web1");
    }

    @Test
    void pushesPullsAndDeletes() throws Exception {
        assertThat(RsyncProgram.run("-a", source + "/", fixture.url("rw/")).output())
                .isEmpty();
        assertThat(snapshot(fixture.tree)).isEqualTo(snapshot(source)).hasSize(8);
        Path pulled = directory.resolve("pulled");
        assertThat(RsyncProgram.run("-a", fixture.url("ro/"), pulled + "/").output())
                .isEmpty();
        assertThat(snapshot(pulled)).isEqualTo(snapshot(source));
        Path rooted = directory.resolve("rooted");
        assertThat(RsyncProgram.run("-az", fixture.url("rooted/sub/"), rooted + "/")
                        .output())
                .isEmpty();
        assertThat(snapshot(rooted)).isEqualTo(snapshot(source.resolve("sub")));

        Files.delete(source.resolve("secret.txt"));
        Path changed = source.resolve("sub/with space\nand newline");
        Files.writeString(changed, "x".repeat(50_000) + "y" + "x".repeat(49_000));
        // Another second than before: rsync does not look at less.
        Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(10)));
        RsyncProgram.Result update = RsyncProgram.run("-ai", "--delete", source + "/", fixture.url("rw/"));
        assertThat(update.output()).contains("*deleting   secret.txt\n").contains("<f.st...... sub/with space");
        assertThat(snapshot(fixture.tree)).isEqualTo(snapshot(source));
        assertThat(RsyncProgram.run("-ai", "--delete", source + "/", fixture.url("rw/"))
                        .output())
                .as("nothing is left to do")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none/|5|@ERROR: Unknown module 'none'",
                "wo/a|1|ERROR: module is write only",
                "ro/nonexistent|23|link_stat \"nonexistent\" (in ro) failed: No such file or directory (2)",
                "home/|5|@ERROR: auth failed on module home",
            })
    void failsToPullAsWithRsync(String path, int code, String text) throws Exception {
        RsyncProgram.Result result =
                RsyncProgram.run(Map.of("RSYNC_PASSWORD", "x"), fixture.url(path), directory + "/out/");
        assertThat(result.output()).contains(text);
        assertThat(result.code()).isEqualTo(code);
    }

    @Test
    void failsToPushIntoWhatIsReadOnly() throws Exception {
        RsyncProgram.Result result = RsyncProgram.run(source + "/a", fixture.url("ro/"));
        assertThat(result.output()).contains("ERROR: module is read only");
        assertThat(result.code()).isEqualTo(1);
        assertThat(snapshot(fixture.tree)).isEmpty();
    }

    @Test
    void refusesOptions() throws Exception {
        RsyncProgram.Result result = RsyncProgram.run("-c", fixture.url("ro/"), directory + "/out/");
        assertThat(result.output()).contains("rsync: The server is configured to refuse --checksum (-c)");
        assertThat(result.code()).isEqualTo(4);
        RsyncProgram.Result unknown = RsyncProgram.run("-M--bogus", fixture.url("ro/"), directory + "/out/");
        assertThat(unknown.output()).contains("rsync: on remote machine: --bogus: unknown option");
    }

    @Test
    void letsUsersIntoTheirOwnDirectory() throws Exception {
        Files.createDirectories(fixture.tree.resolve("joe"));
        Files.writeString(fixture.tree.resolve("joe/mine"), "mine");
        String url = fixture.url("home/mine").replace("//", "//joe@");
        assertThat(RsyncProgram.run(Map.of("RSYNC_PASSWORD", "secret"), url, directory + "/")
                        .code())
                .isZero();
        assertThat(directory.resolve("mine")).hasContent("mine");
        RsyncProgram.Result wrong = RsyncProgram.run(Map.of("RSYNC_PASSWORD", "wrong"), url, directory + "/");
        assertThat(wrong.code()).isEqualTo(5);
    }

    /** The configuration of a web node as administrators have it, with a client as they call it. */
    @Test
    void servesAWebNode() throws Exception {
        Path password = directory.resolve("server.pass");
        Files.writeString(password, "secret\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        String destination = "joe@127.0.0.1::web1";
        String port = "--port=" + fixture.port();
        String passwordFile = "--password-file=" + password;
        RsyncProgram.Result result =
                RsyncProgram.run("-vzrtopg", "--delete", "--progress", passwordFile, port, source + "/", destination);
        assertThat(result.code()).as(result.output()).isZero();
        Map<String, String> expected = snapshot(source);
        expected.remove("sub/link"); // -r without -l leaves links out
        assertThat(snapshot(fixture.tree)).isEqualTo(expected);
    }

    @Test
    void expandsWildcardsAndSeveralNames() throws Exception {
        makeTree(fixture.tree);
        Path out = Files.createDirectories(directory.resolve("out"));
        assertThat(RsyncProgram.run("-r", fixture.url("ro/s*"), fixture.url("ro/a"), out + "/")
                        .code())
                .isZero();
        assertThat(snapshot(out).keySet()).contains("a", "secret.txt", "sub").doesNotContain("empty");
        assertThat(RsyncProgram.run("-s", fixture.url("ro/s*r*.txt"), fixture.url("ro/sub/deep er/n?ne"), out + "/")
                        .output())
                .isEmpty();
        assertThat(out.resolve("none")).exists();
    }

    @Test
    void keepsInsideTheModule() throws Exception {
        makeTree(fixture.tree);
        Files.writeString(directory.resolve("outside"), "outside");
        Files.createSymbolicLink(fixture.tree.resolve("out"), directory);
        Path out = Files.createDirectories(directory.resolve("out"));
        for (String path : new String[] {"ro/../outside", "ro/../../outside", "ro/out/outside", "rooted/out/outside"}) {
            assertThat(RsyncProgram.run(fixture.url(path), out + "/").code())
                    .as(path)
                    .isEqualTo(23);
        }
        RsyncProgram.Result push = RsyncProgram.run(source + "/a", fixture.url("rw/out/"));
        assertThat(push.code()).isNotZero();
        assertThat(directory.resolve("a")).doesNotExist();
        assertThat(snapshot(out)).isEmpty();
    }

    @Test
    void hidesWhatIsFiltered() throws Exception {
        makeTree(fixture.tree);
        String listing = RsyncProgram.run("-r", fixture.url("filtered/")).output();
        assertThat(listing).contains(" a\n").doesNotContain("secret").doesNotContain("sub");
        assertThat(RsyncProgram.run(fixture.url("filtered/secret.txt"), directory + "/out/")
                        .code())
                .isEqualTo(23);
        RsyncProgram.run("-a", "--delete", source + "/empty/", fixture.url("filtered/"));
        assertThat(snapshot(fixture.tree).keySet())
                .as("what is hidden is not deleted either")
                .contains("secret.txt", "sub/link")
                .doesNotContain("a");
    }

    @Test
    void receivesNothingThatIsFiltered() throws Exception {
        Files.createDirectories(fixture.tree.resolve("sub"));
        RsyncProgram.Result push = RsyncProgram.run("-a", source + "/", fixture.url("filtered/"));
        assertThat(push.output())
                .contains("ERROR: daemon refused to receive file \"secret.txt\"")
                .contains("ERROR: daemon refused to receive directory \"sub\"");
        assertThat(push.code()).isEqualTo(23);
        assertThat(snapshot(fixture.tree).keySet()).containsExactly("a", "empty", "sub");
        for (String path : new String[] {"sub/", "sub/x", "secretive"}) {
            RsyncProgram.Result refused = RsyncProgram.run(source + "/a", fixture.url("filtered/" + path));
            assertThat(refused.output()).contains("ERROR: daemon has excluded destination \"" + path + "\"");
            assertThat(refused.code()).isEqualTo(3);
        }
        assertThat(snapshot(fixture.tree).keySet()).containsExactly("a", "empty", "sub");
    }

    @Test
    void changesModesOnTheWay() throws Exception {
        RsyncProgram.run("-a", source + "/", fixture.url("modes/"));
        assertThat(snapshot(fixture.tree).get("a")).contains("rw-------");
        assertThat(snapshot(fixture.tree).get("empty")).contains("rwx------");
        Path out = directory.resolve("out");
        RsyncProgram.run("-p", fixture.url("modes/a"), out.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("r--r--r--");
    }

    @Test
    void mungesLinks() throws Exception {
        RsyncProgram.run("-a", source + "/", fixture.url("munged/"));
        assertThat(Files.readSymbolicLink(fixture.tree.resolve("sub/link"))).isEqualTo(Path.of("/rsyncd-munged/../a"));
        assertThat(RsyncProgram.run("-ai", source + "/", fixture.url("munged/")).output())
                .isEmpty();
        Path pulled = directory.resolve("pulled");
        RsyncProgram.run("-a", fixture.url("munged/"), pulled + "/");
        assertThat(Files.readSymbolicLink(pulled.resolve("sub/link"))).isEqualTo(Path.of("../a"));
    }

    @Test
    void takesOnTheModulesIdentity() throws Exception {
        assumeTrue(Identity.currentUser() == 0, "only root can become another");
        int nobody = Users.userId("nobody").orElseThrow();
        openTheWay(fixture.tree);
        Files.setPosixFilePermissions(fixture.tree, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path closed = Files.createDirectories(fixture.tree.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        assertThat(RsyncProgram.run("-rt", source + "/a", fixture.url("nobody/"))
                        .output())
                .isEmpty();
        assertThat(Files.getAttribute(fixture.tree.resolve("a"), "unix:uid")).isEqualTo(nobody);
        RsyncProgram.Result denied = RsyncProgram.run("-r", source + "/a", fixture.url("nobody/closed/"));
        assertThat(denied.code()).as(denied.output()).isNotZero();
        assertThat(closed.resolve("a")).doesNotExist();
        assertThat(RsyncProgram.run("-r", source + "/a", fixture.url("rw/closed/"))
                        .code())
                .as("other modules are not affected")
                .isZero();
    }

    /** Nobody must be able to reach the tree below the test's directory. */
    private void openTheWay(Path tree) throws IOException {
        for (Path path = tree; path != null && path.startsWith(directory); path = path.getParent()) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void logsAsRsyncDoes() throws Exception {
        RsyncProgram.run("-a", source + "/a", fixture.url("rw/new/"));
        fixture.awaitIdle();
        String log = Files.readString(directory.resolve("log"));
        assertThat(log.lines().map(line -> line.replaceAll("^\\S+ \\S+ \\[\\d+\\] ", "")))
                .containsSubsequence(
                        "connect from localhost (127.0.0.1)",
                        "rsync allowed access on module rw from localhost (127.0.0.1)",
                        "rsync to rw/new/ from localhost (127.0.0.1)",
                        "receiving file list",
                        "recv localhost [127.0.0.1] rw () new/a 6");
        assertThat(log).containsPattern("\\[\\d+] sent \\d+ bytes  received \\d+ bytes  total size 6\n");
    }

    /** The file would take minutes at this rate: when the client is killed, it is certainly under way. */
    @Test
    void leavesNothingOfAClientThatIsKilled() throws Exception {
        Path large = directory.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(50_000_000);
        }
        long before = DaemonFixture.descriptors();
        Process client = RsyncProgram.start(Map.of(), "-W", "--bwlimit=100", large.toString(), fixture.url("rw/large"));
        DaemonFixture.await(() -> temporaryFiles() == 1, "the transfer does not begin");
        client.destroyForcibly().waitFor();
        fixture.awaitIdle();
        assertThat(temporaryFiles()).isZero();
        assertThat(fixture.tree.resolve("large")).doesNotExist();
        DaemonFixture.await(() -> descriptors() <= before, "descriptors are left");
    }

    private long temporaryFiles() {
        try (Stream<Path> files = Files.list(fixture.tree)) {
            return files.filter(path -> path.getFileName().toString().startsWith(".large."))
                    .count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long descriptors() {
        try {
            return DaemonFixture.descriptors();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void endsAPeerThatSendsGarbage() throws Exception {
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            peer.say("rw\n");
            assertThat(peer.line()).isEqualTo("@RSYNCD: OK");
            peer.say("--server\0-re.iLsfxCIvu\0.\0rw/\0\0" + "\u001exxh128 xxh3 xxh64 md5 md4 sha1"
                    + "garbage ".repeat(100));
            peer.rest();
        }
        fixture.awaitIdle();
        assertThat(Files.readString(directory.resolve("log"))).contains("rsync error: ");
        assertThat(snapshot(fixture.tree)).isEmpty();
    }

    @Test
    void endsAPeerThatFallsSilent() throws Exception {
        try (RawPeer peer = RawPeer.greeted(fixture.port())) {
            peer.say("slow\n");
            assertThat(peer.line()).isEqualTo("@RSYNCD: OK");
            peer.say("--server\0-re.iLsfxCIvu\0.\0slow/\0\0" + "\u001exxh128 xxh3 xxh64 md5 md4 sha1");
            fixture.awaitIdle();
        }
        assertThat(Files.readString(directory.resolve("log")))
                .contains("rsync error: timeout in data send/receive (code 30)");
    }

    private static Map<String, String> snapshot(Path root) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root, new FileVisitOption[0])) {
            for (Path file : files.skip(1).toList()) {
                entries.put(root.relativize(file).toString(), describe(file));
            }
        }
        return entries;
    }

    private static String describe(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "-> " + Files.readSymbolicLink(file);
        }
        String permissions =
                PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        String time = Files.getLastModifiedTime(file).toString();
        if (Files.isDirectory(file)) {
            return "directory " + permissions + " " + time;
        }
        return permissions + " " + time + " "
                + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).hashCode();
    }
}
