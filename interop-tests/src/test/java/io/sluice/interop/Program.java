package io.sluice.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** What stands at one end of a transfer. */
public enum Program {
    SLUICE,
    RSYNC;

    public static final String NOT_INSTALLED = "rsync is not installed (package rsync)";

    private static final Path REAL = Path.of("/usr/bin/rsync");

    /** Whether there is an original to compare with; a property may say that there is none. */
    static boolean isRsyncInstalled() {
        return !"missing".equals(System.getProperty("sluice.interop.rsync")) && Files.isExecutable(REAL);
    }

    /** Skips the test, with a reason, if the program is not on this machine. */
    void assumeInstalled() {
        Assumptions.assumeTrue(this == SLUICE || isRsyncInstalled(), NOT_INSTALLED);
    }

    /** The command line of an rsync client or server by this program. */
    List<String> rsync() {
        return this == RSYNC ? new ArrayList<>(List.of(REAL.toString())) : Launch.command("rsync");
    }

    /** The command line of a daemon in the foreground. */
    List<String> daemon(Path configuration, int port) {
        List<String> command =
                this == RSYNC ? new ArrayList<>(List.of(REAL.toString(), "--daemon")) : Launch.command("daemon");
        command.addAll(List.of("--no-detach", "--config=" + configuration, "--port=" + port, "--address=127.0.0.1"));
        return command;
    }

    /** A client's run that has ended. */
    public record Run(int exitCode, String out, String err) {
        public List<String> lines() {
            return out.lines().toList();
        }
    }

    /** Runs a client to its end, with {@code RSYNC_PASSWORD} set; output is read as bytes, one character each. */
    public Run run(Path directory, String... arguments) throws IOException, InterruptedException {
        assumeInstalled();
        List<String> command = rsync();
        command.addAll(List.of(arguments));
        return Processes.run(command, directory);
    }
}
