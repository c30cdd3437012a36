package io.sluice.watcher.monitor;

/**
 * A monitor's figures at a moment.
 *
 * @param kind by which means it watches; {@link MonitorKind#AUTO} before the start
 * @param why not by a better one, in words; empty if it is the best, or the one that was asked for
 * @param directories that it keeps in mind: with inotify all of the tree, else none
 * @param unwatched of these, looked at regularly since they cannot be watched
 * @param events read from the kernel
 * @param overflows times that the kernel's queue was full
 */
public record MonitorStatistics(
        MonitorKind kind, String why, int directories, int unwatched, long events, long overflows) {
    static final MonitorStatistics NONE = new MonitorStatistics(MonitorKind.AUTO, "", 0, 0, 0, 0);
}
