package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program that keeps replicas equal to a tree while it changes. */
enum LiveMirror {
    OURS("ours", ""),
    /** lsyncd as it comes, collecting changes for a second. */
    LSYNCD_1("lsyncd-1", "lsyncd"),
    /** lsyncd with {@code delay = 0}. */
    LSYNCD_0("lsyncd-0", "lsyncd"),
    /** {@code inotifywait … | while read …; do rsync …; done}. */
    LOOP("loop", "inotifywait");

    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/local/bin"));

    private final String label;
    private final String watcher;

    LiveMirror(String label, String watcher) {
        this.label = label;
        this.watcher = watcher;
    }

    String label() {
        return label;
    }

    /** Those that {@code name} on the command line stands for: {@code lsyncd} (both delays) or {@code loop}. */
    static List<LiveMirror> named(String name) {
        List<LiveMirror> named = Arrays.stream(values())
                .filter(mirror -> mirror != OURS && (mirror.label.equals(name) || mirror.label.startsWith(name + "-")))
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("--against: " + name + " (expected: lsyncd or loop)");
        }
        return named;
    }

    /** Whether it can run here: ours always, the others with their programs. */
    boolean isInstalled() {
        return this == OURS || (isInstalled(watcher) && isInstalled("rsync"));
    }

    private static boolean isInstalled(String program) {
        return PROGRAMS.stream().anyMatch(directory -> Files.isExecutable(directory.resolve(program)));
    }

    /**
     * The command line that mirrors {@code source} to daemons' modules in the foreground.
     *
     * @param home a directory for its configuration
     */
    List<String> command(Path home, Path source, List<String> urls) throws IOException {
        return switch (this) {
            case OURS -> {
                List<String> command = Program.sluice("mirror");
                command.addAll(List.of("-q", source + "/"));
                command.addAll(urls);
                yield command;
            }
            case LSYNCD_0 -> lsyncd(home, source, urls, 0);
            case LSYNCD_1 -> lsyncd(home, source, urls, 1);
            case LOOP -> loop(source, urls);
        };
    }

    private static List<String> lsyncd(Path home, Path source, List<String> urls, int delay) throws IOException {
        StringBuilder configuration = new StringBuilder("settings { nodaemon = true }\n");
        for (String url : urls) {
            configuration.append(String.format(
                    "sync { default.rsync, source = \"%s\", target = \"%s\", delay = %d, rsync = { archive = true } }%n",
                    source, url, delay));
        }
        Path file = Files.writeString(home.resolve("lsyncd.lua"), configuration);
        return List.of("lsyncd", "-nodaemon", file.toString());
    }

    private static List<String> loop(Path source, List<String> urls) {
        String script = """
                src=$1; shift
                sync() { for replica; do rsync -a --delete "$src/" "$replica"; done; }
                inotifywait -mrq -e close_write,create,delete,move --format %w%f "$src" |
                    { sync "$@"; while read -r path; do sync "$@"; done; }
                """;
        List<String> command = new ArrayList<>(List.of("sh", "-c", script, "loop", source.toString()));
        command.addAll(urls);
        return command;
    }
}
