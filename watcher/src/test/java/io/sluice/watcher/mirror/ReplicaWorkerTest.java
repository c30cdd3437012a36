package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.PasswordSource;
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

/**
 * A worker on the test's own thread, with a clock that only sleeping moves and a script in place of the replica: the
 * script closes the worker at its end, so that a push too many or too few is seen.
 */
class ReplicaWorkerTest {
    private static final Duration SETTLE = Duration.ofMillis(3);
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final Path source;
    private final List<String> log = new ArrayList<>();
    private final Deque<Step> script = new ArrayDeque<>();
    private final Clock clock = new Clock();
    private final ReplicaWorker worker;
    private Runnable onFailure = () -> {};

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
        PushPlanner planner = new PushPlanner(source.toString().getBytes(StandardCharsets.UTF_8), path -> false);
        ReplicaWorker.Parts parts = new ReplicaWorker.Parts(new Script(), planner, backoff, partial, clock, listener);
        Replica replica = Replica.of("rsync://host/module/", PasswordSource.of(""));
        return new ReplicaWorker(replica, parts, SETTLE, 1000);
    }

    private void mark(String path) {
        worker.mark(path.getBytes(StandardCharsets.UTF_8), false, clock.now());
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
                    throw new IOException("connection refused");
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
                        "failed: connection refused",
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
                    return new Push.Outcome(false, 0, 0, List.of("bad: Permission denied"));
                },
                () -> done(),
                () -> done());
        assertThat(log)
                .containsSubsequence(
                        "push bad", "failed: bad: Permission denied", "push good", "WAITING", "push bad", "IN_SYNC");
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
