package io.sluice.app;

import io.sluice.client.PasswordSource;
import io.sluice.client.RsyncCommand;
import io.sluice.daemon.DaemonSettings;
import io.sluice.daemon.RsyncDaemon;
import io.sluice.watcher.inotifytools.InotifyWaitCommand;
import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.MirrorListener;
import io.sluice.watcher.mirror.Replica;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What an ahead-of-time cache is recorded from: one process does what an entry point is usually started for, so that the next one finds those classes
 * ready. More than that would make the cache slower to load. {@code sluice training ENTRY DIRECTORY} is for {@code bin/make-caches} alone.
 */
final class Training {
    /** Enough for the compilers to know what matters. */
    private static final int EDITS = 300;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Path directory;

    private Training(Path directory) {
        this.directory = directory;
    }

    /** Runs what {@code entry} is started for, with files in {@code directory}, which is empty. */
    static int run(String entry, Path directory) throws IOException {
        Training training = new Training(directory);
        return switch (entry) {
            case "rsync" -> training.command();
            case "daemon" -> training.daemon();
            case "mirror" -> training.mirror();
            case "inotifywait" -> training.inotifywait();
            default -> 1;
        };
    }

    private int command() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source").resolve("below"));
        Files.writeString(source.resolve("file"), "content\n");
        rsync("--version");
        rsync("-a", directory + "/source/", directory + "/copy/");
        return rsync("-av", "--delete", "--exclude=*.o", directory + "/source/", directory + "/copy/");
    }

    /** Serves rsync, and a mirror, whose short sessions are what has to be fast from the beginning. */
    private int daemon() throws IOException {
        try (RsyncDaemon daemon = startDaemon()) {
            String place = "rsync://127.0.0.1:" + daemon.port() + "/training/";
            int pulled = rsync("-a", place, directory + "/pulled/");
            return pulled + rsync("-a", directory + "/pulled/", place) + publish(place);
        }
    }

    private int mirror() throws IOException {
        try (RsyncDaemon daemon = startDaemon()) {
            return publish("rsync://127.0.0.1:" + daemon.port() + "/training/");
        }
    }

    private RsyncDaemon startDaemon() throws IOException {
        Path module = Files.createDirectories(directory.resolve("module"));
        Files.writeString(module.resolve("file"), "content\n");
        Path configuration = directory.resolve("rsyncd.conf");
        String user = "root".equals(System.getProperty("user.name")) ? "uid = root\ngid = root\n" : "";
        Files.writeString(
                configuration,
                "use chroot = no\nlog file = " + directory.resolve("log") + "\n" + user + "[training]\npath = " + module
                        + "\nread only = no\n");
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return RsyncDaemon.start(DaemonSettings.of(configuration)
                .onPort(0)
                .onAddress("127.0.0.1")
                .withMessages(nowhere));
    }

    /** Edits a file again and again, as soon as the module at {@code place} has it: 0, or 1 if it never had. */
    private int publish(String place) throws IOException {
        Path source = Files.createDirectories(directory.resolve("published"));
        Replica replica = Replica.of(place, PasswordSource.of(""));
        try (Mirror mirror = new Mirror(MirrorConfiguration.of(source, List.of(replica)), new MirrorListener() {})) {
            mirror.start();
            for (int edit = 0; edit < EDITS; edit++) {
                Path file = source.resolve("page" + edit % 10);
                Files.writeString(file, "edit " + edit);
                if (!arrives(directory.resolve("module").resolve(source.relativize(file)), edit)) {
                    return 1;
                }
            }
        }
        return 0;
    }

    private static boolean arrives(Path copy, int edit) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!Files.exists(copy) || !Files.readString(copy).equals("edit " + edit)) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    private int inotifywait() throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Thread editor = new Thread(() -> editUntilInterrupted(tree));
        editor.start();
        int told = InotifyWaitCommand.run(
                "inotifywait",
                List.of("-r", "-e", "create", "--timefmt", "%F %T", "--format", "%T %w%f %e", tree.toString()),
                Map.of(),
                nowhere,
                nowhere);
        editor.interrupt();
        return told;
    }

    /** Nobody says when the tree is watched. */
    private static void editUntilInterrupted(Path tree) {
        try {
            for (int i = 0; !Thread.interrupted(); i++) {
                Files.createFile(tree.resolve("file" + i));
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int rsync(String... words) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        RsyncCommand.Surroundings surroundings =
                new RsyncCommand.Surroundings(Map.of(), InputStream.nullInputStream(), nowhere, nowhere);
        return RsyncCommand.run(List.of(words), surroundings);
    }
}
