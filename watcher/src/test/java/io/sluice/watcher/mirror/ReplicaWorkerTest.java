package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.PasswordSource;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.watcher.mirror.ReplicaStatus.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A worker on the test's own thread, with a clock that only sleeping moves and a script in place of the replica: the
 * script closes the worker at its end, so that a push too many or too few is seen.
 */
class ReplicaWorkerTest {
    private static final Duration SETTLE = Duration.ofMillis(3);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Path source;
    private final List<String> log = new ArrayList<>();
    private final Deque<Step> script = new ArrayDeque<>();
    private final Clock clock = new Clock();
    private ReplicaWorker worker;
    private Runnable onFailure = () -> {};
    private SourceGuard guard = SourceGuard.NONE;

    ReplicaWorkerTest(@TempDir Path source) {
        this.source = source;
        this.worker = makeWorker();
    }

    /** What happens during one push. */
    private interface Step {
        Push.Outcome run() throws IOException;
    }

    private static final class Clock implements Pulse {
        private long now = 1_000_000_000;
        private final List<Long> sleeps = new ArrayList<>();
        private boolean woken;

        @Override
        public long now() {
            return now;
        }

        @Override
        public void sleep(long nanos) {
            if (woken) {
                woken = false;
                return;
            }
            if (nanos == FOREVER) {
                throw new IllegalStateException("sleeps for ever: nothing in the script wakes it");
            }
            sleeps.add(nanos / 1_000_000);
            now += nanos;
        }

        @Override
        public void wake() {
            woken = true;
        }
    }

    private final class Script implements Push {
        @Override
        public Outcome push(PushPlan plan) throws IOException {
            List<String> paths = plan.paths().stream()
                    .map(path -> new String(path, StandardCharsets.UTF_8))
                    .map(path -> path.isEmpty() ? "ROOT" : path)
                    .sorted()
                    .toList();
            log.add("push " + String.join(" ", paths));
            Step step = script.remove();
            if (script.isEmpty()) {
                worker.close();
            }
            return step.run();
        }

        @Override
        public void abort() {
            log.add("abort");
        }
    }

    private ReplicaWorker makeWorker() {
        MirrorListener listener = new MirrorListener() {
            @Override
            public void stateChanged(Replica replica, ReplicaStatus status) {
                log.add(status.state().toString());
            }

            @Override
            public void pushed(Replica replica, PushedBatch batch) {
                log.add("pushed after " + batch.millisSinceFirstEvent());
            }

            @Override
            public void failed(Replica replica, String error, Duration retryIn) {
                log.add("failed: " + error);
                onFailure.run();
            }
        };
        Backoff backoff = new Backoff(FIRST, Duration.ofSeconds(4), new Random(1));
        Backoff partial = new Backoff(FIRST, Duration.ofSeconds(4), new Random(1));
        PushPlanner planner = new PushPlanner(
                source.toString().getBytes(StandardCharsets.UTF_8), path -> false, new LinkedNames(false), 1 << 20);
        Outage outage = new Outage(LONG.toNanos());
        ReplicaWorker.Parts parts = new ReplicaWorker.Parts(
                new Script(), planner, () -> guard.hold(), backoff, partial, outage, clock, listener);
        Replica replica = Replica.of("rsync://host/module/", PasswordSource.of(""));
        DirtyQueue.Limits limits = new DirtyQueue.Limits(
                1 << 20, 100, SETTLE.toNanos(), SETTLE.multipliedBy(10).toNanos());
        return new ReplicaWorker(replica, parts, limits);
    }

    private void mark(String path) {
        worker.mark(DirtyPath.of(path.getBytes(StandardCharsets.UTF_8)), Dirt.SINGLE, clock.now());
    }

    private static Push.Outcome done() {
        return new Push.Outcome(true, 1, 1, List.of());
    }

    private void steps(Step... steps) {
        script.addAll(List.of(steps));
        worker.run();
        assertThat(script).isEmpty();
    }

    @Test
    void beginsWithEverythingAndGoesOnWithWhatChanged() {
        steps(
                () -> {
                    mark("a");
                    mark("b/c");
                    return done();
                },
                () -> done());
        assertThat(log)
                .containsExactly(
                        "push ROOT", "pushed after 3", "PUSHING", "push a b", "pushed after 3", "IN_SYNC", "CLOSED");
    }

    @Test
    void takesPathsBackWhenAPushFailsAndWaitsLongerEachTime() {
        steps(
                () -> {
                    throw new IOException("no answer");
                },
                () -> {
                    throw new IOException("still refused");
                },
                () -> {
                    throw new IOException("still refused");
                },
                () -> done());
        assertThat(log)
                .containsSubsequence(
                        "push ROOT",
                        "WAITING",
                        "failed: no answer",
                        "push ROOT",
                        "failed: still refused",
                        "push ROOT",
                        "push ROOT",
                        "IN_SYNC",
                        "CLOSED");
        List<Long> waits = clock.sleeps.subList(1, 4);
        assertThat(waits.get(0)).isBetween(500L, 1000L);
        assertThat(waits.get(1)).isBetween(1000L, 2000L);
        assertThat(waits.get(2)).isBetween(2000L, 4000L);
    }

