package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules and rule files chosen by a seed, over a source and a destination that differ: both programs would transfer and delete the same, or refuse the same. */
@NeedsRsync
class RuleSetsIT {
    private static final int RUNS = 6;

    private static final List<String> DIRECTORIES =
            List.of("s", "s/a", "s/a/b", "s/a/b/c", "s/d", "s/d/a", "t", "t/a", "t/a/b", "t/d", "t/old", "t/old/b");
    private static final List<String> NAMES = List.of("f", "g.o", "core", "x.c", "b~");
    private static final List<String> PATTERNS = List.of(
            "f", "*.o", "/a", "a/", "b", "/a/b", "b/*", "**/c", "a/**", "/d/***", "x.?", "[fg]*", "core", "*~", "/old",
            "old/", "d/a", "*/f", "/*/f", "*");
    private static final List<String> RULES = List.of(
            "-",
            "+",
            "H",
            "S",
            "P",
            "R",
            "-p",
            "-s",
            "-r",
            "+s",
            "-!",
            "-/",
            "exclude,",
            "include,",
            "hide,",
            "protect,",
            "-x");
    private static final List<String> MERGES = List.of(
            ": .r",
            ":n .r",
            ":e .r",
            ":w .w",
            ":- .p",
            ":+ .p",
            ":C",
            ":en .r",
            ":s .q",
            ":r .q",
            ":p .r",
            ":/ .r",
            ": /.r",
            ":w- .p",
            ". s/.r",
            ".- s/.p",
            ".w s/.w",
            ".+ s/.p",
            ".C s/.p",
            ".e s/.r",
            ":-n .p",
            ": /.p",
            ":,n- .p",
            "dir-merge,e- .p");
    private static final List<String> OPTIONS = List.of(
            "--delete",
            "--delete",
            "--delete-excluded",
            "--delete-after",
            "--delete-before",
            "-m",
            "-m",
            "-C",
            "-F",
            "-FF",
            "--no-i-r",
            "--no-i-r",
            "-R",
            "--files-from=list",
            "--exclude-from=s/.p",
            "--include-from=s/.p",
            "--existing",
            "--force");

    @TempDir
    private Path directory;

    static Stream<Integer> seeds() {
        return Seeds.of(6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bothChooseTheSame(int seed) throws Exception {
        Random random = new Random(seed);
        makeTrees(random);
        List<String> differences = new ArrayList<>();
        int chosen = 0;
        for (int i = 0; i < RUNS; i++) {
            String[] arguments = arguments(random).toArray(String[]::new);
            Program.Run expected = Program.RSYNC.run(directory, arguments);
            Program.Run actual = Program.SLUICE.run(directory, arguments);
            List<String> wanted = expected.lines().stream().sorted().toList();
            List<String> got = actual.lines().stream().sorted().toList();
            chosen += wanted.size();
            if (!got.equals(wanted) || actual.exitCode() != expected.exitCode()) {
                differences.add(String.join(" ", arguments) + "\nrsync " + expected.exitCode() + " "
                        + without(wanted, got) + expected.err() + "\nours " + actual.exitCode() + " "
                        + without(got, wanted) + actual.err() + ruleFiles());
            }
        }
        assertThat(differences).isEmpty();
        assertThat(chosen).as("lines that could differ").isPositive();
    }

    private static List<String> arguments(Random random) {
        List<String> arguments = new ArrayList<>(List.of("-rin"));
        for (int i = random.nextInt(4); i > 0; i--) {
            arguments.add(Seeds.pick(random, OPTIONS));
        }
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            String rule = random.nextBoolean() ? Seeds.pick(random, MERGES) : rule(random);
            arguments.add("--filter=" + rule);
        }
        boolean listed = arguments.contains("--files-from=list");
        arguments.add(listed || random.nextInt(3) > 0 ? "s/" : "s");
        arguments.add(random.nextInt(8) == 0 ? "t/a/" : "t/");
        return arguments;
    }

    private static String rule(Random random) {
        String prefix = Seeds.pick(random, RULES);
        return prefix + " " + Seeds.pick(random, PATTERNS);
    }

    private void makeTrees(Random random) throws IOException {
        for (String parent : DIRECTORIES) {
            Path at = Files.createDirectories(directory.resolve(parent));
            for (String name : NAMES) {
                if (random.nextInt(4) > 0) {
                    Files.writeString(at.resolve(name), parent);
                }
            }
            write(
                    random,
                    at.resolve(".r"),
                    () -> random.nextInt(9) == 0
                            ? Seeds.pick(random, List.of("!", ": .p", ":n .q", ".- ./.p", ": .w2"))
                            : rule(random));
            write(
                    random,
                    at.resolve(".q"),
                    () -> Seeds.pick(random, List.of("- ", "+ ")) + Seeds.pick(random, PATTERNS));
            write(random, at.resolve(".p"), () -> Seeds.pick(random, PATTERNS));
            write(
                    random,
                    at.resolve(".w"),
                    () -> Seeds.pick(random, List.of("-", "+", "P")) + "_" + Seeds.pick(random, PATTERNS) + " -_f");
            write(random, at.resolve(".cvsignore"), () -> Seeds.pick(random, List.of("f b", "!", "*.c", "core a")));
            write(random, at.resolve(".rsync-filter"), () -> rule(random));
        }
        for (String always : List.of("s/.p", "s/.r", "s/.w")) {
            if (!Files.exists(directory.resolve(always))) {
                Files.writeString(directory.resolve(always), "");
            }
        }
        Files.writeString(directory.resolve("list"), "a/f\nd\na/b/\ncore\n");
        LongAgo.set(directory);
    }

    private interface Lines {
        String next();
    }

    private static void write(Random random, Path file, Lines lines) throws IOException {
        if (random.nextInt(3) > 0) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            text.append(lines.next()).append('\n');
        }
        Files.writeString(file, text);
    }

    private static List<String> without(List<String> lines, List<String> others) {
        return lines.stream().filter(line -> !others.contains(line)).toList();
    }

    private String ruleFiles() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted().toList()) {
                if (Files.isRegularFile(path) && path.getFileName().toString().startsWith(".")) {
                    text.append(directory.relativize(path) + ": "
                            + Files.readString(path).replace("\n", " | ") + "\n");
                }
            }
        }
        return text.toString();
    }
}
