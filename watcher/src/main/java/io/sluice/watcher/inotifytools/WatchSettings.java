package io.sluice.watcher.inotifytools;

/**
 * What a command line of {@code inotifywatch} asks for.
 *
 * @param common what to watch, how, and for which events
 * @param zero shows rows and columns without a count
 * @param order of the table's rows
 */
record WatchSettings(CommonSettings common, boolean verbose, boolean zero, RowOrder order) {}
