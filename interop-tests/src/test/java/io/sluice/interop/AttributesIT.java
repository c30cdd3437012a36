package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Access control lists, extended attributes, access times and mapped owners go from one program to the other. The snapshots hold every attribute that the
 * kernel lists, so a transfer that loses one, or adds one, cannot pass; and a second run must find nothing to do.
 */
class AttributesIT {
    private static final byte[] ACCESS = bytes("system.posix_acl_access");
    private static final byte[] DEFAULT = bytes("system.posix_acl_default");

    @TempDir
    private Path directory;

    private Path source;

    /** The client pushes through a remote shell, the other program is the server. */
    record Pair(Program client, Program server) {
        @Override
        public String toString() {
            return client + " to " + server;
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(
                new Pair(Program.SLUICE, Program.RSYNC),
                new Pair(Program.RSYNC, Program.SLUICE),
                new Pair(Program.SLUICE, Program.SLUICE));
    }

    @BeforeEach
    void makeSource() throws IOException {
        Assumptions.assumeTrue(Identity.effectiveUser() == 0, "left out: only root sets owners and trusted attributes");
        source = Files.createDirectories(directory.resolve("source"));
        Files.createDirectories(source.resolve("dir/sub"));
        for (String name : List.of("a", "b", "c", "dir/d", "dir/sub/e")) {
            Files.writeString(source.resolve(name), "content of " + name);
        }
        Files.createSymbolicLink(source.resolve("link"), Path.of("a"));
        Assumptions.assumeTrue(set("a", ACCESS, list(6, 33, 6, 4)), "left out: no access control lists here");
        set("b", ACCESS, list(6, 33, 6, 4));
        set("dir/d", ACCESS, list(7, 1, 5, 5));
        set("dir", DEFAULT, list(7, 1, 7, 7));
        set("dir/sub", ACCESS, list(7, 1, 7, 7));
        set("a", bytes("user.short"), bytes("value"));
        set("a", bytes("user.long"), bytes("x".repeat(100)));
        set("b", bytes("user.long"), bytes("x".repeat(100)));
        set("dir", bytes("user.long"), bytes("y".repeat(900)));
        set("dir/d", bytes("trusted.t"), bytes("t".repeat(33)));
        set("link", bytes("trusted.l"), bytes("l"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** The kernel's form of {@code u::OWNER,u:ID:MASK,g::4,m::MASK,o::OTHERS}. */
    private static byte[] list(int owner, int id, int mask, int others) {
        return HexFormat.of()
                .parseHex("02000000" + "01000%d00ffffffff".formatted(owner)
                        + "02000%d00%02x000000".formatted(mask, id) + "0400040" + "0ffffffff"
                        + "10000%d00ffffffff".formatted(mask) + "20000%d00ffffffff".formatted(others));
    }

    private boolean set(String name, byte[] attribute, byte[] value) throws IOException {
        try (DirectoryHandle root = DirectoryHandle.open(bytes(source.toString()))) {
            ExtendedAttributes.of(root, bytes(name)).set(attribute, value, ExtendedAttributes.SET);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void listsAndAttributesArrive(Pair pair) throws Exception {
        Path target = directory.resolve("target");
        run(pair, target, "-aAX");
        assertThat(AttributeSnapshot.of(target))
                .isEqualTo(AttributeSnapshot.of(source))
                .hasSize(8);
        assertThat(run(pair, target, "-aAXi").lines()).isEmpty();
    }

    /** Values that came before are found here, those that are missing are asked for, and what the sender has not goes away. */
    @ParameterizedTest
    @MethodSource("pairs")
    void changesArrive(Pair pair) throws Exception {
        Path target = directory.resolve("target");
        run(pair, target, "-aAX");
        set("a", bytes("user.long"), bytes("z".repeat(100)));
        set("c", bytes("user.long"), bytes("x".repeat(100)));
        set("b", ACCESS, list(6, 44, 6, 4));
        try (DirectoryHandle root = DirectoryHandle.open(bytes(source.toString()))) {
            ExtendedAttributes.of(root, bytes("dir")).remove(DEFAULT);
            ExtendedAttributes.of(root, bytes("dir/d")).remove(bytes("trusted.t"));
        }
        assertThat(run(pair, target, "-aAXi").lines())
                .containsExactly(
                        ".f........x a", ".f.......a. b", ".f........x c", ".d.......a. dir/", ".f........x dir/d");
        assertThat(AttributeSnapshot.of(target)).isEqualTo(AttributeSnapshot.of(source));
    }

    /** What only root can set stands beside the files, and comes back; each program understands what the other has kept. */
    @ParameterizedTest
    @MethodSource("pairs")
    void fakeSuperKeepsEverything(Pair pair) throws Exception {
        Files.setPosixFilePermissions(source.resolve("c"), PosixFilePermissions.fromString("r--------"));
        Files.setAttribute(source.resolve("c"), "unix:uid", 33);
        pair.server().assumeInstalled();
        try (DirectoryHandle root = DirectoryHandle.open(bytes(source.toString()))) {
            // rsync forgets a directory's default list when it sets the directory's attributes.
            ExtendedAttributes.of(root, bytes("dir")).remove(bytes("user.long"));
        }
        Path store = directory.resolve("store");
        Path back = directory.resolve("back");
        copy(
                pair.client(),
                RemoteShell.of(directory, pair.server(), "--fake-super"),
                source + "/",
                "host:" + store + "/");
        assertThat(AttributeSnapshot.of(store)).isNotEqualTo(AttributeSnapshot.of(source));
        assertThat(AttributeSnapshot.of(store).get("c"))
                .startsWith("100600 0:0")
                .contains("user.rsync.%stat");
        copy(
                pair.server(),
                RemoteShell.of(directory, pair.client(), "--fake-super"),
                "host:" + store + "/",
                back + "/");
        assertThat(AttributeSnapshot.of(back)).isEqualTo(AttributeSnapshot.of(source));
    }

    /**
     * A backup that has to be copied, as its directory is on another file system, is no device or pipe either: what it stands for is kept beside it. rsync loses
     * the number of a device here.
     */
    @ParameterizedTest
    @EnumSource(Program.class)
    void aCopiedBackupStaysFaked(Program program, @TempDir(factory = MemoryDirectory.class) Path backups)
            throws Exception {
        Assumptions.assumeFalse(
                Files.getFileStore(backups).equals(Files.getFileStore(directory)), "one file system only");
        Path odd = Files.createDirectory(directory.resolve("odd"));
        Path store = directory.resolve("store");
        List<String> names = List.of("pipe", "link", "socket");
        try (DirectoryHandle root = DirectoryHandle.open(bytes(odd.toString()))) {
            root.makeNode(bytes("pipe"), FileMode.FIFO | 0640, 0, 0);
            root.symlink(bytes("nowhere"), bytes("link"));
            root.makeNode(bytes("socket"), FileMode.SOCKET | 0600, 0, 0);
        }
        program.run(directory, "-a", "--fake-super", odd + "/", store + "/");
        for (String name : names) {
            Files.delete(odd.resolve(name));
            Files.writeString(odd.resolve(name), "now a file");
        }
        Program.Run run =
                program.run(directory, "-ab", "--fake-super", "--backup-dir=" + backups, odd + "/", store + "/");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, String> kept = AttributeSnapshot.of(backups);
        assertThat(kept.keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(kept.get("pipe")).startsWith("100640").contains(fake("10640"));
        assertThat(kept.get("link")).startsWith("100777").contains(fake("120777"));
        assertThat(kept.get("socket")).startsWith("100600").contains(fake("140600"));
    }

    private static String fake(String mode) {
        return HexFormat.of().formatHex(bytes(mode + " 0,0 "));
    }

    /** In a copy on one host each side has its own privileges: {@code -M} is for the other one, which here is the one that writes. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void aCopyHereFakesOnTheOtherSideAlone(Program program) throws Exception {
        program.assumeInstalled();
        Path file = source.resolve("owned");
        Files.writeString(file, "x");
        Files.setAttribute(file, "unix:uid", 12345);
        Path target = directory.resolve("target");
        Program.Run run = program.run(directory, "-a", "-M--fake-super", source + "/", target + "/");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.getAttribute(target.resolve("owned"), "unix:uid")).isEqualTo(Identity.effectiveUser());
        try (DirectoryHandle handle = DirectoryHandle.open(bytes(target.toString()))) {
            assertThat(ExtendedAttributes.of(handle, bytes("owned")).get(bytes("user.rsync.%stat")))
                    .hasValueSatisfying(
                            value -> assertThat(new String(value, ISO_8859_1)).endsWith(" 0,0 12345:0"));
        }
    }

    private void copy(Program client, Path shell, String from, String to) throws Exception {
        Program.Run run = client.run(directory, "-aAX", "-e", shell.toString(), "--rsync-path=x", from, to);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void accessTimesArrive(Pair pair) throws Exception {
        try (DirectoryHandle root = DirectoryHandle.open(bytes(source.toString()))) {
            root.setTimes(bytes("a"), 981_220_662, 0, 1_000_000_000, 0, false);
        }
        Path target = directory.resolve("target");
        run(pair, target, "-aUU");
        FileStatus status = new FileStatus();
        for (Path tree : List.of(source, target)) {
            try (DirectoryHandle root = DirectoryHandle.open(bytes(tree.toString()))) {
                root.status(bytes("a"), false, status);
                assertThat(status.atimeSeconds()).as(tree.toString()).isEqualTo(981_220_662);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void ownersAreMapped(Pair pair) throws Exception {
        Files.setAttribute(source.resolve("a"), "unix:uid", 4711);
        Files.setAttribute(source.resolve("b"), "unix:uid", 4800);
        Files.setAttribute(source.resolve("c"), "unix:gid", 4711);
        Path target = directory.resolve("target");
        run(pair, target, "-a", "--usermap=4711:12,4700-4899:13", "--groupmap=r*:14,*:15");
        assertThat(Files.getAttribute(target.resolve("a"), "unix:uid")).isEqualTo(12);
        assertThat(Files.getAttribute(target.resolve("b"), "unix:uid")).isEqualTo(13);
        assertThat(Files.getAttribute(target.resolve("b"), "unix:gid")).isEqualTo(14);
        assertThat(Files.getAttribute(target.resolve("c"), "unix:gid")).isEqualTo(15);
        assertThat(Files.getAttribute(target.resolve("c"), "unix:uid")).isEqualTo(0);
    }

    /** Whoever has become somebody is not mapped again, be it that names travel with the entries or after them. */
    @ParameterizedTest
    @MethodSource("pairs")
    void ownersAreMappedOnce(Pair pair) throws Exception {
        Files.setAttribute(source.resolve("a"), "unix:uid", 4711);
        for (String recursion : List.of("--inc-recursive", "--no-inc-recursive")) {
            Path target = directory.resolve("target" + recursion);
            run(pair, target, "-a", recursion, "--usermap=4711:12,12:13", "--groupmap=0:14,14:15");
            assertThat(Files.getAttribute(target.resolve("a"), "unix:uid"))
                    .as(recursion)
                    .isEqualTo(12);
            assertThat(Files.getAttribute(target.resolve("a"), "unix:gid"))
                    .as(recursion)
                    .isEqualTo(14);
        }
    }

    private Program.Run run(Pair pair, Path target, String... options) throws Exception {
        pair.server().assumeInstalled();
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "-e",
                RemoteShell.of(directory, pair.server(), "").toString(),
                "--rsync-path=x",
                source + "/",
                "host:" + target + "/"));
        Program.Run run = pair.client().run(directory, arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }
}
