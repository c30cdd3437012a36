package io.sluice.watcher.monitor;

/** Is told what a {@link FileMonitor} sees: by one thread, in order. A method that blocks lets the kernel's queue fill up. */
public interface ChangeListener {
    /** Something changed. */
    void changed(Change change);

    /** What was there at the start has been told; only if {@link MonitorSettings.Extra#EXISTING} was asked for. */
    default void endOfList() {}

    /** Something keeps the monitor from seeing all, or did; {@link Trouble#message} says what to do about it. */
    default void trouble(Trouble trouble) {}
}
