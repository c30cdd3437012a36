package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files with many names in many directories, of which other directories have all, some or none, as one file or as several, equal or not: rsync and Sluice
 * start from the same random state (each case names its seed) and must print the same, and leave the same names of the same files.
 */
@NeedsRsync
class LinkGroupsIT {
    private static final FileTime OLD = FileTime.from(Instant.ofEpochSecond(1_400_000_000));
    private static final FileTime NEWER = FileTime.from(Instant.ofEpochSecond(1_400_000_100));
    private static final List<String> DIRECTORIES = List.of("", "a/", "a/b/", "c/", "d/e/", "f/");
    private static final int GROUPS = 8;
    private static final int MOST_RUNS = 6;
    /** What comes before a name: eleven letters and a space. */
    private static final int ITEM_WIDTH = 12;

    @TempDir
    private Path directory;

    static Stream<Arguments> cases() {
        List<Arguments> all = new ArrayList<>();
        List<String> sets = List.of(
                "-aHi --link-dest=../alt1",
                "-aHii --link-dest=../alt1 --link-dest=../alt2",
                "-aHvv --link-dest=../alt1 --no-i-r",
                "-aHi --link-dest=../alt2 --protocol=29",
                "-aHii --copy-dest=../alt1 --protocol=30",
                "-aHivv --link-dest=../alt1 --link-dest=../alt2 --protocol=31 --delete",
                "-aHni --link-dest=../alt1 --no-i-r",
                "-aHci --copy-dest=../alt1 --copy-dest=../alt2");
        for (int seed = 0; seed < sets.size(); seed++) {
            boolean pulls = seed % 2 == 0;
            Pairing pairing = pulls
                    ? new Pairing(Program.SLUICE, Program.RSYNC, false)
                    : new Pairing(Program.RSYNC, Program.SLUICE, seed % 4 == 1);
            all.add(Arguments.of(sets.get(seed), seed, pairing));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bothLeaveAndPrintTheSame(String options, int seed, Pairing pairing) throws Exception {
        Outcome expected =
                run(options, base -> fill(base, new Random(seed)), pairing.push(), Program.RSYNC, Program.RSYNC);
        Outcome actual =
                run(options, base -> fill(base, new Random(seed)), pairing.push(), pairing.client(), pairing.daemon());
        assertThat(expected.left()).hasSizeGreaterThan(GROUPS);
        assertThat(actual.left()).isEqualTo(expected.left());
        assertThat(actual.lines()).containsExactlyInAnyOrderElementsOf(expected.lines());
        assertThat(actual.exitCode()).isEqualTo(expected.exitCode());
    }

    /** The first name is known to be the last of its file until more of the list is needed: it is asked for, though the other directory has the second. */
    @ParameterizedTest
    @CsvSource({"600, true", "600, false", "100, true"})
    void noMoreOfTheListDecidesThanIsNeeded(int files, boolean push) throws Exception {
        Filling filling = base -> {
            for (int i = 0; i < files; i++) {
                write(base.resolve("source/a/" + i), "file");
            }
            write(base.resolve("source/a/x"), "one file");
            Files.createDirectories(base.resolve("source/z"));
            Files.createLink(base.resolve("source/z/x"), base.resolve("source/a/x"));
            write(base.resolve("alt1/z/x"), "one file");
            Files.createDirectories(base.resolve("target"));
        };
        Program client = push ? Program.RSYNC : Program.SLUICE;
        Program daemon = push ? Program.SLUICE : Program.RSYNC;
        Outcome expected = run("-aHi --link-dest=../alt1", filling, push, Program.RSYNC, Program.RSYNC);
        Outcome actual = run("-aHi --link-dest=../alt1", filling, push, client, daemon);
        String asked = (push ? "<" : ">") + "f+++++++++ a/x";
        assertThat(expected.lines().contains(asked)).isEqualTo(files > 500);
        assertThat(actual.lines()).containsExactlyInAnyOrderElementsOf(expected.lines());
    }

    /**
     * Forty segments, files of one group in several of them, and an alternate directory that has some names: which of a group is asked for, and which waits
     * for it, is decided by how much of the list is known when its first name comes. The files are large, so that what becomes of a file does not overtake the
     * list in the buffers. It still may where one of the two processes gets no processor for long: then rsync's own lines are others from run to run. What is
     * left never is, and each name is told once; the lines are those of one of rsync's runs, of which there are more if the first has others.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manySegmentsAreKnownAsTheyAreNeeded(boolean push) throws Exception {
        Program client = push ? Program.RSYNC : Program.SLUICE;
        Program daemon = push ? Program.SLUICE : Program.RSYNC;
        String options = "-aHii --link-dest=../alt1";
        Outcome actual = run(options, LinkGroupsIT::fillSegments, push, client, daemon);
        Map<String, String> told = byName(actual.lines());
        assertThat(told).hasSizeGreaterThan(2000);
        List<Map<String, String>> ofRsync = new ArrayList<>();
        do {
            Outcome expected = run(options, LinkGroupsIT::fillSegments, push, Program.RSYNC, Program.RSYNC);
            assertThat(actual.left()).isEqualTo(expected.left());
            ofRsync.add(byName(expected.lines()));
        } while (!ofRsync.contains(told) && ofRsync.size() < MOST_RUNS);
        if (!ofRsync.contains(told)) {
            assertThat(told).isEqualTo(ofRsync.getFirst());
        }
    }

    /** What is told of each name, which must be once. */
    private static Map<String, String> byName(List<String> lines) {
        Map<String, String> told = new TreeMap<>();
        for (String line : lines) {
            String name = line.substring(ITEM_WIDTH).split(" => ", -1)[0];
            assertThat(told.put(name, line)).as(line).isNull();
        }
        return told;
    }

    private static void fillSegments(Path base) throws IOException {
        Random random = new Random(4);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 50; j++) {
                names.add("d%02d/f%02d".formatted(i, j));
                write(
                        base.resolve("source").resolve(names.getLast()),
                        "%d %d ".formatted(i, j).repeat(2000));
            }
        }
        for (int i = 0; i < 200; i++) {
            String to = "d%02d/%s%d".formatted(random.nextInt(40), random.nextBoolean() ? "a" : "m", i);
            Path source = base.resolve("source");
            Files.createLink(source.resolve(to), source.resolve(names.get(random.nextInt(names.size()))));
            names.add(to);
        }
        for (String name : names) {
            if (random.nextInt(10) > 1) {
                Path from = base.resolve("source").resolve(name);
                write(base.resolve("alt1").resolve(name), random.nextInt(5) == 0 ? "other" : Files.readString(from));
            }
        }
        Files.createDirectories(base.resolve("target"));
    }

