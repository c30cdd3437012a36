package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code --max-alloc} ends what would need a larger piece of memory with code 22, at whichever end; the same call without the option, or with a larger
 * limit, does its work.
 */
class MaxAllocIT {
    private static final int ENTRIES = 150_000;
    private static final int BASIS = 8 << 20;

    @TempDir
    private Path directory;

    private Path source;
    private Path target;
    private Path shell;

    static Stream<Pairing> pairings() {
        return Pairing.all();
    }

    @BeforeEach
    void makeFiles() throws IOException {
        source = directory.resolve("source");
        target = directory.resolve("target");
        byte[] content = new byte[BASIS];
        new Random(7).nextBytes(content);
        Files.write(target, content);
        content[0]++;
        Files.write(source, content);
        Files.setLastModifiedTime(source, FileTime.fromMillis(1_000_000_000_000L));
        shell = directory.resolve("shell");
        Files.writeString(shell, "#!/bin/sh\nwhile [ \"$1\" != host ]; do shift; done\nshift\neval \"$@\"\n");
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Blocks of 20 bytes make 420,000 sums, of which no program holds each in less than 4 bytes. It is always the sender that says so. */
    @ParameterizedTest
    @MethodSource("pairings")
    void sumsOfBlocksAreBounded(Pairing pairing) throws Exception {
        Program.Run refused = delta(pairing, "--max-alloc=1m");
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.MALLOC.value());
        assertThat(refused.err())
                .containsOnlyOnce("exceeded --max-alloc=1048576 setting (")
                .contains("[sender] exceeded ");
        assertThat(refused.err()).contains("error allocating core memory buffers (code 22)");
        assertThat(Files.mismatch(source, target)).as("the file is as it was").isZero();
        Program.Run done = delta(pairing, "--max-alloc=20m");
        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(Files.mismatch(source, target)).isEqualTo(-1);
    }

    private Program.Run delta(Pairing pairing, String limit) throws Exception {
        pairing.client().assumeInstalled();
        pairing.daemon().assumeInstalled();
        String from = (pairing.push() ? "" : "host:") + source;
        String to = (pairing.push() ? "host:" : "") + target;
        List<String> call = new ArrayList<>(List.of("-t", "-e", shell.toString(), "--block-size=20"));
        call.add("--rsync-path=" + String.join(" ", pairing.daemon().rsync()));
        call.addAll(List.of(limit, from, to));
        return pairing.client().run(directory, call.toArray(String[]::new));
    }

    /** A name that is listed often needs no more than one file, and an entry for each time all the same. */
    @ParameterizedTest
    @EnumSource
    void aFileListIsBounded(Program program) throws Exception {
        Path names = directory.resolve("names");
        Files.writeString(names, "source\n".repeat(ENTRIES));
        Program.Run refused = listed(program, names, "--max-alloc=1m");
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(ExitCode.MALLOC.value());
        assertThat(refused.err())
                .containsOnlyOnce("exceeded --max-alloc=1048576 setting (")
                .contains("[sender] exceeded ");
        Program.Run done = listed(program, names, "--max-alloc=8m");
        assertThat(done.exitCode()).as(done.err()).isZero();
    }

    private Program.Run listed(Program program, Path names, String limit) throws Exception {
        return program.run(
                directory, "-n", limit, "--files-from=" + names, directory + "/", directory.resolve("copy") + "/");
    }
}
