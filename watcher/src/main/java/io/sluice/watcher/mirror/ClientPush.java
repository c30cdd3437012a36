package io.sluice.watcher.mirror;

import io.sluice.watcher.mirror.ReplicaSessions.Manner;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Pushes with the rsync client, in as few sessions as a plan can go in: one for single entries, one for those that were
 * written to, one for subtrees, one each for listings and subtrees in which something was written to, or one for the whole
 * source.
 */
final class ClientPush implements Push {
    private final ReplicaSessions sessions;
    private final EntryPush entries;
    private final RenamePush renames;

    ClientPush(ReplicaSessions sessions) {
        this.sessions = sessions;
        this.entries = new EntryPush(sessions);
        this.renames = new RenamePush(sessions);
    }

    @Override
    public Outcome push(PushPlan plan) throws IOException {
        if (plan.isWhole()) {
            return sessions.whole(SessionKind.whole(plan), Manner.PLAIN);
        }
        if (!renames.isCalledFor(plan)) {
            return pushPlainly(plan).and(compared(plan));
        }
        if (plan.subtrees().isEmpty()) {
            return pushRenamedFiles(plan).and(compared(plan));
        }
        return plan.plainSubtrees().isEmpty()
                ? pushRenamedCompared(plan)
                : pushRenamedPlain(plan).and(compared(plan));
    }

    /** What is new and what is missing go together. */
    private Outcome pushRenamedFiles(PushPlan plan) throws IOException {
        List<byte[]> byContent = plan.byContent();
        boolean written = !byContent.isEmpty();
        List<byte[]> files = written ? byContent : plan.leaves();
        SessionKind kind = written ? SessionKind.WRITTEN : SessionKind.ENTRIES;
        Outcome outcome = renames.push(
                kind, all(files, plan.missing()), Manner.PLAIN, () -> entries.push(kind, files, plan.missing()));
        List<byte[]> others = written ? plan.byTime() : plan.plainDirectories();
        return outcome.and(entries.push(SessionKind.ENTRIES, others, List.of()));
    }

    /** What was written to comes after the subtrees, which are looked at by time. */
    private Outcome pushRenamedPlain(PushPlan plan) throws IOException {
        List<byte[]> names = all(plan.names(), plan.plainSubtrees());
        Outcome outcome = renames.push(SessionKind.SUBTREES, names, Manner.PLAIN, () -> pushNames(plan.leaves(), plan));
        outcome = outcome.and(entries.push(SessionKind.ENTRIES, plan.plainDirectories(), List.of()));
        return outcome.and(entries.push(SessionKind.WRITTEN, plan.writtenLeaves(), List.of()));
    }

    /** All is compared, so that what was written to can be with the rest. */
    private Outcome pushRenamedCompared(PushPlan plan) throws IOException {
        List<byte[]> names = all(plan.names(), plan.comparedSubtrees());
        Outcome outcome = renames.push(
                SessionKind.COMPARED_SUBTREES,
                names,
                Manner.PLAIN,
                () -> pushPlainly(plan).and(subtrees(SessionKind.COMPARED_SUBTREES, plan.comparedSubtrees())));
        outcome = outcome.and(entries.push(SessionKind.ENTRIES, plan.plainDirectories(), List.of()));
        return outcome.and(entries.push(SessionKind.COMPARED, plan.comparedListings(), List.of()));
    }

    private static List<byte[]> all(List<byte[]> some, List<byte[]> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private Outcome pushPlainly(PushPlan plan) throws IOException {
        List<byte[]> byTime = plan.byTime();
        if (byTime.isEmpty()) {
            Outcome outcome = entries.push(SessionKind.WRITTEN, plan.byContent(), plan.missing());
            return outcome.and(subtrees(SessionKind.SUBTREES, plan.plainSubtrees()));
        }
        return pushNames(byTime, plan).and(entries.push(SessionKind.WRITTEN, plan.byContent(), List.of()));
    }

    private Outcome pushNames(List<byte[]> present, PushPlan plan) throws IOException {
        return entries.push(SessionKind.ENTRIES, present, plan.missing())
                .and(subtrees(SessionKind.SUBTREES, plan.plainSubtrees()));
    }

    private Outcome compared(PushPlan plan) throws IOException {
        return entries.push(SessionKind.COMPARED, plan.comparedListings(), List.of())
                .and(subtrees(SessionKind.COMPARED_SUBTREES, plan.comparedSubtrees()));
    }

    private Outcome subtrees(SessionKind kind, List<byte[]> paths) throws IOException {
        return paths.isEmpty() ? Outcome.NOTHING : sessions.named(kind, paths, Manner.PRESENT);
    }

    @Override
    public boolean mayDetectRenamed() {
        return sessions.peer().mayDetectRenamed();
    }

    @Override
    public void abort() {
        sessions.abort();
    }
}
