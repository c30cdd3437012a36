package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client names a link of the module's that leads out as the place for partial files. What lies there is neither used nor changed; whether the transfer ends is
 * rsync's decision, which depends on the protocol: from 30 on partial files are updated in place, and a place that is refused ends it.
 */
@Timeout(120)
class ConfinedPartialIT {
    private static final String SECRET = "of somebody else";

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    @ParameterizedTest
    @CsvSource({"RSYNC, 29, 0, new", "SLUICE, 29, 0, new", "SLUICE, 30, 12, before"
    }) // rsync with 30: as ours, a minute later
    void aPlaceOutsideOfTheModuleIsNotUsed(Program program, int version, int exitCode, String content)
            throws Exception {
        Path module = Files.createDirectories(directory.resolve("module"));
        Files.writeString(module.resolve("page"), "before");
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(outside.resolve("page"), SECRET);
        Files.createSymbolicLink(module.resolve("link"), outside);
        Path source = Files.createDirectories(directory.resolve("source"));
        Files.writeString(source.resolve("page"), "new");

        String modules = "[m]\nread only = no\npath = " + module + "\n";
        try (DaemonProcess daemon = DaemonProcess.start(program, directory.resolve("daemon"), modules)) {
            Program.Run run = Program.RSYNC.run(
                    directory,
                    "-a",
                    "--protocol=" + version,
                    "--delay-updates",
                    "--partial-dir=/link",
                    source + "/",
                    daemon.url("m/"));
            assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        }
        assertThat(module.resolve("page")).hasContent(content);
        assertThat(outside.resolve("page")).hasContent(SECRET);
        assertThat(outside).isDirectoryNotContaining(path -> !path.endsWith("page"));
    }
}
