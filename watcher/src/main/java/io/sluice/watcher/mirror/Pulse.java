package io.sluice.watcher.mirror;

/** A thread's clock and bed: it sleeps until somebody wakes it or a time is over. */
interface Pulse {
    /** As a time to sleep: until woken. */
    long FOREVER = Long.MAX_VALUE;

    /** The time of {@link System#nanoTime}. */
    long now();

    /** Waits until {@link #wake}, which may have been called before, or until {@code nanos} are over. */
    void sleep(long nanos) throws InterruptedException;

    /** Ends the sleep that is under way, or else the next one. */
    void wake();
}
