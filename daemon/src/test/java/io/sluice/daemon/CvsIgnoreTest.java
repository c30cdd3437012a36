package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client that says {@code -C} does not get of us: the client has neither a home nor the variable, so that only ours can be the reason. */
class CvsIgnoreTest {
    private static final List<String> FILES = List.of("always.o", "home.out", "keep", "nested.in", "variable.env");

    @TempDir
    Path directory;

    @BeforeEach
    void makeFiles() throws IOException {
        RsyncProgram.requireInstalled();
        Files.createDirectories(directory.resolve("tree/home"));
        for (String file : FILES) {
            Files.writeString(directory.resolve("tree").resolve(file), file);
        }
        Files.writeString(directory.resolve("tree/home/.cvsignore"), "*.in");
        Files.writeString(directory.resolve(".cvsignore"), "*.out");
    }

    /** The files at the module's top that a client gets. */
    private List<String> got(String home, String... rules) throws Exception {
        Path configuration = directory.resolve("rsyncd.conf");
        Files.writeString(
                configuration,
                "use chroot = no\nuid =\ngid =\nlock file = " + directory + "/lock\n[m]\npath = " + directory
                        + "/tree\n" + String.join("\n", rules) + "\n");
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        DaemonSettings plain = DaemonSettings.of(configuration).onPort(0).onAddress("127.0.0.1");
        DaemonSettings settings = new DaemonSettings(
                configuration,
                plain.overrides(),
                plain.forced(),
                plain.port(),
                plain.address(),
                plain.conversationLimit(),
                Map.of("HOME", directory.resolve(home).toString(), "CVSIGNORE", "*.env"),
                nowhere,
                plain.syslog());
        try (RsyncDaemon daemon = RsyncDaemon.start(settings)) {
            RsyncProgram.Result run = RsyncProgram.run(
                    Map.of("HOME", "/nonexistent", "CVSIGNORE", ""),
                    "-rC",
                    "--list-only",
                    "rsync://127.0.0.1:" + daemon.port() + "/m/");
            return FILES.stream().filter(run.output()::contains).toList();
        }
    }

    @Test
    void ourHomeInTheModuleAndOurVariableCount() throws Exception {
        assertThat(got("tree/home")).containsExactly("home.out", "keep");
    }

    /** What a client's words lead to is in the module, or is not read. */
    @Test
    void aHomeOutsideOfTheModuleIsNotLookedInto() throws Exception {
        assertThat(got("")).containsExactly("home.out", "keep", "nested.in");
    }

    @Test
    void aHomeThatTheModuleHidesIsNotLookedInto() throws Exception {
        assertThat(got("tree/home", "exclude = .cvsignore")).containsExactly("home.out", "keep", "nested.in");
    }
}
