package io.sluice.watcher.mirror;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.transfer.PublishGate;
import io.sluice.watcher.mirror.ReplicaSessions.Manner;
import io.sluice.watcher.mirror.Together.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pushes to one replica of a group, in two steps: first all content, which becomes visible when the group's round says
 * so; then, at once, what has none: symlinks and their like, attributes of directories, and deletions, so that nothing
 * points to what is not there yet and nothing is gone that is still pointed to.
 */
final class TogetherPush implements Push {
    private static final long LOOK_MILLIS = 500;

    private final Together group;
    private final Member member;
    private final ReplicaSessions sessions;
    private final EntryPush entries;
    private final RenamePush renames;
    private final Retries retries;
    /** Directories, a character for each byte, where an earlier attempt may have left content that was not published. */
    private final Set<String> leftBehind = new TreeSet<>();

    /** What happens when all have to try again. */
    interface Retries {
        /** Tells of it, and returns when to do so. */
        long after(HookException reason);

        void succeeded();
    }

    TogetherPush(Together group, ReplicaSessions sessions, Retries retries) {
        this.group = group;
        this.member = group.member();
        this.sessions = sessions;
        this.entries = new EntryPush(sessions);
        this.renames = new RenamePush(sessions);
        this.retries = retries;
    }

    @Override
    public Outcome push(PushPlan plan) throws IOException {
        PushPlan wanted = plan;
        boolean again = false;
        while (!wanted.isEmpty()) {
            if (!group.isHealthy(member)) {
                return alone(wanted);
            }
            try {
                return withOthers(wanted, again);
            } catch (Round.ChangedException e) {
                wanted = wanted.without(e.paths());
                again = true;
            } catch (HookException e) {
                group.pause(member, retries.after(e));
            }
        }
        return Outcome.NOTHING;
    }

    private Outcome alone(PushPlan plan) throws IOException {
        long began = System.nanoTime();
        Outcome outcome = push(PlanParts.of(plan, sessions.source()), PublishGate.OPEN);
        group.caughtUp(member, Duration.ofNanos(System.nanoTime() - began));
        return outcome;
    }

    private Outcome withOthers(PushPlan plan, boolean again) throws IOException {
        Round round = group.join(member, plan, again);
        boolean complete = false;
        try {
            Outcome outcome = push(round.parts(), new Seat(round));
            complete = outcome.complete();
            if (!complete) {
                group.failed(member);
            }
            retries.succeeded();
            return outcome;
        } catch (IOException e) {
            IOException reason = round.failureOf(e);
            if (reason.equals(e)) {
                group.failed(member);
            }
            throw reason;
        } finally {
            group.leave(round, member, complete);
        }
    }

    /** The place of this replica in a round. */
    private final class Seat implements PublishGate {
        private final Round round;

        Seat(Round round) {
            this.round = round;
        }

        @Override
        public boolean mayPublish(boolean complete, long millis) throws IOException {
            if (!complete) {
                throw new IOException("not published with the other replicas: some files could not be transferred");
            }
            return round.mayPublish(member, Round.nanos(millis));
        }

        @Override
        public boolean maySend(byte[] path, FileStatus status) {
            return round.sightings().isAsBefore(path, status);
        }

        @Override
        public void sent(byte[] path, FileStatus status) {
            round.sightings().isAsBefore(path, status);
        }
    }

    private Outcome push(PlanParts parts, PublishGate gate) throws IOException {
        PushPlan plan = parts.plan();
        if (plan.isWhole()) {
            Outcome outcome =
                    sessions.whole(SessionKind.whole(plan), Manner.delayed(gate).with(clearingRules()));
            leftBehind.clear();
            return outcome;
        }
        Outcome outcome = content(parts, gate);
        pass(gate);
        List<byte[]> missing = new ArrayList<>(plan.missing());
        leftBehind.forEach(directory -> missing.add(temporariesIn(directory)));
        outcome = outcome.and(entries.push(SessionKind.ENTRIES, parts.others(), missing));
        outcome = outcome.and(entries.push(SessionKind.COMPARED, plan.comparedListings(), List.of()));
        leftBehind.clear();
        return outcome;
    }

    private Outcome content(PlanParts parts, PublishGate gate) throws IOException {
        List<byte[]> files = parts.files();
        PushPlan plan = parts.plan();
        if (files.isEmpty() && plan.subtrees().isEmpty()) {
            return Outcome.NOTHING;
        }
        try {
            return renames.isCalledFor(plan)
                    ? renames.push(
                            kind(plan),
                            names(files, plan, plan.missing()),
                            delayed(plan, gate),
                            () -> plainContent(files, plan, gate))
                    : plainContent(files, plan, gate);
        } catch (IOException e) {
            files.forEach(path -> leftBehind.add(PathText.of(PathText.directory(path))));
            throw e;
        }
    }

    private Manner delayed(PushPlan plan, PublishGate gate) throws IOException {
        Manner manner = Manner.delayed(gate);
        return plan.subtrees().isEmpty() ? manner : manner.with(clearingRules());
    }

    private Outcome plainContent(List<byte[]> files, PushPlan plan, PublishGate gate) throws IOException {
        return sessions.named(kind(plan), names(files, plan, List.of()), delayed(plan, gate));
    }

    private static List<byte[]> names(List<byte[]> files, PushPlan plan, List<byte[]> missing) {
        List<byte[]> names = new ArrayList<>(files);
        names.addAll(missing);
        names.addAll(plan.subtrees());
        return names;
    }

    /** All content goes in one session, which has to wait for the others: what is written to together with subtrees is compared with them. */
    private static SessionKind kind(PushPlan plan) {
        boolean written = !plan.writtenLeaves().isEmpty();
        if (plan.subtrees().isEmpty()) {
            return written ? SessionKind.WRITTEN : SessionKind.ENTRIES;
        }
        boolean compared = written || !plan.comparedSubtrees().isEmpty();
        return compared ? SessionKind.COMPARED_SUBTREES : SessionKind.SUBTREES;
    }

    /** Where there was no content to push, the round is waited for all the same. */
    private static void pass(PublishGate gate) throws IOException {
        boolean open = false;
        while (!open) {
            open = gate.mayPublish(true, LOOK_MILLIS);
        }
    }

    /** What an attempt has left behind that is no longer wanted may be deleted, which else no session does that has delayed updates. */
    private FilterList clearingRules() throws IOException {
        String place = delayedPlace();
        if (place.startsWith("/")) {
            return FilterList.EMPTY;
        }
        return new FilterList.Builder()
                .filter(("R " + place + "/").getBytes(StandardCharsets.ISO_8859_1), name -> new byte[0])
                .build();
    }

    private String delayedPlace() {
        return sessions.options().edit(SessionKind::delay).placement().partialPlace();
    }

    private byte[] temporariesIn(String directory) {
        String path = directory.isEmpty() ? delayedPlace() : directory + "/" + delayedPlace();
        return path.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean mayDetectRenamed() {
        return sessions.peer().mayDetectRenamed();
    }

    @Override
    public void abort() {
        group.abort(member);
        sessions.abort();
    }
}
