package io.sluice.watcher.mirror;

import java.time.Duration;
import java.util.Optional;

/**
 * How a replica stands at a moment.
 *
 * @param state what its worker does
 * @param dirtyPaths that it may differ in and that are not under way; with subtrees, fewer than there are files
 * @param lag age of the oldest change that is known and that it does not have; zero if there is none
 * @param pushes that succeeded so far
 * @param error why it is behind, if a push failed; empty again after the next that succeeds
 */
public record ReplicaStatus(State state, int dirtyPaths, Duration lag, long pushes, Optional<String> error) {
    /** What a replica's worker does. */
    public enum State {
        /** Its first, full synchronisation is under way or to come. */
        SYNCHRONIZING,
        /** It has all that the monitor told of. */
        IN_SYNC,
        /** Changes are on their way. */
        PUSHING,
        /** A push failed; the next attempt comes by itself. */
        WAITING,
        /** The source is not there: nothing is pushed until it is. */
        HELD,
        /** The mirror was closed. */
        CLOSED
    }
}
