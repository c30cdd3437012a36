package io.sluice.watcher.monitor;

/**
 * A monitor's figures at a moment.
 *
 * @param directories known in the tree
 * @param unwatched of these, looked at regularly since they cannot be watched
 * @param events read from the kernel
 * @param overflows times that the kernel's queue was full
 */
public record MonitorStatistics(int directories, int unwatched, long events, long overflows) {}
