package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code --json} over each kind of connection to a real rsync. What the events say is held against what rsync itself itemizes for the same trees, name by
 * name as bytes, so an event that is missing, doubled or misnamed fails.
 */
class EventsIT {
    private static final Pattern ITEM = Pattern.compile("([.<>ch*][^ ]{10}|\\*deleting  ) (.*)", Pattern.DOTALL);

    @TempDir
    private Path directory;

    private Path source;
    private Path target;

    /** How the peer is reached, and which way the files go. */
    enum Way {
        PUSH,
        PULL,
        SHELL_PUSH,
        SHELL_PULL,
        LOCAL
    }

    @BeforeEach
    void makeTrees() throws IOException {
        source = directory.resolve("source");
        target = directory.resolve("target");
        SampleTree.plain(source, 300, 1);
        SampleTree.odd(source.resolve("odd"), 2);
        Files.delete(source.resolve("odd/absolute")); // a daemon that is not in a chroot takes its slash away
        SampleTree.plain(target, 300, 1);
        SampleTree.edit(source, 300, 3);
        for (String edited :
                List.of("d0/e0", "d0/e1", "d0/e2", "odd", "")) { // rsync takes times within a second for equal
            Files.setLastModifiedTime(source.resolve(edited), FileTime.fromMillis(1_000_000_000_123L));
        }
        Files.createDirectories(target.resolve("extra/directory"));
        Files.writeString(target.resolve("extra/directory/one"), "1");
    }

    private List<String> operands(Way way, DaemonProcess daemon) throws IOException {
        String from = source + "/";
        String to = target + "/";
        return switch (way) {
            case PUSH -> List.of(from, daemon.url("target/"));
            case PULL -> List.of(daemon.url("source/"), to);
            case SHELL_PUSH -> List.of("-e", shell(), "--rsync-path=/usr/bin/rsync", from, "here:" + to);
            case SHELL_PULL -> List.of("-e", shell(), "--rsync-path=/usr/bin/rsync", "here:" + from, to);
            case LOCAL -> List.of(from, to);
        };
    }

    /** A remote shell that runs the command on this host. */
    private String shell() throws IOException {
        Path script = directory.resolve("shell");
        Files.writeString(script, "#!/bin/sh\nshift\nexec \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script.toString();
    }

    private DaemonProcess daemon() throws IOException {
        return DaemonProcess.start(
                Program.RSYNC,
                directory.resolve("daemon"),
                "[source]\npath = " + source + "\nmunge symlinks = no\n[target]\npath = " + target
                        + "\nread only = no\nmunge symlinks = no\n");
    }

    private Program.Run run(Program program, List<String> options, List<String> operands) throws Exception {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(operands);
        return program.run(directory, arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void eventsAreTheItemsOfRsync(Way way) throws Exception {
        try (DaemonProcess daemon = daemon()) {
            List<String> operands = operands(way, daemon);
            Program.Run expected = run(Program.RSYNC, List.of("-ain8", "--delete"), operands);
            Map<String, String> items = itemized(expected.out());
            assertThat(items).hasSizeGreaterThan(100);
            Program.Run dry = run(Program.SLUICE, List.of("-an", "--delete", "--json"), operands);
            assertThat(changes(dry)).isEqualTo(items);
            Program.Run real = run(Program.SLUICE, List.of("-a", "--delete", "--json", "--progress"), operands);
            assertThat(changes(real)).isEqualTo(items);
            assertThat(real.lines().getFirst()).startsWith("{\"event\":\"start\",\"schema\":1,");
            assertThat(real.lines().getLast()).startsWith("{\"event\":\"end\",\"exit_code\":0,");
            assertThat(of(real, "statistics")).hasSize(1);
            assertThat(of(real, "progress")).isNotEmpty();
            assertThat(real.err()).isEmpty();
            assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source));
        }
    }

    @Test
    void aListingHasEveryName() throws Exception {
        try (DaemonProcess daemon = daemon()) {
            Program.Run run =
                    run(Program.SLUICE, List.of("-a", "--list-only", "--json"), List.of(daemon.url("source/")));
            Map<String, String> names = new TreeMap<>();
            of(run, "file").forEach(line -> {
                assertThat(member(line, "action")).isEqualTo("list");
                names.put(path(line), "");
            });
            assertThat(names.keySet()).isEqualTo(TreeSnapshot.of(source).keySet());
        }
    }

    /** The daemon's complaint comes from the other end, ours from this one; both count. */
    @Test
    void errorsOfBothEndsAreEvents() throws Exception {
        Path wide = Files.createDirectories(directory.resolve("wide"));
        Files.writeString(wide.resolve("file"), "x");
        Files.createDirectories(target.resolve("file/in the way"));
        try (DaemonProcess daemon = daemon()) {
            Program.Run run = run(
                    Program.SLUICE,
                    List.of("-a", "--json"),
                    List.of(wide + "/", directory + "/missing", daemon.url("target/")));
            assertThat(run.exitCode()).isEqualTo(23);
            assertThat(of(run, "error"))
                    .anyMatch(line -> member(line, "origin").equals("local")
                            && member(line, "text").contains("missing"))
                    .anyMatch(line -> member(line, "origin").equals("peer")
                            && member(line, "text").contains("could not make way"));
            assertThat(run.lines().getLast()).startsWith("{\"event\":\"end\",\"exit_code\":23,");
            assertThat(run.err()).isEmpty();
        }
    }

    /** Lines of {@code -i}, by name; a name that holds a newline is escaped, so each is one line. */
    private static Map<String, String> itemized(String out) {
        Map<String, String> items = new TreeMap<>();
        out.lines().forEach(line -> {
            Matcher item = ITEM.matcher(line);
            if (item.matches()) {
                String name = item.group(2).replaceFirst(" (->|=>) .*", "").replaceFirst("/$", "");
                String previous = items.put(unescaped(name.isEmpty() ? "." : name), item.group(1));
                assertThat(previous).as(line).isNull();
            }
        });
        return items;
    }

    private static String unescaped(String name) {
        return Pattern.compile("\\\\#([0-7]{3})")
                .matcher(name)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 8))));
    }

    private static Map<String, String> changes(Program.Run run) {
        assertThat(run.exitCode()).as(run.out()).isZero();
        Map<String, String> changes = new TreeMap<>();
        for (String line : of(run, "file")) {
            assertThat(changes.put(path(line), member(line, "change"))).as(line).isNull();
        }
        for (String line : of(run, "deletion")) {
            assertThat(changes.put(path(line), "*deleting  ")).as(line).isNull();
        }
        return changes;
    }

    private static List<String> of(Program.Run run, String event) {
        Stream<String> lines = run.out().lines();
        return lines.filter(line -> line.startsWith("{\"event\":\"" + event + "\","))
                .toList();
    }

    /** The exact bytes of an event's path, a character each. */
    private static String path(String line) {
        String exact = member(line, "path_base64");
        return exact.isEmpty()
                ? member(line, "path")
                : new String(Base64.getDecoder().decode(exact), StandardCharsets.ISO_8859_1);
    }

    /** A member's text without its escapes; output was read a character per byte. */
    private static String member(String line, String name) {
        Matcher found =
                Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(line);
        return found.find() ? unquoted(found.group(1)) : "";
    }

    private static String unquoted(String text) {
        String code = Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(text)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
        return code.equals(text) ? text.translateEscapes() : code;
    }
}
