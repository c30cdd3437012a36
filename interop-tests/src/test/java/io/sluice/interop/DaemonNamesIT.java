package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a daemon shows names that it cannot find, to the same client: from the module's root, with a slash or without, as rsync's daemon does. */
class DaemonNamesIT {
    private static final List<String> COMMANDS = List.of(
            "-r @m/src/none w/",
            "-r @m/none w/",
            "-r @m/src/a @m/src/none @m/d/none w/",
            "-r @m/none @m/src/a w/",
            "-r @m/none/x/ @m/d/ w/",
            "-rR @m/src/none @m/d/b w/",
            "-rR @m/./src/none @m/no/./b w/",
            "-rL @m/src/dangling @m/d w/",
            "-rL @m/d/ w/",
            "-r @m/src/a/ @m/d w/",
            "-r @m/no*e @m/d w/",
            "-r @m/no[n]e/ @m/src/no?e w/",
            "-r --files-from=list @m/ w/",
            "-r --files-from=list @m/src w/",
            "-r src/ @m/nowhere/deep/",
            "-r --link-dest=../none src/ @m/d/");

    @TempDir
    private Path directory;

    @BeforeEach
    void needsRsync() {
        Program.RSYNC.assumeInstalled();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "no"})
    void bothDaemonsShowTheSameNames(String chroot) throws Exception {
        Assumptions.assumeTrue(
                chroot.equals("no") || "root".equals(System.getProperty("user.name")),
                "left out: only root can change the root directory");
        List<String> expected = run(Program.RSYNC, chroot);
        assertThat(expected).anyMatch(line -> line.contains("(in m)"));
        assertThat(run(Program.SLUICE, chroot)).isEqualTo(expected);
    }

    /** Each command, what it tells (but for the last line, which names a place in the program), and its exit code. */
    private List<String> run(Program daemon, String chroot) throws IOException, InterruptedException {
        Path base = Files.createDirectory(directory.resolve(daemon + chroot));
        for (String home : List.of("module", ".")) {
            for (String name : List.of("src/a", "d/b", "w/old", "d/links/old")) {
                Path file = base.resolve(home).resolve(name);
                Files.createDirectories(file.resolveSibling("."));
                Files.writeString(file, name);
            }
        }
        Files.createSymbolicLink(base.resolve("module/src/dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(base.resolve("module/d/dangling"), Path.of("nowhere"));
        Files.createDirectory(base.resolve("src/sub"));
        Files.writeString(base.resolve("src/sub/f"), "f");
        Files.writeString(base.resolve("list"), "none\nsrc/none\nd\n../x\n");
        String module = "[m]\npath = %s\nread only = no\nmunge symlinks = no\nuse chroot = %s\n"
                .formatted(base.resolve("module"), chroot);
        try (DaemonProcess server = DaemonProcess.start(daemon, base.resolve("daemon"), module)) {
            List<String> told = new ArrayList<>();
            for (String command : COMMANDS) {
                told.add(command);
                String[] arguments = command.replace("@", server.url("")).split(" ");
                Program.Run run = Program.RSYNC.run(base, arguments);
                run.err()
                        .lines()
                        .filter(line -> !line.matches("rsync error: .*|.*Connection reset by peer.*"))
                        .forEach(told::add);
                told.add("code " + run.exitCode());
            }
            return told;
        }
    }
}
