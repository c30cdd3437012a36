package io.sluice.watcher.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.FileStatus;
import io.sluice.watcher.mirror.Together.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds of a group, a thread for each replica as in a mirror. What must not happen is waited for by who would make it happen, never by time. */
class TogetherTest {
    private static final long FOREVER = Long.MAX_VALUE / 4;

    @TempDir
    private Path source;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void makeFiles() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(source.resolve(name), name);
        }
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private Together group(Publishing publishing) {
        byte[] path = source.toString().getBytes(StandardCharsets.UTF_8);
        PushPlanner planner = new PushPlanner(path, file -> false, new LinkedNames(false), Long.MAX_VALUE);
        return new Together(planner, publishing, new PublishHooks(source, publishing, told::add), Duration.ofHours(1));
    }

    private static PushPlan plan(String... names) {
        List<byte[]> leaves = new ArrayList<>();
        for (String name : names) {
            leaves.add(name.getBytes(StandardCharsets.UTF_8));
        }
        return new PushPlan(leaves, List.of(), List.of(), List.of(), List.of(), false);
    }

    private <T> Future<T> start(Callable<T> task) {
        return threads.submit(task);
    }

    private static List<String> names(Round round) {
        return round.parts().files().stream().map(PathText::of).sorted().toList();
    }

    /** Each has seen something else; all get all of it. */
    @Test
    void makesOnePlanOfAllThatAnyOfThemHas() throws Exception {
        Together group = group(Publishing.TOGETHER);
        Member one = group.member();
        Member two = group.member();
        Future<Round> first = start(() -> group.join(one, plan("a", "b"), false));
        Future<Round> second = start(() -> group.join(two, plan("b", "c", "gone"), false));
        assertThat(names(first.get())).containsExactly("a", "b", "c");
        assertThat(first.get()).isSameAs(second.get());
        assertThat(first.get().parts().plan().missing()).hasSize(1);
    }

    @Test
    void publishesWhenTheLastOneIsReady() throws Exception {
        Together group = group(Publishing.TOGETHER.withDeadline(Duration.ofHours(1)));
        Member one = group.member();
        Member two = group.member();
        Future<Round> first = start(() -> group.join(one, plan("a"), false));
        Round round = group.join(two, plan("a"), false);
        assertThat(first.get()).isSameAs(round);
        assertThat(round.mayPublish(one, 1)).isFalse();
        Future<Boolean> ready = start(() -> round.mayPublish(one, FOREVER));
        assertThat(round.mayPublish(two, FOREVER)).isTrue();
        assertThat(ready.get()).isTrue();
    }

    /** It is not waited for any more, and publishes when it can. */
    @Test
    void leavesOneBehindWhenTheDeadlineIsOver() throws Exception {
        Together group = group(Publishing.TOGETHER.withDeadline(Duration.ofMillis(20)));
        Member one = group.member();
        Member late = group.member();
        Future<Round> first = start(() -> group.join(one, plan("a"), false));
        Round round = group.join(late, plan("a"), false);
        assertThat(first.get().mayPublish(one, FOREVER)).isTrue();
        assertThat(group.isHealthy(late)).isFalse();
        assertThat(round.mayPublish(late, 0)).isTrue();
        group.leave(round, one, true);
        group.leave(round, late, true);
        assertThat(names(group.join(one, plan("b"), false))).containsExactly("b");
        group.caughtUp(late, Duration.ofMillis(1));
        assertThat(group.isHealthy(late)).isTrue();
    }

    /** One that fails before the switch keeps nobody waiting, though the deadline is far. */
    @Test
    void doesNotWaitForOneThatFailed() throws Exception {
        Together group = group(Publishing.TOGETHER.withDeadline(Duration.ofHours(1)));
        Member one = group.member();
        Member failing = group.member();
        Future<Round> first = start(() -> group.join(one, plan("a"), false));
        Round round = group.join(failing, plan("a"), false);
        Future<Boolean> ready = start(() -> first.get().mayPublish(one, FOREVER));
        group.failed(failing);
        group.leave(round, failing, false);
        assertThat(ready.get()).isTrue();
    }

    /** What it needs first is everything, which the others have. */
    @Test
    void goesAloneAtFirstIfItComesLater() throws Exception {
        Together group = group(Publishing.TOGETHER.withDeadline(Duration.ofHours(1)));
        Member one = group.member();
        Round round = group.join(one, plan("a"), false);
        group.leave(round, one, true);
        Member later = group.member();
        assertThat(group.isHealthy(later)).isFalse();
        assertThat(names(group.join(one, plan("b"), false))).as("without it").containsExactly("b");
        group.caughtUp(later, Duration.ofMillis(1));
        assertThat(group.isHealthy(later)).isTrue();
    }

    /** Each round waits for those that are well. */
    @Test
    void waitsForNobodyWhoWentAway() throws Exception {
        Together group = group(Publishing.TOGETHER.withDeadline(Duration.ofHours(1)));
        Member one = group.member();
        Member leaving = group.member();
        group.abort(leaving);
        assertThat(names(group.join(one, plan("a"), false))).containsExactly("a");
    }

    @Test
    void isGivenUpWhenAFileHasChangedButOnlyOnce() throws Exception {
        Together group = group(Publishing.TOGETHER);
        Member one = group.member();
        Round round = group.join(one, plan("a", "b"), false);
        see(round, "a", 1);
        see(round, "b", 1);
        see(round, "a", 2);
        assertThatThrownBy(() -> round.mayPublish(one, FOREVER))
                .isInstanceOfSatisfying(
                        Round.ChangedException.class,
                        changed -> assertThat(changed.paths()).containsExactly("a"));
        group.leave(round, one, false);
        PushPlan rest = plan("a", "b").without(Set.of("a"));
        Round again = group.join(one, rest, true);
        assertThat(names(again)).containsExactly("b");
        see(again, "b", 1);
        see(again, "b", 2);
        assertThat(again.mayPublish(one, FOREVER)).isTrue();
    }

    private void see(Round round, String name, long size) throws IOException {
        FileStatus status = new FileStatus();
        status.pretendContent(size, 1);
        round.sightings().isAsBefore(name.getBytes(StandardCharsets.UTF_8), status);
    }

    @Test
    void endsWhenTheMirrorDoes() {
        Together group = group(Publishing.TOGETHER.withDeadline(Duration.ofHours(1)));
        Member one = group.member();
        Member other = group.member();
        Future<Round> first = start(() -> group.join(one, plan("a"), false));
        Future<Boolean> second = start(() -> {
            Round round = group.join(other, plan("a"), false);
            return round.mayPublish(other, FOREVER);
        });
        assertThatThrownBy(() -> {
                    first.get();
                    group.abort(other);
                    second.get();
                })
                .hasRootCauseMessage("the mirror was closed");
    }
}
