package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code --iconv} between both programs in both directions: a tree with names in UTF-8 arrives with names in Latin 1, where they sort differently, so that
 * an index that is counted in the wrong order would fetch another file's content. Trees are made and read by programs that know no charsets.
 */
class IconvIT {
    private static final String MODULES = """
            [latin]
            path = @HOME@/..
            charset = iso88591
            munge symlinks = no
            read only = no
            [bytes]
            path = @HOME@/..
            read only = no
            [must]
            path = @HOME@/..
            charset = iso88591
            refuse options = no-iconv
            """;

    /** File names hold their path as content. */
    private static final List<String> FILES =
            List.of("plain", "z", "ä", "ÿ", "é/z", "é/ä", "é/ÿ/þ", "zz/ñ", "zz/a", "ÿ~/~", "ÿ~/ö b", "b/é", "b/z", "ß");

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private Path shell;

    static Stream<Pairing> pairings() {
        return Pairing.all();
    }

    static Stream<Pairing> pairingsOfOurClient() {
        return Pairing.all().filter(pairing -> pairing.client() == Program.SLUICE);
    }

    static Stream<Arguments> pairingsAndOptions() {
        return Stream.of(
                        "-aH",
                        "-aH --no-inc-recursive",
                        "-aHc --protocol=30",
                        "-rlt --protocol=29",
                        "-a --delete-delay")
                .flatMap(options -> Pairing.all().map(pairing -> Arguments.of(options, pairing)));
    }

    @BeforeEach
    void makeFiles() throws Exception {
        shell = directory.resolve("shell");
        Files.writeString(shell, "#!/bin/sh\nwhile [ \"$1\" != host ]; do shift; done\nshift\neval \"$@\"\n");
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
        StringBuilder script = new StringBuilder("set -e\nmkdir source\ncd source\n");
        for (String file : FILES) {
            script.append("mkdir -p \"$(dirname '")
                    .append(file)
                    .append("')\"; printf '%s' '")
                    .append(file);
            script.append("' > '").append(file).append("'\n");
        }
        script.append("ln 'ä' 'é/hard'\nln 'ä' 'b/härd'\nln -s 'é/ÿ' link\n");
        script.append("find . -exec touch -h -d 2001-02-03 {} +\n");
        script(script.toString());
    }

