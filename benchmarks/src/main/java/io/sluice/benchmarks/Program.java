package io.sluice.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What stands at one end of a transfer. */
enum Program {
    OURS("ours"),
    RSYNC("rsync");

    /** The heap that must be enough for every run of ours. */
    static final String HEAP_LIMIT = "-Xmx256m";

    /** System property: the path of {@code bin/sluice}. */
    private static final String LAUNCHER = "sluice.launcher";

    /** What the launcher takes more options of the JVM from. */
    private static final String OPTIONS = "SLUICE_JAVA_OPTS";

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

    /** A subcommand of Sluice, by the launcher that users have, with {@link #HEAP_LIMIT}. */
    static List<String> sluice(String subcommand) {
        String options = HEAP_LIMIT + " " + Objects.requireNonNullElse(System.getenv(OPTIONS), "");
        String launcher = System.getProperty(LAUNCHER, "bin/sluice");
        return new ArrayList<>(List.of("env", OPTIONS + "=" + options.strip(), launcher, subcommand));
    }
}
