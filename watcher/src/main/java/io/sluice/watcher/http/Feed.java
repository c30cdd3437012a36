package io.sluice.watcher.http;

import java.util.Optional;

/**
 * Where a stream of events comes from. It never waits for a listener: a listener comes back for more when it has room,
 * and what it missed meanwhile is the feed's to tell.
 */
public interface Feed {
    /**
     * A listener's place in the feed.
     *
     * @param lastEventId the id of the last event that it had; empty or unknown: see the feed
     */
    Cursor open(Optional<String> lastEventId);

    /** Calls {@code wake}, from any thread and quickly, whenever there may be more; until the returned subscription is closed. */
    Subscription subscribe(Runnable wake);

    /** How far a listener is. Used by one thread. */
    interface Cursor {
        /**
         * Appends the next events in the form of {@code text/event-stream}.
         *
         * @param limit stop when there are so many characters
         * @return whether there was anything
         */
        boolean next(StringBuilder out, int limit);

        /** Whether there will never be more here; the listener may find more when it comes back. */
        boolean isOver();
    }

    /** That somebody is woken. */
    @FunctionalInterface
    interface Subscription {
        /** Ends it. */
        void end();
    }
}