    /** The clock that waits go by counts from anywhere, and may run over its end: only differences mean something. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE - 700_000_000L, -700_000_000L, Long.MIN_VALUE, 0})
    void waitsAsLongWhateverTheClockShows(long start) {
        clock.now = start;
        worker = makeWorker(); // what is dirty from the start has a time, too
        steps(
                () -> {
                    throw new IOException("no answer");
                },
                () -> {
                    throw new IOException("still refused");
                },
                () -> {
                    mark("a");
                    return done();
                },
                () -> done());
        assertThat(log)
                .containsSubsequence(
                        "push ROOT",
                        "failed: no answer",
                        "push ROOT",
                        "failed: still refused",
                        "push ROOT",
                        "push a",
                        "pushed after 3",
                        "IN_SYNC",
                        "CLOSED");
        assertThat(clock.sleeps.get(1)).isBetween(500L, 1000L);
        assertThat(clock.sleeps.get(2)).isBetween(1000L, 2000L);
    }

    /** A worker that ended would leave its replica behind for ever, and nobody would hear of it. */
    @Test
    void goesOnAfterAnErrorOfTheMachine() {
        steps(
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                () -> done());
        assertThat(log)
                .containsSubsequence(
                        "push ROOT", "WAITING", "failed: Java heap space", "push ROOT", "IN_SYNC", "CLOSED");
    }

    /** What changed while it failed goes with what failed. */
    @Test
    void addsNewPathsToThoseThatFailed() {
        steps(
                () -> {
                    mark("old");
                    return done();
                },
                () -> {
                    mark("new");
                    throw new IOException("cut");
                },
                () -> done());
        assertThat(log).containsSubsequence("push old", "failed: cut", "push new old", "IN_SYNC");
    }

    /** It may have come back with an old state; after a short pause nothing is compared that did not change. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void comparesAllAfterALongOutage(boolean isLong) {
        steps(
                () -> {
                    mark("old");
                    return done();
                },
                () -> {
                    throw new IOException("down");
                },
                () -> {
                    clock.now += isLong ? LONG.toNanos() : 0;
                    mark("new");
                    return done();
                },
                () -> done());
        assertThat(log).containsSubsequence("push old", "failed: down", "push old", isLong ? "push ROOT" : "push new");
    }

    /** What is under way or failed counts until it has arrived; a later change does not make the lag smaller. */
    @Test
    void tellsTheAgeOfTheOldestChangeThatIsMissing() {
        List<Duration> lags = new ArrayList<>();
        steps(
                () -> {
                    mark("old");
                    clock.now += 5_000_000_000L;
                    mark("new");
                    return done();
                },
                () -> {
                    lags.add(worker.status().lag());
                    throw new IOException("cut");
                },
                () -> {
                    lags.add(worker.status().lag());
                    return done();
                });
        Duration waited = Duration.ofMillis(clock.sleeps.getLast());
        assertThat(lags).first().isEqualTo(Duration.ofSeconds(5));
        assertThat(lags.getLast())
                .isBetween(waited.plusSeconds(5), waited.plusSeconds(5).plusMillis(1));
        assertThat(worker.status().lag()).isZero();
    }

    /** One file that cannot be read must not hold up the others. */
    @Test
    void goesOnWhileAPartOfABatchCannotBeBroughtOver() {
        steps(
                () -> {
                    mark("bad");
                    return done();
                },
                () -> {
                    mark("good");
                    return new Push.Outcome(false, 0, 0, List.of("bad: locked"));
                },
                () -> done(),
                () -> done());
        assertThat(log)
                .containsSubsequence("push bad", "failed: bad: locked", "push good", "WAITING", "push bad", "IN_SYNC");
        assertThat(worker.status().error()).isEmpty();
    }

    /** It waits as for a replica that is down, and has lost nothing when the source is back. */
    @Test
    void doesNotTakeAMissingSourceForAnEmptyOne() {
        Path moved = source.resolveSibling(source.getFileName() + ".moved");
        onFailure = () -> move(moved, source);
        steps(
                () -> {
                    mark("a");
                    move(source, moved);
                    return done();
                },
                () -> done());
        assertThat(log).containsSubsequence("push ROOT", "WAITING", "push a", "IN_SYNC");
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path leads to a directory all the same: the one that is left when what was mounted there is gone. */
    @Test
    void doesNotPushWhatIsNotTheSourceThatIsWatched() {
        guard = () -> {
            throw new TransferException(ExitCode.FILE_SELECT, "source: another directory");
        };
        onFailure = () -> guard = () -> () -> log.add("released");
        steps(() -> done());
        assertThat(log).containsSubsequence("failed: source: another directory", "push ROOT", "IN_SYNC", "released");
        assertThat(log).filteredOn(line -> line.startsWith("push ")).hasSize(1);
    }

    /** Between plan and push, a missing name became a directory: what the old one held is still on the replica. */
    @Test
    void pushesTheWholeDirectoryThatAppearedWhereNoneWasPlanned() {
        steps(
                () -> {
                    mark("d");
                    return done();
                },
                () -> {
                    makeDirectory(source.resolve("d"));
                    return done();
                },
                () -> done());
        assertThat(log).containsSubsequence("push ROOT", "push d", "push d", "IN_SYNC");
    }

    private static void makeDirectory(Path path) {
        try {
            Files.createDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void endsWithoutWaitingForAReplicaThatFails() {
        steps(() -> {
            mark("a");
            throw new IOException("refused");
        });
        assertThat(log).containsExactly("push ROOT", "CLOSED");
        assertThat(worker.status().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void pushesWhatIsDirtyBeforeItEnds() {
        steps(
                () -> {
                    mark("late");
                    worker.close();
                    return done();
                },
                () -> done());
        assertThat(log).containsSubsequence("push late", "IN_SYNC", "CLOSED");
    }

    @Test
    void pushesNothingWhileItIsHeld() {
        worker.hold(true);
        worker.close();
        worker.run();
        assertThat(log).containsExactly("CLOSED");
    }
}
