package io.sluice.watcher.mirror;

import io.sluice.watcher.monitor.Change;
import io.sluice.watcher.monitor.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Is told what a mirror does. Each replica's thread calls it, several at a time; a method that blocks delays that replica. */
public interface MirrorListener {
    /** Ignores everything. */
    MirrorListener NONE = new MirrorListener() {};

    /** Tells each of these, in turn; one that throws keeps those after it from being told. */
    static MirrorListener all(MirrorListener... listeners) {
        return new AllListeners(List.of(listeners));
    }

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

    /**
     * Something changed in the source; its push comes later. Called by the monitor's thread: a method that blocks lets
     * the kernel's queue fill up.
     */
    default void changed(Change change) {}

    /** Something went wrong that keeps nothing from being pushed, such as an {@code after publish} command that failed. */
    default void warned(String text) {}

    /** The source cannot be watched in full. */
    default void trouble(Trouble trouble) {}

    /**
     * A replica was compared with the source by checksum; what differed is pushed next.
     *
     * @param differences in words, such as {@code content: index.html}; no more than are worth reading
     * @param error why not all could be compared or repaired; empty: it could
     */
    default void verified(Replica replica, List<String> differences, Optional<String> error) {}
}
