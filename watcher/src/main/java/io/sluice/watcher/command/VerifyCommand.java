package io.sluice.watcher.command;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.FailureText;
import io.sluice.protocol.TransferException;
import io.sluice.watcher.config.MirrorFile;
import io.sluice.watcher.heal.ReplicaComparison;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** {@code sluice verify}. */
public final class VerifyCommand {
    private static final String USAGE = """
            Usage: sluice verify --config FILE [--json] [--replica NAME]... [SECTION]...
            Compares the replicas of a mirror with their source by checksum, with the options and rules of their section, and
            changes nothing. Both sides read every file. Replicas are compared side by side.

              --config FILE    the mirror's configuration
              --replica NAME   only this one, as the configuration has it, or by its host; may be given again
              --json           events for programs, one a line
              -h, --help       show this

            Each difference is a line, with what differs: missing, extra, content, time, mode, owner, group, acl, xattr, link.
            What differs at a first look and not at a second one is a change on its way: in flight.

            Exit code: 0 all are equal, 1 some differ, 2 some could not be compared.
            """;

    /** How many replicas are compared at once: each reads the source. */
    private static final int AT_ONCE = 8;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private VerifyCommand() {}

    /**
     * Compares.
     *
     * @param arguments those after {@code verify}
     * @param environment the process's variables
     * @return the exit code
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            VerifyRequest request = VerifyRequest.read(arguments, Set.of());
            if (request.help()) {
                out.print(USAGE);
                return VerifyReport.EQUAL;
            }
            Path config = request.config();
            if (config == null) {
                throw new TransferException(ExitCode.SYNTAX, "--config: none (expected: a file)");
            }
            VerifyReport report = new VerifyReport(request.json(), out, err);
            compare(request.choose(MirrorFile.read(config, environment)), report);
            return report.end();
        } catch (IOException e) {
            err.println("sluice verify: " + FailureText.of(e));
            return VerifyReport.NOT_COMPARED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return VerifyReport.NOT_COMPARED;
        }
    }

    private static void compare(List<VerifyRequest.Chosen> all, VerifyReport report) throws InterruptedException {
        int threads = Math.min(AT_ONCE, Math.max(1, all.size()));
        try (ExecutorService executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("verify-", 0).factory())) {
            all.forEach(chosen -> executor.execute(() -> compare(chosen, report)));
            executor.shutdown();
            while (!executor.awaitTermination(1, TimeUnit.HOURS)) {
                // A large tree takes long; a replica that says nothing has its timeout.
            }
        }
    }

    private static void compare(VerifyRequest.Chosen chosen, VerifyReport report) {
        long began = System.nanoTime();
        ReplicaComparison comparison = new ReplicaComparison(
                chosen.mirror().configuration(), chosen.replica(), BETWEEN_LOOKS, Clock.systemUTC());
        try {
            report.compared(chosen, comparison.compare(), (System.nanoTime() - began) / 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) { // each replica has its result, whatever another one's is
            report.failed(chosen, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
