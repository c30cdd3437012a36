package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Directories that an ordinary user may not read, enter or write to, and that are to go: rsync and Sluice must tell, remove and leave the same. Those that are
 * empty go, those of our own are made writable; what holds something stays.
 */
@NeedsRsync
class RemovalIT {
    /** Of the destination, with permissions; those that end with {@code +} hold a file and a directory, those with {@code *} are somebody else's. */
    private static final List<String> DIRECTORIES = List.of(
            "closed 000",
            "closed-full+ 000",
            "outer/closed 000",
            "read-only+ 555",
            "unentered+ 600",
            "others* 700",
            "others-full+* 700",
            "file-closed 000",
            "file-closed-full+ 000",
            "file-read-only+ 555",
            "file-unentered+ 111",
            "file-others+* 555",
            "link-read-only+ 555",
            "both/old+ 755");

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private record Outcome(int exitCode, List<String> lines, Map<String, String> left) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-rlti",
                "-rlti --delete",
                "-rlti --delete --ignore-errors",
                "-rlti --delete --no-i-r",
                "-rlti --delete-after",
                "-rlti --delete-delay",
                "-rlti --delete --protocol=29",
                "-rlti --delete --debug=del3",
                "-rlti --force",
                "-rltni --delete"
            })
    void bothRemoveAndTellTheSame(String options) throws Exception {
        OrdinaryUser.letIn(directory);
        Outcome expected = run(Program.RSYNC, options);
        Outcome actual = run(Program.SLUICE, options);
        assertThat(actual.left()).isEqualTo(expected.left());
        assertThat(actual.lines()).containsExactlyInAnyOrderElementsOf(expected.lines());
        assertThat(actual.exitCode()).isEqualTo(expected.exitCode()).isEqualTo(23);
        assertThat(actual.left().containsKey("closed")).isEqualTo(!options.matches("-rlti --delete(?!-after).*"));
        assertThat(actual.left()).containsKeys("closed-full", "closed-full/file", "link-read-only/file");
    }

    private Outcome run(Program program, String options) throws Exception {
        Path base = make(Files.createDirectory(directory.resolve(program.toString())));
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of(base + "/source/", base + "/target/"));
        Program.Run run = OrdinaryUser.run(program, base, arguments);
        List<String> lines = Stream.concat(run.lines().stream(), run.err().lines())
                .map(line -> line.replace(base.toString(), "").replaceFirst("at [^ ]*\\(\\d+\\) \\[.*", ""))
                .toList();
        return new Outcome(run.exitCode(), lines, left(base.resolve("target")));
    }

    private static Path make(Path base) throws IOException {
        Path source = Files.createDirectory(base.resolve("source"));
        Files.createDirectory(source.resolve("both"));
        Path target = Files.createDirectory(base.resolve("target"));
        for (String each : DIRECTORIES) {
            Path path = Files.createDirectories(target.resolve(name(each)));
            if (each.contains("+")) {
                Files.writeString(path.resolve("file"), "old");
                Files.createDirectory(path.resolve("sub"));
            }
            if (each.startsWith("file-")) {
                Files.writeString(source.resolve(name(each)), "new");
            }
        }
        Files.createSymbolicLink(source.resolve("link-read-only"), Path.of("both"));
        LongAgo.set(base);
        OrdinaryUser.give(base);
        for (String each : DIRECTORIES) {
            Path path = target.resolve(name(each));
            if (each.contains("*")) {
                OrdinaryUser.giveAway(path);
            }
            Files.setAttribute(path, "unix:mode", Integer.parseInt(each.substring(each.indexOf(' ') + 1), 8));
        }
        return base;
    }

    private static String name(String words) {
        return words.replaceFirst("[+*]* .*", "");
    }

    /** Type and permissions of all that is left; afterwards, anybody can remove it. */
    private static Map<String, String> left(Path target) throws IOException {
        Map<String, String> left = new TreeMap<>();
        look(target, target, left);
        return left;
    }

    private static void look(Path root, Path path, Map<String, String> left) throws IOException {
        Object mode = Objects.requireNonNull(Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS));
        left.put(root.relativize(path).toString(), Integer.toOctalString((Integer) mode));
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.setAttribute(path, "unix:mode", 0755);
            try (Stream<Path> content = Files.list(path)) {
                for (Path each : content.toList()) {
                    look(root, each, left);
                }
            }
        }
    }
}
