package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.ExtendedAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hard links, access control lists and extended attributes of what is taken from another directory or put into one: rsync and Sluice start from the same
 * state, and must print the same, and leave the same names of the same files with the same attributes. The state has names that agree in everything, in
 * the content alone, and in nothing.
 */
class ElsewhereIT {
    private static final FileTime OLD = FileTime.from(Instant.ofEpochSecond(1_400_000_000));
    private static final String LIST = "system.posix_acl_access";
    private static final String LONG = "a value that does not travel with the list, as it is long";

    @TempDir
    private Path directory;

    @BeforeEach
    void needsRsyncAndLists() throws IOException {
        Program.RSYNC.assumeInstalled();
        Path probe = Files.writeString(directory.resolve("probe"), "");
        Assumptions.assumeTrue(set(probe, LIST, list(33)), "left out: no access control lists here");
        Assumptions.assumeTrue(set(probe, "user.x", new byte[1]), "left out: no extended attributes here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-aHAXi --link-dest=../other",
                "-aHAXii --link-dest=../other --link-dest=../third --no-i-r",
                "-aHAni --link-dest=../other --no-i-r",
                "-aHAnii --link-dest=../other",
                "-aHnii --link-dest=../third --link-dest=../other",
                "-aHAXvv --link-dest=../third",
                "-aHAXi --copy-dest=../other",
                "-aHAXii --copy-dest=../third --no-i-r",
                "-aHAXi --compare-dest=../fourth --no-i-r",
                "-aHi --compare-dest=../fourth --no-i-r",
            })
    void bothLeaveAndPrintTheSame(String options) throws Exception {
        Outcome expected = run(Program.RSYNC, options);
        Outcome actual = run(Program.SLUICE, options);
        assertThat(expected.lines()).hasSizeGreaterThan(2);
        assertThat(actual.left()).isEqualTo(expected.left());
        assertThat(actual.exitCode()).isEqualTo(expected.exitCode());
        assertThat(actual.lines()).containsExactlyInAnyOrderElementsOf(expected.lines());
    }

    /** What only stands for a device here is one in another directory too. */
    @Test
    void devicesThatFilesStandForAreLinked() throws Exception {
        Map<Program, Outcome> outcomes = new EnumMap<>(Program.class);
        for (Program program : Program.values()) {
            Path base = Files.createDirectories(directory.resolve(program.name()));
            for (String tree : List.of("source", "other")) {
                write(base.resolve(tree).resolve("device"), "");
                Files.setLastModifiedTime(base.resolve(tree).resolve("device"), OLD);
                Files.setLastModifiedTime(base.resolve(tree), OLD);
                set(base.resolve(tree).resolve("device"), "user.rsync.%stat", "20644 41,67 0:0".getBytes(ISO_8859_1));
            }
            Program.Run run = program.run(
                    base, "-aii", "--fake-super", "--link-dest=../other", base + "/source/", base + "/target/");
            assertThat(Files.isSameFile(base.resolve("other/device"), base.resolve("target/device")))
                    .isTrue();
            outcomes.put(program, new Outcome(run.exitCode(), withoutBase(run, base), Map.of()));
        }
        assertThat(Objects.requireNonNull(outcomes.get(Program.RSYNC)).lines()).contains("hD          device");
        assertThat(outcomes.get(Program.SLUICE)).isEqualTo(outcomes.get(Program.RSYNC));
    }

    private static List<String> withoutBase(Program.Run run, Path base) {
        return run.lines().stream()
                .map(line -> line.replace(base.toString(), ""))
                .toList();
    }

