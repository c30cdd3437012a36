package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a module's rules let a client read, write and delete: rsync's daemon and ours are asked the same with the same rules, chosen by a seed, and the
 * trees on both sides are compared afterwards. Each module has rules of its own, so a mistake in any of them shows as a file more or less.
 */
@NeedsRsync
class ModuleRulesIT {
    private static final int MODULES = 4;
    private static final int REQUESTS = 10;

    private static final List<String> TREE = List.of(
            "a",
            "top.o",
            "x",
            "dir/a",
            "dir/x",
            "dir/y.o",
            "dir/secret/x",
            "dir/deep/a",
            "secret/a",
            "secret/x",
            "secret/y.o",
            "secret/deep/a",
            "secret/deep/x",
            "other/secret",
            "other/a");
    private static final List<String> SOURCE = List.of(
            "a",
            "new.o",
            "x",
            "dir/a",
            "dir/new",
            "secret/new",
            "secret/x",
            "secret/deep/new",
            "other/secret",
            "more/secret/x");
    private static final List<String> PATTERNS = List.of(
            "/secret",
            "/secret/",
            "/secret/***",
            "/secret/**",
            "secret",
            "secret/",
            "*.o",
            "/dir/x",
            "dir/x",
            "x",
            "/dir/*",
            "deep",
            "deep/",
            "/secret/deep",
            "/secret/deep/",
            "dir/secret",
            "**/deep",
            "/x",
            "/other",
            "new*",
            "/dir/secret/x",
            "/se*t/x",
            "a",
            "/*/a",
            "/d*/");
    private static final List<String> PULLS = List.of(
            "@/",
            "@/secret",
            "@/secret/",
            "@/secret/x",
            "@/dir/secret/x",
            "@/*",
            "-R @/*/x",
            "@/dir/../secret/x",
            "@/secret/deep/",
            "-L @/",
            "@/dir/link/x",
            "@/dir/link/",
            "-R @/secret/deep/x",
            "-R @/dir/./secret/x",
            "-R --no-implied-dirs @/secret/deep/x",
            "-R @/secret/deep @/dir/x",
            "--files-from=@S/list @/",
            "--no-i-r @/",
            "--files-from=:/dir/list @/",
            "--files-from=:/secret/list @/",
            "@/s*/deep/*",
            "-d @/secret/",
            "-M--filter=._/secret/rules @/",
            "-M--exclude-from=/secret/rules @/",
            "-M--filter=:_rules @/",
            "--filter=:_rules @/",
            "-M--exclude=dir @/",
            "-F @/",
            "-m @/",
            "@/dir @/secret/deep");
    private static final List<String> PUSHES = List.of(
            "@S/ @/",
            "@S/x @/secret/new",
            "@S/x @/x",
            "@S/x @/secret/",
            "@S/x @/dir/",
            "@S/a @/top.o",
            "-R @S/./secret/new @/",
            "-R @S/./secret/deep/new @/dir/",
            "--delete @S/ @/",
            "--delete --delete-excluded @S/ @/",
            "--delete @S/secret/ @/secret/",
            "--delete @S/ @/dir/",
            "--delete-after --force @S/ @/",
            "--delete-before @S/dir @/",
            "--backup --backup-dir=/secret/kept @S/ @/",
            "--backup --backup-dir=kept @S/ @/",
            "--backup --suffix=.o @S/ @/",
            "--temp-dir=/secret @S/ @/",
            "--temp-dir=/dir @S/ @/",
            "--link-dest=/secret @S/ @/fresh/",
            "--link-dest=../secret @S/ @/",
            "--copy-dest=/secret/deep @S/dir/ @/fresh/",
            "--compare-dest=/dir @S/dir/ @/fresh/",
            "--partial-dir=secret @S/ @/",
            "--partial-dir=/secret @S/ @/",
            "--delay-updates @S/ @/",
            "--inplace @S/ @/",
            "--existing @S/ @/",
            "--files-from=@S/list --delete @S/ @/",
            "--delete -M--filter=P_kept @S/ @/",
            "--delete -M--exclude-from=/secret/rules @S/ @/",
            "--delete --filter=P_dir @S/ @/",
            "-R --no-implied-dirs @S/./secret/deep/new @/",
            "--mkpath @S/x @/secret/new/place/",
            "--remove-source-files @S/ @/",
            "-K @S/ @/",
            "--delete @S/other @S/more @/");

