package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A local user swaps directories and files of a module, or of a destination, with links that lead out of it while clients push, pull, copy and delete. Whatever
 * the receiver or sender is doing at that moment, a canary beside the module stays as it is, to the last ctime, and nothing of it shows up in the module or at the
 * client. What the clients are told, and what they leave in the module, is not the matter here.
 *
 * <p>Each row has trees and a daemon of its own; the trees are looked at when the user has stopped and the daemon is done. {@code -Dsluice.race.seconds} is how
 * long each row goes on. That a plain path would be led away in that time is {@link #aPlainPathIsLedAway}.
 */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class RaceIT {
    private static final int MOST_RUNS = 200;
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(
            (long) (1000 * Double.parseDouble(System.getProperty("sluice.race.seconds", "1.5"))));
    /** One tree: as it is, as if it were the whole system, and as a part of one. */
    private static final List<String> MODULES = List.of("plain", "rooted", "inner");

    private static final String CONFIGURATION = """
        munge symlinks = no
        [plain]
        path = @ROW@/outer/module
        read only = no
        use chroot = no
        [rooted]
        path = @ROW@/outer/module
        read only = no
        use chroot = yes
        [inner]
        path = @ROW@/outer/./module
        read only = no
        use chroot = yes
        """;

    @TempDir
    private Path directory;

    private RaceTrees trees;
    private DaemonProcess daemon;

    @BeforeEach
    void start() throws IOException {
        Program.RSYNC.assumeInstalled();
        Path row = Files.createDirectory(directory.resolve("row"));
        Files.setPosixFilePermissions(row, PosixFilePermissions.fromString("rwxr-xr-x"));
        trees = new RaceTrees(row);
        daemon = DaemonProcess.start(
                Program.SLUICE, directory.resolve("home"), CONFIGURATION.replace("@ROW@", row.toString()));
    }

    @AfterEach
    void end() {
        trees.close();
        daemon.close();
    }

    /** Without this, rows that pass would mean nothing: the same attack, on whoever writes by a path. */
    @Test
    void aPlainPathIsLedAway() throws IOException {
        trees.attack();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (trees.canary().isUntouched()) {
            assertThat(System.nanoTime()).as("a path that was not led away").isLessThan(end);
            try {
                Files.writeString(trees.module().resolve("d/leaf"), "written");
            } catch (IOException e) {
                // there was nothing at that moment
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-rtI",
                "-rlptgoDI --chmod=Du+rwx,Fgo-w",
                "-rpI --chmod=F600,D711",
                "-rogI --chown=1:1",
                "-rtUI --omit-link-times",
                "-rI --inplace",
                "-r --append",
                "-rcWI --fsync",
                "-rHlI",
                "-rlXI",
                "-rAI",
                "-rI --fake-super -oX",
                "-rI --backup",
                "-rI --backup --backup-dir=d/sub",
                "-rI --partial --partial-dir=../d",
                "-rI --temp-dir=d",
                "-rI --delay-updates",
                "-rKI",
                "-rtI --link-dest=../d",
                "-rt --copy-dest=/d",
                "-rt --compare-dest=d",
                "-rtyy",
                "-rRI --mkpath",
                "-rI --existing --sparse",
                "-r --delete --force --exclude=sub",
                "-rl --delete-delay --backup --max-delete=9"
            })
    void pushes(String options) throws Exception {
        race(options, (words, run) -> Program.RSYNC.run(trees.directory(), with(words, source(words), url(run))));
    }

    /** Here the client has next to nothing, and the module loses the rest, or what it has. */
    @ParameterizedTest
    @ValueSource(
            strings = {"-r --delete", "-r --delete-after --force", "-d --delete", "-r --delete-excluded --exclude=*"})
    void deletes(String options) throws Exception {
        trees.refill();
        race(options, (words, run) -> Program.RSYNC.run(trees.directory(), with(words, trees.few() + "/", url(run))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-rI",
                "-rlptgoDXI",
                "-rAXI",
                "-rLI",
                "-rI --copy-unsafe-links",
                "-rkI",
                "-rcI",
                "-rRI",
                "-rI --remove-source-files",
                "-rI --filter=:_.rules",
                "--list-only -rv",
                "-vvn -r"
            })
    void pulls(String options) throws Exception {
        Files.writeString(trees.module().resolve("d/.rules"), "- nothing\n");
        race(options.replace(":_", "dir-merge_"), (words, run) -> {
            String url = url(run);
            return Program.RSYNC.run(trees.directory(), with(words, url + "d/", url + "d/leaf", trees.pulled() + "/"));
        });
    }

    /**
     * The destination of a copy on one machine, which no daemon guards. Directories that the operator names besides are no matter here: they are reached through
     * links of root, as whom this may run.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-rlptgoDXI",
                "-rI --inplace --backup",
                "-rKI",
                "-rHI --delay-updates",
                "-rtI --link-dest=../d",
                "-r --delete --force --exclude=sub"
            })
    void copies(String options) throws Exception {
        race(
                options,
                (words, run) ->
                        Program.SLUICE.run(trees.directory(), with(words, source(words), trees.module() + "/")));
    }

    /** The same at the other end of a remote shell. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-rlptgoDXI",
                "-rAI --chmod=F600,D711",
                "-rI --inplace --backup",
                "-rI --partial --partial-dir=../d --delay-updates",
                "-r --append",
                "-r --delete-after --force --exclude=sub"
            })
    void pushesOverAShell(String options) throws Exception {
        Path shell = Files.writeString(trees.directory().resolve("shell"), "#!/bin/sh\nshift\nexec sh -c \"$*\"\n");
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
        race(options, (words, run) -> {
            List<String> all = new ArrayList<>(List.of("-e", shell.toString()));
            all.add("--rsync-path=" + String.join(" ", Program.SLUICE.rsync()));
            all.addAll(words);
            return Program.RSYNC.run(trees.directory(), with(all, source(words), "host:" + trees.module() + "/"));
        });
    }

    private String source(List<String> words) {
        return trees.source() + (words.contains("--mkpath") ? "/./d/sub/deep" : "/");
    }

    private String url(int run) {
        return daemon.url(MODULES.get(run % MODULES.size()) + "/");
    }

    private static String[] with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private interface Client {
        /** Runs to its end, for the so many-th time. */
        Program.Run run(List<String> words, int run) throws IOException, InterruptedException;
    }

    private void race(String options, Client client) throws Exception {
        List<String> words = new ArrayList<>();
        for (String word : options.split(" ", -1)) {
            words.add(word.replace('_', ' '));
        }
        trees.attack();
        long end = System.nanoTime() + NANOS;
        int runs = 0;
        boolean transferred = false;
        do {
            Program.Run run = client.run(words, runs);
            assertThat(run.out() + run.err())
                    .as(options)
                    .doesNotContain(Canary.SECRET)
                    .doesNotContain(Canary.SECRET_NAME);
            if (!run.err().contains("The temp-dir does not exist")) { // it was swapped away at that moment
                assertThat(run.exitCode()).as(run.err()).isNotIn(1, 4, 5, 14);
                transferred = true;
            }
            runs++;
        } while (System.nanoTime() < end || runs < 2 * MODULES.size() || (!transferred && runs < MOST_RUNS));
        assertThat(transferred).as("a run of " + options + " that began").isTrue();
        trees.endAttack(options);
        daemon.awaitRest();
        trees.assertNothingLed(options);
        assertThat(daemon.log()).doesNotContain("internal error");
    }
}
