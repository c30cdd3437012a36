package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Under {@code fakeroot(1)}, a library that stands in for functions of the C library, a copy has the owners and devices that it would have from root, though no
 * such file is made. That a device is a plain file on disk shows that it was the library that was asked.
 */
class FakerootIT {
    private static final Path FAKEROOT = Path.of("/usr/bin/fakeroot");

    private static final String SCRIPT = """
            set -e
            mkdir source
            echo text > source/file
            chown 1234:5678 source/file
            chmod 4711 source/file
            mknod source/device c 5 1
            ln -s nowhere source/link
            chown -h 42:43 source/link
            mkdir -m 1700 source/directory
            chown 7:8 source/directory
            touch -h -d @1300000000 source/* source
            "$@" -aH source/ target/
            "$@" -ai source/ target/
            for tree in source target; do
                (cd $tree && stat -c '%n %F %a %u:%g %t,%T %Y' . *) > $tree.list
            done
            """;

    @TempDir
    private Path directory;

    @Test
    void ownersAndDevicesAreThoseThatRootWouldMake() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(FAKEROOT), "fakeroot is not installed (package fakeroot)");
        List<String> command = new ArrayList<>(List.of(FAKEROOT.toString(), "sh", "-c", SCRIPT, "sh"));
        command.addAll(Program.SLUICE.rsync());
        Program.Run run = Processes.run(command, directory);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        List<String> made = Files.readAllLines(directory.resolve("target.list"));
        assertThat(made)
                .isEqualTo(Files.readAllLines(directory.resolve("source.list")))
                .contains(
                        "device character special file 644 0:0 5,1 1300000000",
                        "file regular file 4711 1234:5678 0,0 1300000000",
                        "link symbolic link 777 42:43 0,0 1300000000");
        assertThat(directory.resolve("target/device")).isRegularFile();
    }
}