    @TempDir
    private Path directory;

    static Stream<Integer> seeds() {
        return Seeds.of(3);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bothLetTheSameThrough(int seed) throws Exception {
        Random random = new Random(seed);
        List<String> rules = new ArrayList<>();
        StringBuilder modules = new StringBuilder();
        for (int i = 0; i < MODULES; i++) {
            String some = rules(random);
            rules.add(some);
            modules.append("[m" + i + "]\npath = @HOME@/m" + i + "\nread only = no\n" + some);
        }
        List<String> differences = new ArrayList<>();
        int succeeded = 0;
        try (DaemonProcess real = DaemonProcess.start(Program.RSYNC, prepare("real"), modules.toString());
                DaemonProcess ours = DaemonProcess.start(Program.SLUICE, prepare("ours"), modules.toString())) {
            for (int i = 0; i < REQUESTS * MODULES; i++) {
                boolean pull = random.nextInt(5) < 2;
                String words = Seeds.pick(random, pull ? PULLS : PUSHES);
                int module = i % MODULES;
                Map<String, String> expected = ask(real, "real", module, words, pull);
                Map<String, String> actual = ask(ours, "ours", module, words, pull);
                succeeded += "true".equals(expected.get("succeeded")) ? 1 : 0;
                if (!actual.equals(expected)) {
                    differences.add(words + "\n" + rules.get(module) + difference(expected, actual));
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(succeeded).as("requests that say something").isBetween(REQUESTS, MODULES * REQUESTS - 1);
    }

    /** Cases in which the two once differed. */
    @ParameterizedTest
    @CsvSource({
        "exclude = /secret, @S/x @/secret/new, true",
        "exclude = /secret/, @S/x @/secret/new, false",
        "exclude = /secret/***, @S/x @/secret/new, false",
        "exclude = /dir/x, @S/x @/dir/, false",
        "exclude = /x, @S/x @/dir/, true",
        "exclude = /x, @S/x @/x, false",
        "exclude = /secret/***, -M--filter=._/secret/rules @/, true",
        "exclude = /secret/***, -M--exclude-from=/secret/rules @/, false",
        "exclude = /secret/***, --files-from=:/secret/list @/, false",
        "exclude = /nothing, --files-from=:/dir/list @/, true",
        "exclude = /nothing, -M--exclude-from=/secret/rules @/, true",
        "filter = .-_@HOME@/excluded - /x, @/, true",
        "filter = merge_./secret/rules, @/, true",
        "filter = :_rules, @/, true",
        "filter = ._@HOME@/nosuch, @/, false",
        "exclude = /nothing, --delete -M--filter=P_dir @S/other/ @/, true",
        "exclude = /secret, @/*/x, false"
    })
    void bothLetThrough(String rules, String words, boolean succeeds) throws Exception {
        String module = "[m0]\npath = @HOME@/m0\nread only = no\n" + rules + "\n";
        boolean pull = words.endsWith("@/") && !words.contains("@S/");
        try (DaemonProcess real = DaemonProcess.start(Program.RSYNC, prepare("real"), module);
                DaemonProcess ours = DaemonProcess.start(Program.SLUICE, prepare("ours"), module)) {
            Map<String, String> expected = ask(real, "real", 0, words, pull);
            assertThat(ask(ours, "ours", 0, words, pull)).isEqualTo(expected);
            assertThat(expected).containsEntry("succeeded", Boolean.toString(succeeds));
        }
    }

    private static String rules(Random random) {
        StringBuilder rules = new StringBuilder();
        int kind = random.nextInt(7);
        if (kind == 0 || kind == 1) {
            rules.append("filter =");
            for (int i = 0; i <= random.nextInt(4); i++) {
                rules.append(Seeds.pick(random, List.of(" - ", " + ", " - ", " P ", " R ", " S ", " -! ")));
                rules.append(Seeds.pick(random, PATTERNS));
            }
            rules.append('\n');
        }
        if (kind == 2 || kind == 1) {
            rules.append("include = " + several(random) + "\n");
        }
        if (kind == 6) {
            rules.append("include from = @HOME@/included\n");
        }
        if (kind == 5) {
            rules.append("exclude from = @HOME@/excluded\n");
        }
        if (kind != 0 && kind != 5) {
            rules.append("exclude = " + several(random) + (random.nextInt(6) == 0 ? " *" : "") + "\n");
        }
        return rules.toString();
    }

    private static String several(Random random) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            words.add((random.nextInt(8) == 0 ? "+ " : "") + Seeds.pick(random, PATTERNS));
        }
        return String.join(" ", words);
    }

    private Path prepare(String who) throws IOException {
        Path home = Files.createDirectories(directory.resolve(who));
        Files.writeString(home.resolve("included"), "/dir\n# no rule\n/dir/deep/\n");
        Files.writeString(home.resolve("excluded"), "/secret/\n+ x\n\n*.o\n/dir/secret\n");
        return home;
    }

    /** Asks on fresh trees, and returns what is there afterwards: in the module, in the source, and what came. */
    private Map<String, String> ask(DaemonProcess daemon, String who, int module, String words, boolean pull)
            throws Exception {
        Path home = directory.resolve(who);
        Path served = home.resolve("m" + module);
        Path source = home.resolve("source");
        Path got = home.resolve("got");
        for (Path tree : List.of(served, source, got)) {
            TreeRemoval.remove(tree);
        }
        make(served, TREE, "old");
        Files.createSymbolicLink(served.resolve("dir/link"), Path.of("../secret"));
        make(source, SOURCE, "new, and longer");
        Files.createDirectories(got);
        List<String> arguments = new ArrayList<>(List.of("-rltO", "--timeout=20"));
        for (String word : words.split(" ", -1)) {
            String value = word.startsWith("@/") ? daemon.url("m" + module + word.substring(1)) : word;
            arguments.add(value.replace("@S", source.toString()).replace('_', ' '));
        }
        if (pull) {
            arguments.add(got + "/");
        }
        Program.Run run = Program.RSYNC.run(home, arguments.toArray(String[]::new));
        Map<String, String> after = new TreeMap<>();
        for (Path tree : List.of(served, source, got)) {
            add(after, home, tree);
        }
        after.put("succeeded", Boolean.toString(run.exitCode() == 0));
        return after;
    }

    private static void make(Path root, List<String> files, String content) throws IOException {
        for (String name : files) {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content + " " + name);
        }
        Files.writeString(root.resolve("secret/rules"), "- dir\n");
        Files.writeString(root.resolve("dir/rules"), "- x\n");
        for (String list : List.of("list", "dir/list", "secret/list")) {
            Files.writeString(root.resolve(list), "dir/x\nsecret/x\nsecret/deep\nother\n");
        }
        LongAgo.set(root, FileTime.from(Instant.ofEpochSecond(1_000_000_000 + content.length())));
    }

    private static void add(Map<String, String> into, Path home, Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                String what = Files.isSymbolicLink(path)
                        ? "-> " + Files.readSymbolicLink(path)
                        : Files.isDirectory(path)
                                ? "directory"
                                : Files.readString(path) + " " + Files.getAttribute(path, "unix:nlink");
                into.put(home.relativize(path).toString(), what);
            }
        }
    }

    private static String difference(Map<String, String> expected, Map<String, String> actual) {
        List<String> lines = new ArrayList<>();
        expected.forEach((name, what) -> {
            if (!what.equals(actual.get(name))) {
                lines.add("rsync: " + name + " " + what + "; ours: " + actual.get(name));
            }
        });
        actual.forEach((name, what) -> {
            if (!expected.containsKey(name)) {
                lines.add("only ours: " + name + " " + what);
            }
        });
        return String.join("\n", lines);
    }
}