    private String script(String text) throws Exception {
        Path file = directory.resolve("script");
        Files.write(file, text.getBytes(UTF_8));
        Program.Run run = Processes.run(List.of("/bin/sh", file.toString()), directory);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    /** Names, kinds, links and contents, as bytes. */
    private List<String> tree(String name) throws Exception {
        return script(
                        "cd " + name
                                + "; find . -printf '%P %y %n %l\\n'; find . -type f -printf '%P: ' -exec cat {} \\; -printf '\\n'")
                .lines()
                .sorted()
                .toList();
    }

    /** The source as it looks with names in Latin 1 and contents in UTF-8; {@code links}: targets too. */
    private List<String> converted(boolean links) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String line : tree("source")) {
            int content = line.indexOf(": ");
            String name = content < 0 ? line : line.substring(0, content);
            int target = name.indexOf(" l 1 ");
            String kept = target < 0 || links ? "" : name.substring(target + 5);
            String changed = target < 0 || links ? name : name.substring(0, target + 5);
            String latin = new String(changed.getBytes(ISO_8859_1), UTF_8);
            lines.add(latin + kept + (content < 0 ? "" : line.substring(content)));
        }
        return lines.stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("pairingsAndOptions")
    void namesAreConvertedOverARemoteShell(String options, Pairing pairing) throws Exception {
        boolean hard = options.contains("H");
        if (!hard) {
            script("rm 'source/é/hard' 'source/b/härd'; find source -exec touch -h -d 2001-02-03 {} +");
        }
        script("mkdir target; echo extra > target/extra");
        List<String> words = new ArrayList<>(List.of(options.split(" ")));
        words.addAll(List.of("-i", "--delete", pairing.push() ? "--iconv=utf8,iso88591" : "--iconv=latin1,utf8"));
        words.addAll(List.of("-e", shell.toString(), peerProgram(pairing)));
        words.add((pairing.push() ? "" : "host:") + directory + "/source/");
        words.add((pairing.push() ? "host:" : "") + directory + "/target/");
        Program.Run run = run(pairing, words);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(tree("target")).isEqualTo(converted(!options.contains("29")));
        if (!options.contains("29")) { // without conversion of targets the symlink has another one each time
            assertThat(run(pairing, words).lines())
                    .as("a second run finds everything")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void aModuleHasItsOwnCharset(Pairing pairing) throws Exception {
        copyToAndFromLatin(pairing);
    }

    /** Each of several connections names its part of the tree, which has to be converted too. */
    @ParameterizedTest
    @MethodSource("pairingsOfOurClient")
    void severalConnectionsConvertAlike(Pairing pairing) throws Exception {
        copyToAndFromLatin(pairing, "--connections=3");
    }

    private void copyToAndFromLatin(Pairing pairing, String... more) throws Exception {
        try (DaemonProcess daemon = daemon(pairing)) {
            if (!pairing.push()) {
                script("mkdir latin");
                Program.SLUICE.run(directory, "-a", "--iconv=utf8,latin1", "source/", "latin/");
            }
            String from = pairing.push() ? directory + "/source/" : daemon.url("latin/latin/");
            String to = pairing.push() ? daemon.url("latin/target/") : directory + "/target/";
            List<String> words = new ArrayList<>(List.of("-aH", "--iconv=utf8,whatever", from, to));
            words.addAll(List.of(more));
            Program.Run run = run(pairing, words);
            assertThat(run.exitCode()).as(run.err()).isZero();
            List<String> expected = pairing.push() ? converted(true) : tree("source");
            assertThat(withoutLinkCounts(tree("target"))).isEqualTo(withoutLinkCounts(expected));
        }
    }

    private static List<String> withoutLinkCounts(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst(" f [0-9] ", " f "))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void secludedArgumentsAndListsAreConverted(Pairing pairing) throws Exception {
        script("printf '%s\\n' 'é/ÿ/þ' 'ß' > list");
        if (!pairing.push()) {
            script("mkdir latin");
            Program.SLUICE.run(directory, "-a", "--iconv=utf8,latin1", "source/", "latin/");
        }
        List<String> words = new ArrayList<>(List.of("-rts", "--iconv=utf8,latin1", "--files-from=list"));
        words.addAll(List.of("-e", shell.toString(), peerProgram(pairing)));
        words.add(pairing.push() ? "source/" : "host:" + directory + "/latin/");
        words.add(pairing.push() ? "host:" + directory + "/zi\u00e9l/" : "zi\u00e9l/");
        Program.Run run = run(pairing, words);
        assertThat(run.exitCode()).as(run.err()).isZero();
        String target = pairing.push() ? "\"$(printf 'zi\\351l')\"" : "'zi\u00e9l'";
        String found = script("cd " + target + "; find . -type f");
        String expected = pairing.push() ? "./é/ÿ/þ\n./ß\n" : new String("./é/ÿ/þ\n./ß\n".getBytes(UTF_8), ISO_8859_1);
        assertThat(found.lines())
                .containsExactlyInAnyOrderElementsOf(expected.lines().toList());
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void whatTheSenderCannotNameIsSkippedAndNothingIsDeleted(Pairing pairing) throws Exception {
        script("printf x > \"source/$(printf 'bad\\377')\"; mkdir target; echo extra > target/extra");
        List<String> words = new ArrayList<>(List.of("-rlt", "--delete", "--iconv=utf8,utf8", "--stderr=errors"));
        words.addAll(List.of("-e", shell.toString(), peerProgram(pairing)));
        words.add((pairing.push() ? "" : "host:") + directory + "/source/");
        words.add((pairing.push() ? "host:" : "") + directory + "/target/");
        Program.Run run = run(pairing, words);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(23);
        assertThat(run.err())
                .contains("[sender] cannot convert filename: bad")
                .contains(" (Invalid or incomplete multibyte or wide character)");
        assertThat(directory.resolve("target/plain")).exists();
        assertThat(directory.resolve("target/extra")).as("nothing is deleted").exists();
    }

    /** rsync as receiver ends the transfer for a directory, and as a client for any name; so only our receiver is asked. */
    @ParameterizedTest
    @MethodSource("pairings")
    void whatTheReceiverCannotNameIsSkippedAndNothingIsDeleted(Pairing pairing) throws Exception {
        if (pairing.receiver() == Program.RSYNC) {
            return;
        }
        script(
                "mkdir -p 'source/d\u20ac/sub'; printf x > 'source/d\u20ac/sub/f'; printf x > 'source/\u20ac'; ln -s '\u20ac' source/l2;"
                        + " mkdir target; echo extra > target/extra");
        List<String> words = new ArrayList<>(
                List.of("-rlt", "--delete", pairing.push() ? "--iconv=utf8,latin1" : "--iconv=latin1,utf8"));
        words.addAll(List.of("-e", shell.toString(), peerProgram(pairing)));
        words.add((pairing.push() ? "" : "host:") + directory + "/source/");
        words.add((pairing.push() ? "host:" : "") + directory + "/target/");
        Program.Run run = run(pairing, words);
        assertThat(run.err())
                .contains("[Receiver] cannot convert filename: ")
                .contains("[Receiver] cannot convert symlink data for: ");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(23);
        assertThat(tree("target").stream().filter(line -> line.contains(": ")))
                .as("all that has a name, and what was there")
                .hasSize(FILES.size() + 3);
        assertThat(directory.resolve("target/extra")).exists();
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void aModuleWithoutCharsetRefusesConversion(Pairing pairing) throws Exception {
        try (DaemonProcess daemon = daemon(pairing)) {
            Program.Run refused = run(pairing, List.of("-r", "--iconv=utf8", daemon.url("bytes/")));
            assertThat(refused.err()).contains("The server is configured to refuse --iconv");
            Program.Run missed = run(pairing, List.of("-r", daemon.url("must/")));
            assertThat(missed.err()).contains("The server is configured to refuse --no-iconv");
            Program.Run listed = run(pairing, List.of("--iconv=utf8", daemon.url("must/")));
            assertThat(listed.exitCode()).as(listed.err()).isZero();
        }
    }

    private DaemonProcess daemon(Pairing pairing) throws IOException {
        pairing.client().assumeInstalled();
        return DaemonProcess.start(pairing.daemon(), directory.resolve("daemon"), MODULES);
    }

    private static String peerProgram(Pairing pairing) {
        return "--rsync-path=" + String.join(" ", pairing.daemon().rsync());
    }

    private Program.Run run(Pairing pairing, List<String> words) throws Exception {
        pairing.client().assumeInstalled();
        pairing.daemon().assumeInstalled();
        return pairing.client().run(directory, words.toArray(String[]::new));
    }
}
