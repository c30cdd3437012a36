package io.sluice.watcher.mirror;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Brings a plan to one replica: what a worker needs of the rsync client. */
interface Push {
    /**
     * Pushes a plan, in as many sessions as it takes.
     *
     * @throws IOException if it was broken off; some or all of it may not have arrived
     */
    Outcome push(PushPlan plan) throws IOException;

    /** Whether the replica may make what is renamed from what it has, if both names are in one plan. Called by other threads. */
    default boolean mayDetectRenamed() {
        return false;
    }

    /** Breaks off the push that is under way, and any later one. Called by other threads. */
    void abort();

    /**
     * How a push ended that was not broken off.
     *
     * @param complete false if some of it could not be brought over
     * @param files whose content was sent
     * @param bytes of content that were sent
     * @param errors what the two ends said about it, for people
     */
    record Outcome(boolean complete, long files, long bytes, List<String> errors) {
        /** There was nothing to do. */
        static final Outcome NOTHING = new Outcome(true, 0, 0, List.of());

        public Outcome {
            errors = List.copyOf(errors);
        }

        /** Both, one after the other. */
        Outcome and(Outcome next) {
            List<String> all =
                    Stream.concat(errors.stream(), next.errors.stream()).toList();
            return new Outcome(complete && next.complete, files + next.files, bytes + next.bytes, all);
        }
    }
}
