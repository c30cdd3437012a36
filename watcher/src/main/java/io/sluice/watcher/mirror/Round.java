package io.sluice.watcher.mirror;

import io.sluice.watcher.mirror.Together.Member;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One batch for several replicas. Each gets its content at its own pace; when the last of them has it, or the deadline is
 * over, and the hook agrees, all publish it.
 *
 * <pre>
 * a member: COMING ──► READY ──► PUBLISHING ──► GONE
 *              └────► LATE (publishes by itself) ──► GONE
 * </pre>
 *
 * Guarded by the group's lock.
 */
final class Round {
    private final Together group;
    private final long opened = System.nanoTime();
    private final List<PushPlan> plans = new ArrayList<>();
    private final Map<Member, State> states = new LinkedHashMap<>();
    private final Sightings sightings = new Sightings();
    private boolean last;
    private boolean begun;
    private @Nullable PlanParts parts;
    private long firstReady;
    private boolean asking;
    private boolean published;
    private int successes;
    private @Nullable IOException failure;

    private enum State {
        COMING,
        READY,
        PUBLISHING,
        LATE,
        GONE
    }

    /** Files have changed while a batch was pushed: it was given up, for one without them. */
    static final class ChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Set<String> paths;

        ChangedException(Set<String> paths) {
            super("changed while they were sent: " + paths.size() + " files");
            this.paths = paths;
        }

        /** One character for each byte. */
        Set<String> paths() {
            return paths;
        }
    }

    Round(Together group) {
        this.group = group;
    }

    /** Makes one plan of several. */
    @FunctionalInterface
    interface Planning {
        PlanParts plan(List<PushPlan> plans) throws IOException;
    }

    long opened() {
        return opened;
    }

    void add(Member member, PushPlan wanted, boolean again) {
        states.put(member, State.COMING);
        plans.add(wanted);
        last |= again;
    }

    boolean has(Member member) {
        return states.containsKey(member);
    }

    boolean hasBegun() {
        return begun;
    }

    void begin(Planning planning) {
        begun = true;
        try {
            parts = planning.plan(plans);
        } catch (IOException e) {
            failure = e;
        }
    }

    void throwFailure() throws IOException {
        IOException known = failure;
        if (known instanceof ChangedException || known instanceof HookException) {
            throw known;
        }
        if (known != null) {
            throw new IOException(known.getMessage(), known);
        }
    }

    /** The plan for all, once the round has begun. */
    PlanParts parts() {
        synchronized (group) {
            return Objects.requireNonNull(parts);
        }
    }

    /** Why a member's push was broken off: what {@code seen} came from, if that was the round's affair. */
    IOException failureOf(IOException seen) {
        synchronized (group) {
            return failure == null ? seen : failure;
        }
    }

    Sightings sightings() {
        return sightings;
    }

    /**
     * A member has all content, or has none to get; waits until it may publish.
     *
     * @param nanos how long at most
     * @return false: not yet
     * @throws IOException if the round was given up: nobody publishes
     */
    boolean mayPublish(Member member, long nanos) throws IOException {
        synchronized (group) {
            long end = System.nanoTime() + nanos;
            if (states.get(member) == State.COMING) {
                states.put(member, State.READY);
                firstReady = firstReady == 0 ? System.nanoTime() : firstReady;
                group.notifyAll();
            }
            while (true) {
                if (states.get(member) != State.READY) {
                    return true;
                }
                throwFailure();
                long now = System.nanoTime();
                long patience = firstReady + group.publishing().deadline().toNanos() - now;
                if (!asking && (patience <= 0 || !states.containsValue(State.COMING))) {
                    allReady();
                } else if (now - end >= 0) {
                    return false;
                } else {
                    group.await(member, asking ? end - now : Math.min(end - now, patience));
                }
            }
        }
    }

    private void allReady() {
        asking = true;
        states.replaceAll((member, state) -> {
            if (state == State.COMING) {
                member.fellBehind();
                return State.LATE;
            }
            return state;
        });
        Set<String> changed = sightings.changed();
        if (!changed.isEmpty() && !last) {
            fail(new ChangedException(changed));
        } else {
            group.hooks().before(parts().plan(), this::answered);
        }
    }

    private void answered(@Nullable HookException refusal) {
        synchronized (group) {
            if (refusal != null) {
                fail(refusal);
                return;
            }
            published = true;
            states.replaceAll((member, state) -> state == State.READY ? State.PUBLISHING : state);
            group.notifyAll();
        }
    }

    private void fail(IOException reason) {
        failure = reason;
        group.notifyAll();
    }

    /** A member is done with it; the last one to be so has the hook told. */
    void left(Member member, boolean complete) {
        State before = states.put(member, State.GONE);
        successes += before == State.PUBLISHING && complete ? 1 : 0;
        if (published && !states.containsValue(State.PUBLISHING) && successes > 0) {
            published = false;
            group.hooks().after(parts().plan(), successes);
        }
    }

    /** Nanoseconds of milliseconds, as a gate has them. */
    static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
