package io.sluice.interop.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.interop.MemoryDirectory;
import io.sluice.interop.NeedsRsync;
import io.sluice.interop.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * rsync's daemon and ours are asked the same by the same client: what it says and ends with, what they log, and all trees afterwards must be the same, but for
 * those differences that daemon/DIFFERENCES.md gives a reason for; those must be just as their scenario says.
 */
@NeedsRsync
class DaemonParityIT {
    private static final int MOST_AGAIN = 3;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    /** Scenarios whose name has this alone. */
    private static final Pattern CHOSEN = Pattern.compile(System.getProperty("sluice.interop.scenario", ""));

    private static final Path TABLE = Path.of("../daemon/DIFFERENCES.md");

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    static List<Group> groups() {
        return AllGroups.list();
    }

    @ParameterizedTest
    @MethodSource("groups")
    void bothDoTheSame(Group group) throws Exception {
        List<Scenario> chosen = group.scenarios().stream()
                .filter(scenario -> CHOSEN.matcher(scenario.name()).find())
                .toList();
        Assumptions.assumeFalse(chosen.isEmpty(), "left out");
        StringBuilder wrong = new StringBuilder();
        try (Bench rsync = new Bench(Program.RSYNC, group, directory.resolve("real"));
                Bench sluice = new Bench(Program.SLUICE, group, directory.resolve("ours"))) {
            for (Scenario scenario : chosen) {
                if (!scenario.needsRoot() || "root".equals(System.getProperty("user.name"))) {
                    List<String> found = lastingDifferences(scenario, rsync, sluice);
                    if (!found.equals(scenario.expected())) {
                        wrong.append("\n")
                                .append(scenario.name())
                                .append("\n  ")
                                .append(String.join("\n  ", found));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** No difference without a reason, and no reason without a scenario that shows the difference. */
    @Test
    void eachDifferenceHasARowAndEachRowAScenario() throws IOException {
        Set<String> rows = new TreeSet<>();
        for (String line : Files.readAllLines(TABLE)) {
            if (line.startsWith("| ") && !line.startsWith("| name |")) {
                rows.add(line.substring(2, line.indexOf(" | ")));
            }
        }
        Set<String> shown = new TreeSet<>();
        for (Group group : AllGroups.list()) {
            group.scenarios().forEach(scenario -> shown.add(scenario.difference()));
        }
        shown.remove("");
        assertThat(shown).isEqualTo(rows);
    }

    /**
     * What differs each time. Some of what rsync says and logs hangs on time: when it hangs up on a peer whose words it has not read to the end, the kernel
     * resets the connection, sometimes before its own last words have been read. So a difference that is not expected, or one that is missing, has to show
     * again; that it did once is printed.
     */
    private static List<String> lastingDifferences(Scenario scenario, Bench rsync, Bench sluice) throws Exception {
        List<String> found = differences(scenario, rsync, sluice);
        for (int again = 0; again < MOST_AGAIN && !found.equals(scenario.expected()); again++) {
            System.out.println("once more: " + scenario.name() + " " + found);
            found = differences(scenario, rsync, sluice);
        }
        return found;
    }

    private static List<String> differences(Scenario scenario, Bench rsync, Bench sluice) throws Exception {
        CompletableFuture<Bench.Ran> other = CompletableFuture.supplyAsync(() -> run(sluice, scenario));
        Bench.Ran theirs = rsync.run(scenario);
        Bench.Ran ours = other.get();
        long end = System.nanoTime() + PATIENCE_NANOS;
        List<String> found;
        do { // the last line of a conversation may be logged after the client has gone
            found = Observation.differences(theirs.observe(), ours.observe(), scenario.mixed());
            if (found.equals(scenario.expected())) {
                break;
            }
            LockSupport.parkNanos(POLL_NANOS);
        } while (System.nanoTime() < end);
        rsync.turnPage();
        sluice.turnPage();
        return found;
    }

    private static Bench.Ran run(Bench bench, Scenario scenario) {
        try {
            return bench.run(scenario);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