    /** A backup that is a copy (as the file is changed in place, or the backups are on another file system) is as good as one that is a link. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--inplace --suffix=.old",
                "--inplace --backup-dir=@/kept",
                "--suffix=.old",
                "--backup-dir=@/kept"
            })
    void backupsKeepEverything(String options) throws Exception {
        fill(directory);
        Map<String, String> before = snapshot(directory);
        List<String> arguments = new ArrayList<>(List.of("-aAX", "--no-W", "--backup"));
        arguments.addAll(List.of(options.replace("@", directory.toString()).split(" ")));
        arguments.add(directory + "/source/");
        arguments.add(directory + "/target/");
        Program.Run run = Program.SLUICE.run(directory, arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, String> after = snapshot(directory);
        String kept = options.contains("dir") ? "kept/c" : "target/c.old";
        assertThat(after.get("target/c")).startsWith("33188").contains("as it is now");
        assertThat(withoutName(after.get(kept)))
                .isEqualTo(withoutName(before.get("target/c")))
                .contains("posix_acl", "user.long");
    }

    private static String withoutName(@Nullable String entry) {
        return Objects.requireNonNull(entry).replaceFirst(" = .*", "");
    }

    private record Outcome(int exitCode, List<String> lines, Map<String, String> left) {}

    private Outcome run(Program program, String options) throws IOException, InterruptedException {
        Path base = Files.createDirectory(directory.resolve(program.name()));
        Files.createDirectory(base.resolve("target"));
        fill(base);
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.add(base + "/source/");
        arguments.add(base + "/target/");
        Program.Run run = program.run(base, arguments.toArray(String[]::new));
        List<String> lines = run.lines().stream()
                .filter(line -> !line.matches("(sent|total|sending|delta-trans|building).*|"))
                .toList();
        return new Outcome(run.exitCode(), lines, snapshot(base));
    }

    /** One file has the names a, d/a and z, another one b and d/b; x and d/y have lists and values. */
    private static void fill(Path base) throws IOException {
        for (String tree : List.of("source", "other", "third")) {
            Path root = base.resolve(tree);
            boolean source = tree.equals("source");
            write(root.resolve("a"), "one file");
            write(root.resolve("d/b"), "another one");
            write(root.resolve("x"), "with a list");
            write(root.resolve("d/y"), "with a value");
            set(root.resolve("x"), LIST, list(33));
            if (source) {
                Files.createLink(root.resolve("d/a"), root.resolve("a"));
                Files.createLink(root.resolve("z"), root.resolve("a"));
                Files.createLink(root.resolve("b"), root.resolve("d/b"));
            }
        }
        write(base.resolve("other/d/a"), "one file");
        Files.createLink(base.resolve("third/d/a"), base.resolve("third/a"));
        write(base.resolve("other/b"), "another one");
        Files.setPosixFilePermissions(base.resolve("other/b"), PosixFilePermissions.fromString("rw-------"));
        write(base.resolve("third/z"), "another content");
        write(base.resolve("fourth/a"), "one file");
        write(base.resolve("fourth/b"), "another one");
        Files.setPosixFilePermissions(base.resolve("fourth/b"), PosixFilePermissions.fromString("rw-------"));
        write(base.resolve("fourth/x"), "with a list");
        set(base.resolve("fourth/x"), LIST, list(33));
        for (String tree : List.of("source", "other")) {
            set(base.resolve(tree).resolve("d/y"), "user.long", LONG.getBytes(ISO_8859_1));
            set(base.resolve(tree).resolve("d"), "user.long", LONG.getBytes(ISO_8859_1));
        }
        set(base.resolve("third/x"), LIST, list(44));
        set(base.resolve("third/x"), "user.more", new byte[] {1});
        write(base.resolve("target/c"), "c as it was");
        set(base.resolve("target/c"), LIST, list(55));
        set(base.resolve("target/c"), "user.long", (LONG + LONG).getBytes(ISO_8859_1));
        write(base.resolve("source/c"), "c as it is now");
        try (Stream<Path> all = Files.walk(base)) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, OLD);
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** The kernel's form of {@code u::rw,u:ID:r,g::r,m::r,o::r}. */
    private static byte[] list(int id) {
        return HexFormat.of()
                .parseHex("02000000" + "01000600ffffffff" + "02000400%02x000000".formatted(id) + "04000400ffffffff"
                        + "10000400ffffffff" + "20000400ffffffff");
    }

    private static boolean set(Path file, String attribute, byte[] value) throws IOException {
        byte[] parent = Objects.requireNonNull(file.getParent()).toString().getBytes(ISO_8859_1);
        byte[] name = Objects.requireNonNull(file.getFileName()).toString().getBytes(ISO_8859_1);
        try (DirectoryHandle place = DirectoryHandle.open(parent)) {
            ExtendedAttributes.of(place, name).set(attribute.getBytes(ISO_8859_1), value, ExtendedAttributes.SET);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Mode, time of files, content, attributes, and the first name of the same file. */
    private static Map<String, String> snapshot(Path base) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        Map<Object, String> firstNames = new TreeMap<>();
        try (Stream<Path> all = Files.walk(base);
                DirectoryHandle root = DirectoryHandle.open(base.toString().getBytes(ISO_8859_1))) {
            for (Path path : all.filter(each -> !each.equals(base)).sorted().toList()) {
                String name = base.relativize(path).toString();
                Map<String, Object> status = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
                Map<String, String> attributes = new TreeMap<>();
                ExtendedAttributes file = ExtendedAttributes.of(root, name.getBytes(ISO_8859_1));
                for (byte[] attribute : file.names()) {
                    byte[] value = file.get(attribute).orElseThrow();
                    attributes.put(
                            new String(attribute, ISO_8859_1), HexFormat.of().formatHex(value));
                }
                String text = status.get("mode") + " " + attributes;
                if (Files.isRegularFile(path)) {
                    Object inode = Objects.requireNonNull(status.get("ino"));
                    text += " " + Files.readString(path) + " " + status.get("lastModifiedTime") + " = "
                            + firstNames.computeIfAbsent(inode, key -> name);
                }
                entries.put(name, text);
            }
        }
        return entries;
    }
}
