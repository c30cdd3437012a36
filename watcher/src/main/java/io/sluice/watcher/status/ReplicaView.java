package io.sluice.watcher.status;

import io.sluice.watcher.mirror.ReplicaStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * How a replica stands, to be shown.
 *
 * @param name as configured
 * @param status of now
 * @param synchronizedOnce whether it has had everything at some time
 * @param totals since the start
 * @param history of the last minutes
 * @param lastError the last thing that went wrong, also after it went well again
 */
record ReplicaView(
        String name,
        ReplicaStatus status,
        boolean synchronizedOnce,
        Totals totals,
        History.Buckets history,
        Optional<PastError> lastError) {
    /** A lag that comes and goes with ordinary work. */
    private static final Duration ORDINARY = Duration.ofSeconds(10);

    /** What came to a replica since the start. */
    record Totals(long pushes, long changes, long files, long bytes, long failures) {
        static final Totals NONE = new Totals(0, 0, 0, 0, 0);
    }

    /**
     * Something that went wrong.
     *
     * @param text in words
     * @param epochMillis when
     */
    record PastError(String text, long epochMillis) {}

    /** Whether it has everything, or lacks only what changed just now and is on its way. */
    boolean isInSync() {
        boolean atWork = status.state() == ReplicaStatus.State.IN_SYNC || status.state() == ReplicaStatus.State.PUSHING;
        return synchronizedOnce
                && atWork
                && status.error().isEmpty()
                && status.lag().compareTo(ORDINARY) <= 0;
    }

    /** What waits for it, in words. */
    String queue() {
        if (!synchronizedOnce) {
            return "everything";
        }
        return status.dirtyPaths() == 0 ? "none" : Figures.count(status.dirtyPaths(), "path");
    }
}
