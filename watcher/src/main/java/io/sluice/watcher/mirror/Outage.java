package io.sluice.watcher.mirror;

/**
 * How long a replica has taken no push. One that comes back after a while may be in an old state: restored from a backup,
 * or its disk lost what was written last when it went down. Not thread-safe.
 */
final class Outage {
    private final long longNanos;
    private boolean lasts;
    private long since;

    /** @param longNanos what counts as long; 0: nothing does */
    Outage(long longNanos) {
        this.longNanos = longNanos;
    }

    /** A push failed. */
    void failed(long now) {
        if (!lasts) {
            lasts = true;
            since = now;
        }
    }

    /**
     * A push succeeded.
     *
     * @return whether that is the end of a long outage
     */
    boolean ends(long now) {
        boolean wasLong = lasts && longNanos > 0 && now - since >= longNanos;
        lasts = false;
        return wasLong;
    }
}
