package io.sluice.app;

import io.sluice.client.RsyncCommand;
import io.sluice.daemon.DaemonSettings;
import io.sluice.daemon.RsyncDaemon;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an ahead-of-time cache is recorded from: one process does what an entry point is usually started for, so that the next one finds those classes
 * ready. More than that would make the cache slower to load. {@code sluice training ENTRY DIRECTORY} is for {@code bin/make-caches} alone.
 */
final class Training {
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

    private int daemon() throws IOException {
        Path module = Files.createDirectories(directory.resolve("module"));
        Files.writeString(module.resolve("file"), "content\n");
        Path configuration = directory.resolve("rsyncd.conf");
        Files.writeString(configuration, "use chroot = no\n[training]\npath = " + module + "\nread only = no\n");
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        DaemonSettings settings = DaemonSettings.of(configuration)
                .onPort(0)
                .onAddress("127.0.0.1")
                .withMessages(nowhere);
        try (RsyncDaemon daemon = RsyncDaemon.start(settings)) {
            String place = "rsync://127.0.0.1:" + daemon.port() + "/training/";
            int pulled = rsync("-a", place, directory + "/pulled/");
            return pulled + rsync("-a", directory + "/pulled/", place);
        }
    }

    private static int rsync(String... words) {
        OutputStream nowhere = OutputStream.nullOutputStream();
        RsyncCommand.Surroundings surroundings =
                new RsyncCommand.Surroundings(Map.of(), InputStream.nullInputStream(), nowhere, nowhere);
        return RsyncCommand.run(List.of(words), surroundings);
    }
}
