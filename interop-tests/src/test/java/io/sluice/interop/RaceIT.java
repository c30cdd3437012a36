package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A local user swaps directories and files of a module with links that lead out of it while clients push, pull and delete. Whatever the daemon is doing at that
 * moment, a canary beside the module stays as it is, to the last ctime, and nothing of it shows up in the module or at the client. What the clients are told,
 * and what they leave in the module, is not the matter here.
 *
 * <p>{@code -Dsluice.race.seconds} is how long each row goes on. That a plain path would be led away in that time is {@link #aPlainPathIsLedAway}.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RaceIT {
    private static final int MOST_RUNS = 200;
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(
            (long) (1000 * Double.parseDouble(System.getProperty("sluice.race.seconds", "1.5"))));
    private static final FileTime OLD = FileTime.from(Instant.ofEpochSecond(1_400_000_000));
    /** One tree: as it is, as if it were the whole system, and as a part of one. */
    private static final List<String> MODULES = List.of("plain", "rooted", "inner");

    private static final String CONFIGURATION = """
        munge symlinks = no
        [plain]
        path = @HOME@/../outer/module
        read only = no
        use chroot = no
        [rooted]
        path = @HOME@/../outer/module
        read only = no
        use chroot = yes
        [inner]
        path = @HOME@/../outer/./module
        read only = no
        use chroot = yes
        """;

    @TempDir
    private static Path directory;

    private static @Nullable DaemonProcess daemon;

    private Path source;
    private Path module;
    private Path pulled;
    private Canary canary;
    private final List<Swapper> swappers = new ArrayList<>();

    @BeforeAll
    static void startDaemon() throws IOException {
        Program.RSYNC.assumeInstalled();
        daemon = DaemonProcess.start(Program.SLUICE, directory.resolve("home"), CONFIGURATION);
    }

    @AfterAll
    static void stopDaemon() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @BeforeEach
    void makeTrees() throws IOException {
        source = directory.resolve("source");
        makeTree(source.resolve("d"));
        Files.writeString(source.resolve("top"), "top");
        module = directory.resolve("outer/module");
        makeTree(module.resolve("d"));
        pulled = Files.createDirectories(directory.resolve("pulled"));
        canary = Canary.make(directory.resolve("outer/canary"), source.resolve("d"));
    }

    private static void makeTree(Path root) throws IOException {
        Files.createDirectories(root.resolve("sub/deep"));
        for (String name : List.of("leaf", "other", "sub/a", "sub/b", "sub/deep/c")) {
            Path file = Files.writeString(root.resolve(name), "what everybody may know of " + name);
            Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                    .write("known", ByteBuffer.wrap(new byte[] {'x'}));
            Files.setLastModifiedTime(file, OLD);
        }
        Files.createLink(root.resolve("hard"), root.resolve("other"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("leaf"));
    }

    private void attack() {
        String outside = canary.root().toString();
        swappers.add(Swapper.ofDirectory(module, ".", "d", outside, "../canary"));
        swappers.add(Swapper.ofFile(module, "d", "leaf", outside + "/leaf", "../../canary/leaf"));
    }

    private void endAttack() {
        swappers.forEach(Swapper::close);
        swappers.clear();
    }

    /** Without this, rows that pass would mean nothing: the same attack, on whoever writes by a path. */
    @Test
    void aPlainPathIsLedAway() throws IOException {
        attack();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (canary.isUntouched()) {
            assertThat(System.nanoTime()).as("a path that was not led away").isLessThan(end);
            try {
                Files.writeString(module.resolve("d/leaf"), "written");
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
        race(options, (client, url) -> {
            List<String> words = new ArrayList<>(client);
            words.add(words.contains("--mkpath") ? source + "/./d/sub/deep" : source + "/");
            words.add(url);
            return words;
        });
    }

    /** Here the client has next to nothing, and the module loses the rest, or what it has. */
    @ParameterizedTest
    @ValueSource(
            strings = {"-r --delete", "-r --delete-after --force", "-d --delete", "-r --delete-excluded --exclude=*"})
    void deletes(String options) throws Exception {
        Path few = Files.createDirectories(directory.resolve("few/d"));
        Files.createDirectories(few.resolve("sub"));
        Thread refill = Thread.ofPlatform().daemon().start(() -> {
            while (!Thread.interrupted()) {
                try {
                    makeTree(Files.createTempDirectory(module, "d-").resolve("d"));
                } catch (IOException e) {
                    // it was deleted meanwhile
                }
            }
        });
        try {
            race(options, (client, url) -> {
                List<String> words = new ArrayList<>(client);
                words.add(few.getParent() + "/");
                words.add(url);
                return words;
            });
        } finally {
            refill.interrupt();
            refill.join();
        }
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
        Files.writeString(module.resolve("d/.rules"), "- nothing\n");
        race(options.replace(":_", "dir-merge_"), (client, url) -> {
            List<String> words = new ArrayList<>(client);
            words.add(url + "d/");
            words.add(url + "d/leaf");
            words.add(pulled + "/");
            return words;
        });
    }

    private interface Command {
        List<String> of(List<String> options, String url);
    }

    private void race(String options, Command command) throws Exception {
        attack();
        long end = System.nanoTime() + NANOS;
        int runs = 0;
        boolean transferred = false;
        do {
            String url = running().url(MODULES.get(runs % MODULES.size()) + "/");
            List<String> words = new ArrayList<>();
            for (String word : options.split(" ", -1)) {
                words.add(word.replace('_', ' '));
            }
            Program.Run run =
                    Program.RSYNC.run(directory, command.of(words, url).toArray(String[]::new));
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
        endAttack(options);
        canary.assertUntouched(options);
        canary.assertNowhereIn(module, options);
        canary.assertNowhereIn(pulled, options);
        assertThat(running().log()).doesNotContain("internal error");
    }

    private static DaemonProcess running() {
        return Objects.requireNonNull(daemon);
    }

    private void endAttack(String options) {
        long swaps = swappers.stream().mapToLong(Swapper::swaps).sum();
        endAttack();
        assertThat(swaps).as("swaps during " + options).isGreaterThan(100);
    }

    @AfterEach
    void removeTrees() throws IOException {
        endAttack();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                boolean daemons = path.equals(directory) || path.startsWith(directory.resolve("home"));
                if (!daemons) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
