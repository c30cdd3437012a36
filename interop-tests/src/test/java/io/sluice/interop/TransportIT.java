package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.linux.Identity;
import io.sluice.protocol.ExitCode;
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
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The ways to a peer that are no socket of its own, between both programs in both directions: a remote shell, a daemon behind one, and a daemon that the
 * client starts on a socket. What arrives is compared with what was sent, and names that a shell would take apart are among it.
 */
class TransportIT {
    private static final int SOME = 50;

    @TempDir
    private Path directory;

    private Path source;
    private Path target;
    private Path shell;
    private Path configuration;

    static Stream<Pairing> pairings() {
        return Pairing.all();
    }

    static Stream<Pairing> pushes() {
        return Pairing.all().filter(Pairing::push);
    }

    static Stream<Pairing> pulls() {
        return Pairing.all().filter(pairing -> !pairing.push());
    }

    @BeforeEach
    void makeFiles() throws IOException {
        source = directory.resolve("the source's \"$HOME\" (1)");
        target = directory.resolve("target");
        SampleTree.plain(source, SOME, 1);
        shell = directory.resolve("shell");
        Files.writeString(shell, "#!/bin/sh\nwhile [ \"$1\" != host ]; do shift; done\nshift\neval \"$@\"\n");
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
        configuration = directory.resolve("rsyncd.conf");
        Files.writeString(
                configuration,
                "use chroot = no\nlog file = " + directory.resolve("log") + "\n[site]\npath = " + directory
                        + "\nread only = no\nuid = "
                        + Identity.currentUser() + "\ngid = "
                        + Files.getAttribute(directory, "unix:gid") + "\n");
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void aRemoteShellCarriesNamesThatItWouldTakeApart(Pairing pairing) throws Exception {
        String from = (pairing.push() ? "" : "host:") + source + "/";
        String to = (pairing.push() ? "host:" : "") + target + "/";
        succeed(pairing, "-a", "-e", shell.toString(), peerProgram(pairing), from, to);
        assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source)).hasSizeGreaterThan(SOME);
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void secludedArgumentsArriveToo(Pairing pairing) throws Exception {
        String from = (pairing.push() ? "" : "host:") + source + "/";
        String to = (pairing.push() ? "host:" : "") + target + "/";
        succeed(pairing, "-as", "-e", shell.toString(), peerProgram(pairing), from, to);
        assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source)).hasSizeGreaterThan(SOME);
    }

    @ParameterizedTest
    @MethodSource("pulls")
    void oldArgumentsAreTakenApart(Pairing pairing) throws Exception {
        Files.createDirectories(directory.resolve("one"));
        Files.writeString(directory.resolve("one/a"), "a");
        Files.writeString(directory.resolve("two"), "b");
        String both = "host:" + directory.resolve("one") + " " + directory.resolve("two");
        succeed(pairing, "-a", "--old-args", "-e", shell.toString(), peerProgram(pairing), both, target + "/");
        assertThat(target.resolve("one/a")).exists();
        assertThat(target.resolve("two")).exists();
    }

    /** What the sender could not read only its own end knows; what is there arrives all the same. */
    @ParameterizedTest
    @MethodSource("pulls")
    void aFailureThatOnlyTheSenderKnowsIsTheExitStatus(Pairing pairing) throws Exception {
        Program.Run run = run(pairing, "-a", "host:" + source + "/", "host:" + directory.resolve("none"), target + "/");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.PARTIAL.value());
        assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source)).hasSizeGreaterThan(SOME);
    }

    @ParameterizedTest
    @MethodSource("pushes")
    void aLimitThatOnlyTheReceiverKnowsIsTheExitStatus(Pairing pairing) throws Exception {
        Path extra = Files.createDirectories(target).resolve("extra");
        Files.writeString(extra, "is not in the source");
        Program.Run run = run(pairing, "-a", "--delete", "--max-delete=0", source + "/", "host:" + target + "/");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DELETE_LIMIT.value());
        assertThat(extra).exists();
    }

    /** A remote shell may fail after the transfer; a status that is none of rsync's is passed on as it is, after the summary. */
    @ParameterizedTest
    @MethodSource("pairings")
    void theStatusOfARemoteShellIsPassedOn(Pairing pairing) throws Exception {
        Files.writeString(shell, Files.readString(shell) + "exit 57\n");
        String from = (pairing.push() ? "" : "host:") + source + "/";
        String to = (pairing.push() ? "host:" : "") + target + "/";
        Program.Run run = run(pairing, "-a", "--stats", from, to);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(57);
        assertThat(run.err()).contains("rsync error: unexplained error (code 57)");
        assertThat(run.out()).contains("total size is");
        assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source)).hasSizeGreaterThan(SOME);
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void aDaemonBehindARemoteShellServesOneConnection(Pairing pairing) throws Exception {
        String name = source.getFileName().toString();
        String from = pairing.push() ? source + "/" : "host::site/" + name + "/";
        String to = pairing.push() ? "host::site/target/" : target + "/";
        String program = peerProgram(pairing) + " --config=" + configuration;
        succeed(pairing, "-a", "-e", shell.toString(), program, from, to);
        assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source)).hasSizeGreaterThan(SOME);
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void aDaemonOnASocketServesOneConnection(Pairing pairing) throws Exception {
        String name = source.getFileName().toString();
        String from = pairing.push() ? source + "/" : "rsync://host/site/" + name + "/";
        String to = pairing.push() ? "rsync://host/site/target/" : target + "/";
        String program = String.join(" ", pairing.daemon().rsync()) + " --daemon --config=" + configuration;
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "RSYNC_CONNECT_PROG=" + program));
        command.addAll(pairing.client().rsync());
        command.addAll(List.of("-a", from, to));
        assumeBoth(pairing);
        Program.Run run = Processes.run(command, directory);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(TreeSnapshot.of(target)).isEqualTo(TreeSnapshot.of(source)).hasSizeGreaterThan(SOME);
    }

    /** Before protocol 31 the names have no frames, though what comes before and after them has; in 29 only a server's bytes have any. */
    @ParameterizedTest
    @MethodSource("pairings")
    void aListOfNamesIsReadOnThePeer(Pairing pairing) throws Exception {
        Path list = directory.resolve("list");
        String first = SampleTree.firstFile(source);
        Files.writeString(list, first + "\n");
        for (String version : List.of("29", "30", "32")) {
            Path to = directory.resolve("target" + version);
            Program.Run run = run(
                    pairing,
                    "-a",
                    "--protocol=" + version,
                    "--files-from=:" + list,
                    (pairing.push() ? "" : "host:") + source + "/",
                    (pairing.push() ? "host:" : "") + to + "/");
            assertThat(run.exitCode()).as(version + ": " + run.err()).isZero();
            try (Stream<Path> all = Files.walk(to)) {
                assertThat(all.filter(Files::isRegularFile)
                                .map(path -> to.relativize(path).toString()))
                        .as(version)
                        .containsExactly(first);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void eachSenderLeavesOutWhatCvsWould(Pairing pairing) throws Exception {
        Files.writeString(source.resolve("object.o"), "o");
        Files.writeString(source.resolve("kept"), "k");
        Files.writeString(source.resolve("own"), "o");
        Files.writeString(source.resolve(".cvsignore"), "own\n");
        String from = (pairing.push() ? "" : "host:") + source + "/";
        String to = (pairing.push() ? "host:" : "") + target + "/";
        succeed(pairing, "-aC", "-e", shell.toString(), peerProgram(pairing), from, to);
        assertThat(target.resolve("kept")).exists();
        assertThat(target.resolve("object.o")).doesNotExist();
        assertThat(target.resolve("own")).doesNotExist();
    }

    /** The example of rsync(1) for {@code --remote-option}: the other end logs where it is, by its own names for what happens. */
    @ParameterizedTest
    @MethodSource("pairings")
    void theOtherEndKeepsALogOfItsOwn(Pairing pairing) throws Exception {
        Path log = directory.resolve("server.log");
        String from = (pairing.push() ? "" : "host:") + source + "/";
        String to = (pairing.push() ? "host:" : "") + target + "/";
        Program.Run run = run(pairing, "-a", "-M--log-file=" + log, from, to);
        assertThat(run.exitCode()).as(run.err()).isZero();
        String first = SampleTree.firstFile(source);
        String line = (pairing.push() ? ">" : "<") + "f+++++++++ " + first;
        assertThat(Files.readAllLines(log))
                .allMatch(text -> text.matches("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[\\d+] .+"))
                .anyMatch(text -> text.endsWith(line))
                .last()
                .asString()
                .contains("sent ", "total size ");
    }

    private static String peerProgram(Pairing pairing) {
        return "--rsync-path=" + String.join(" ", pairing.daemon().rsync());
    }

    private Program.Run run(Pairing pairing, String... arguments) throws Exception {
        assumeBoth(pairing);
        List<String> all = new ArrayList<>(List.of("-e", shell.toString(), peerProgram(pairing)));
        all.addAll(List.of(arguments));
        return pairing.client().run(directory, all.toArray(String[]::new));
    }

    private void succeed(Pairing pairing, String... arguments) throws Exception {
        assumeBoth(pairing);
        Program.Run run = pairing.client().run(directory, arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static void assumeBoth(Pairing pairing) {
        pairing.client().assumeInstalled();
        pairing.daemon().assumeInstalled();
    }
}