    private interface Filling {
        void fill(Path base) throws IOException;
    }

    private record Outcome(int exitCode, List<String> lines, Map<String, String> left) {}

    private Outcome run(String options, Filling filling, boolean push, Program client, Program server)
            throws IOException, InterruptedException {
        Path base = Files.createTempDirectory(directory, client + "-" + server);
        filling.fill(base);
        LongAgo.setDirectories(base);
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        String module = "[all]\npath = " + base + "\nread only = no\n";
        try (DaemonProcess daemon =
                DaemonProcess.start(server, Files.createTempDirectory(directory, "daemon"), module)) {
            arguments.addAll(
                    push
                            ? List.of(base + "/source/", daemon.url("all/target/"))
                            : List.of(daemon.url("all/source/"), base + "/target/"));
            Program.Run run = client.run(base, arguments.toArray(String[]::new));
            List<String> lines = run.lines().stream()
                    .filter(line -> !line.matches("(sent|total|sending|receiving|delta-trans|opening|building) ?.*|"))
                    .map(line -> line.replaceAll("total: matches.*", ""))
                    .toList();
            return new Outcome(run.exitCode(), lines, snapshot(base.resolve("target")));
        }
    }

    private static void fill(Path base, Random random) throws IOException {
        for (String tree : List.of("source", "target", "alt1", "alt2")) {
            Files.createDirectories(base.resolve(tree));
        }
        int names = 0;
        for (int group = 0; group < GROUPS; group++) {
            List<String> members = new ArrayList<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                String where = DIRECTORIES.get(random.nextInt(DIRECTORIES.size()));
                members.add(where + (char) ('m' + random.nextInt(5)) + names++);
            }
            String content = "content " + group;
            for (String member : members) {
                add(base.resolve("source"), member, members.getFirst(), content);
            }
            for (String tree : List.of("alt1", "alt2", "target")) {
                copySome(base.resolve(tree), members, content, random);
            }
        }
        setTimes(base);
    }

    /** All names or some, as one file or as several, each as in the source or different in one respect. */
    private static void copySome(Path tree, List<String> members, String content, Random random) throws IOException {
        int share = random.nextInt(tree.endsWith("target") ? 6 : 3);
        if (share > 2) {
            return;
        }
        String first = "";
        for (String member : members) {
            if (share == 0 && random.nextBoolean()) {
                continue;
            }
            if (!first.isEmpty() && (share == 1 || random.nextInt(3) == 0)) {
                add(tree, member, first, content);
                continue;
            }
            int kind = random.nextInt(7);
            write(
                    tree.resolve(member),
                    kind == 0 ? "longer " + content : kind == 1 ? content.toUpperCase(Locale.ROOT) : content);
            if (kind == 2) {
                Files.setPosixFilePermissions(tree.resolve(member), PosixFilePermissions.fromString("rw-------"));
            }
            if (kind == 1 || kind == 3) {
                Files.setLastModifiedTime(tree.resolve(member), NEWER);
            }
            first = first.isEmpty() ? member : first;
        }
    }

    private static void add(Path tree, String name, String first, String content) throws IOException {
        if (name.equals(first)) {
            write(tree.resolve(name), content);
        } else {
            Files.createDirectories(Objects.requireNonNull(tree.resolve(name).getParent()));
            Files.createLink(tree.resolve(name), tree.resolve(first));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setLastModifiedTime(file, OLD);
    }

    private static void setTimes(Path base) throws IOException {
        try (Stream<Path> all = Files.walk(base)) {
            for (Path path : all.filter(Files::isDirectory).toList()) {
                Files.setLastModifiedTime(path, OLD);
            }
        }
    }

    /** Mode, time and content of files, and the first name of each. */
    private static Map<String, String> snapshot(Path root) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        Map<Object, String> firstNames = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted().toList()) {
                Map<String, Object> status = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
                String name = root.relativize(path).toString();
                String text = Integer.toOctalString((Integer) Objects.requireNonNull(status.get("mode")));
                if (Files.isRegularFile(path)) {
                    text += " " + Files.readString(path) + " " + status.get("lastModifiedTime") + " = "
                            + firstNames.computeIfAbsent(Objects.requireNonNull(status.get("ino")), key -> name);
                }
                entries.put(name, text);
            }
        }
        return entries;
    }
}
