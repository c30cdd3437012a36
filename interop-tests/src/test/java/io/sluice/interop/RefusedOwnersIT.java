package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An owner that cannot be given to a file ({@code --super} of somebody who is not root): a set-user-id bit would then let everybody be who runs the receiver.
 * The bits are there in the source, so a receiver that goes on after the refusal has them in its destination, and fails here.
 */
@NeedsRsync
class RefusedOwnersIT {
    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private record Outcome(int exitCode, List<String> refusals, List<String> left) {}

    @ParameterizedTest
    @ValueSource(strings = {"-rlpto", "-rlpt --chown=0", "-rpo", "-rpoc --inplace"})
    void filesOfSomebodyElseGetNoModeAsRsync(String options) throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root has files of two users");
        OrdinaryUser.letIn(directory);
        Outcome expected = run(Program.RSYNC, options);
        assertThat(run(Program.SLUICE, options)).isEqualTo(expected);
        assertThat(expected.exitCode()).isEqualTo(23);
        assertThat(expected.left()).containsExactly("new 600", "old 600");
    }

    /** A file of root's that an ordinary user's push replaces is copied to a backup on another file system, where it cannot be root's: it is for its owner alone. */
    @Test
    void backupsOfSomebodyElsesFilesGetNoMode(@TempDir Path elsewhere) throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root has files of two users");
        Assumptions.assumeFalse(
                Files.getFileStore(elsewhere).equals(Files.getFileStore(directory)), "there is one file system only");
        OrdinaryUser.letIn(directory);
        OrdinaryUser.letIn(elsewhere);
        assertThat(backup(Program.SLUICE, elsewhere)).containsExactly("old 600");
        assertThat(backup(Program.RSYNC, elsewhere)).containsExactly("old 700");
    }

    private List<String> backup(Program program, Path elsewhere) throws Exception {
        Path base = Files.createDirectory(directory.resolve(program.toString()));
        Path source = Files.createDirectory(base.resolve("source"));
        Path target = Files.createDirectory(base.resolve("target"));
        Path backups = Files.createDirectory(elsewhere.resolve(program.toString()));
        Files.writeString(source.resolve("old"), "content");
        OrdinaryUser.give(target);
        OrdinaryUser.give(backups);
        Files.setAttribute(Files.writeString(target.resolve("old"), "old"), "unix:mode", 04755);
        LongAgo.set(base);
        OrdinaryUser.run(
                program,
                base,
                List.of("-rpoI", "--super", "-b", "--backup-dir=" + backups, source + "/", target + "/"));
        return left(backups);
    }

    private Outcome run(Program program, String options) throws Exception {
        Path base = Files.createDirectory(directory.resolve(program.toString()));
        Path source = Files.createDirectory(base.resolve("source"));
        Path target = Files.createDirectory(base.resolve("target"));
        for (String name : List.of("new", "old")) {
            Files.setAttribute(Files.writeString(source.resolve(name), "content"), "unix:mode", 04644);
        }
        Files.setAttribute(Files.writeString(target.resolve("old"), "old"), "unix:mode", 0600);
        LongAgo.set(base);
        OrdinaryUser.give(target);
        List<String> arguments = Stream.concat(
                        Stream.of((options + " --super").split(" ")), Stream.of(source + "/", target + "/"))
                .toList();
        Program.Run run = OrdinaryUser.run(program, base, arguments);
        List<String> refusals = run.err()
                .lines()
                .filter(line -> line.startsWith("rsync: "))
                .map(line -> line.replaceFirst("\\.\\w{6}\"", "\"").replace(base.toString(), ""))
                .sorted()
                .toList();
        return new Outcome(run.exitCode(), refusals, left(target));
    }

    private static List<String> left(Path target) throws IOException {
        try (Stream<Path> all = Files.list(target)) {
            return all.sorted().map(RefusedOwnersIT::named).toList();
        }
    }

    private static String named(Path path) {
        try {
            Object mode = Objects.requireNonNull(Files.getAttribute(path, "unix:mode"));
            return path.getFileName() + " " + Integer.toOctalString((Integer) mode & 07777);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
