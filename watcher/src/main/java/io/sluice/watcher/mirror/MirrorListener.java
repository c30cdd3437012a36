package io.sluice.watcher.mirror;

import io.sluice.watcher.monitor.Trouble;
import java.time.Duration;

/** Is told what a mirror does. Each replica's thread calls it, several at a time; a method that blocks delays that replica. */
public interface MirrorListener {
    /** Ignores everything. */
    MirrorListener NONE = new MirrorListener() {};

    /** A replica's state is another than before. */
    default void stateChanged(Replica replica, ReplicaStatus status) {}

    /** Changes arrived at a replica. */
    default void pushed(Replica replica, PushedBatch batch) {}

    /**
     * A push failed, in whole or in part; what did not arrive will be pushed again.
     *
     * @param error in words
     * @param retryIn time until the next attempt
     */
    default void failed(Replica replica, String error, Duration retryIn) {}

    /** The source cannot be watched in full. */
    default void trouble(Trouble trouble) {}
}
