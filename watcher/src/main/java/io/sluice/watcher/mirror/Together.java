package io.sluice.watcher.mirror;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Replicas of one source that switch at the same moment. Their workers come with what is dirty; those that come at about
 * the same time make a {@link Round}, which has one plan for all. A replica that is late or fails goes on alone, and is
 * one of them again when it has caught up.
 *
 * <p>One lock guards this, its members and its rounds.
 */
final class Together {
    /** An event reaches all workers within this time. */
    static final Duration GATHERING = Duration.ofMillis(250);

    private static final long MAX_DIRTY_BYTES = 1L << 30;

    private final long gatherNanos;
    private final PushPlanner planner;
    private final Publishing publishing;
    private final PublishHooks hooks;
    private final List<Member> members = new ArrayList<>();
    private @Nullable Round gathering;
    private boolean begun;

    /**
     * Makes one without members.
     *
     * @param planner looks at the source, once for all
     * @param gathering how long a round waits for a worker that has nothing to push, as far as is known
     */
    Together(PushPlanner planner, Publishing publishing, PublishHooks hooks, Duration gathering) {
        this.gatherNanos = gathering.toNanos();
        this.planner = planner;
        this.publishing = publishing;
        this.hooks = hooks;
    }

    /** A replica in the group. */
    static final class Member {
        private boolean healthy = true;
        private boolean busy;
        private long idleSince = System.nanoTime();
        private boolean aborted;

        boolean isAborted() {
            return aborted;
        }

        void fellBehind() {
            healthy = false;
        }
    }

    synchronized Member member() {
        Member member = new Member();
        member.healthy =
                !begun; // one that comes later has all before it: alone, lest the others do it over again with it
        members.add(member);
        return member;
    }

    Publishing publishing() {
        return publishing;
    }

    PublishHooks hooks() {
        return hooks;
    }

    /** Whether it goes with the others. */
    synchronized boolean isHealthy(Member member) {
        return member.healthy;
    }

    /** It has, by itself, got all that there was for it; {@code took} tells how quickly it can do that. */
    synchronized void caughtUp(Member member, Duration took) {
        member.healthy = took.compareTo(publishing.deadline()) < 0;
    }

    synchronized void failed(Member member) {
        member.healthy = false;
        notifyAll();
    }

    /** Its push under way, and any later one, ends, and nobody waits for it any more. */
    synchronized void abort(Member member) {
        members.remove(member);
        member.aborted = true;
        member.healthy = false;
        notifyAll();
    }

    /**
     * Brings a plan into a round and waits until that begins.
     *
     * @param again the plan was in a round that had to be given up because files changed
     * @throws IOException if the source is not there
     */
    synchronized Round join(Member member, PushPlan plan, boolean again) throws IOException {
        Round round = gathering;
        if (round == null) {
            round = new Round(this);
            gathering = round;
        }
        member.busy = true;
        round.add(member, plan, again);
        notifyAll();
        try {
            while (!round.hasBegun()) {
                long wait = timeToBegin(round, System.nanoTime());
                if (wait <= 0) {
                    gathering = null;
                    begun = true;
                    round.begin(this::planFor);
                    notifyAll();
                } else {
                    await(member, wait);
                }
            }
            round.throwFailure();
            return round;
        } catch (IOException e) {
            leave(round, member, false);
            throw e;
        }
    }

    /** One plan for all that any of them needs, from what is there now. */
    private PlanParts planFor(List<PushPlan> plans) throws IOException {
        DirtySet all = new DirtySet(MAX_DIRTY_BYTES);
        for (PushPlan plan : plans) {
            plan.markIn(all);
        }
        return PlanParts.of(planner.plan(all), planner.source());
    }

    /** Until all that are in good health have come, or it has become clear that they do not. */
    private long timeToBegin(Round round, long now) {
        long longest = 0;
        for (Member member : members) {
            if (member.healthy && !round.has(member)) {
                long idle = Math.max(round.opened(), member.idleSince) + gatherNanos - now;
                long busy = round.opened() + publishing.deadline().toNanos() - now;
                longest = Math.max(longest, member.busy ? busy : idle);
            }
        }
        return longest;
    }

    /** Waits to be notified; the lock is held. */
    void await(Member member, long nanos) throws IOException {
        if (member.aborted) {
            throw new IOException("the mirror was closed");
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (member.aborted) {
            throw new IOException("the mirror was closed");
        }
    }

    /** Waits, for another attempt of all. */
    synchronized void pause(Member member, long until) throws IOException {
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            await(member, left);
        }
    }

    /** It is done with a round. */
    synchronized void leave(Round round, Member member, boolean complete) {
        member.busy = false;
        member.idleSince = System.nanoTime();
        round.left(member, complete);
        notifyAll();
    }
}
