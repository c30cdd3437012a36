package io.sluice.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What stands at one end of a transfer. */
enum Program {
    OURS("ours"),
    RSYNC("rsync");

    /** The heap that must be enough for every run of ours. */
    static final String HEAP_LIMIT = "-Xmx256m";

    /** System property: the class path that the launcher runs Sluice with. */
    private static final String CLASS_PATH = "sluice.classpath";

    private static final Path INSTALLED = Path.of("/usr/bin/rsync");

    private final String label;

    Program(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean isInstalled() {
        return this == OURS || Files.isExecutable(INSTALLED);
    }

    /** The command line of a client, without its arguments. */
    List<String> client() {
        return this == RSYNC ? new ArrayList<>(List.of(INSTALLED.toString())) : sluice("rsync");
    }

    /** The command line of a daemon in the foreground, on the loopback interface only. */
    List<String> daemon(Path configuration, int port) {
        List<String> command =
                this == RSYNC ? new ArrayList<>(List.of(INSTALLED.toString(), "--daemon")) : sluice("daemon");
        command.addAll(List.of("--no-detach", "--config=" + configuration, "--port=" + port, "--address=127.0.0.1"));
        return command;
    }

    /** A subcommand of Sluice, run as the launcher runs it, with {@link #HEAP_LIMIT}. */
    static List<String> sluice(String subcommand) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                HEAP_LIMIT));
        String more = System.getenv("SLUICE_JAVA_OPTS");
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.trim().split("\\s+")));
        }
        command.addAll(List.of("-cp", System.getProperty(CLASS_PATH, ""), "io.sluice.app.Main", subcommand));
        return command;
    }
}
