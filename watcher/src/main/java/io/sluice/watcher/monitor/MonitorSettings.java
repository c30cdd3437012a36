package io.sluice.watcher.monitor;

import java.time.Duration;

/**
 * What to watch, and how.
 *
 * @param root the directory, in the kernel's bytes; a symbolic link is followed, and followed anew when it changes
 * @param excludes what not to tell
 * @param rescanInterval time between looks at directories that cannot be watched
 */
public record MonitorSettings(byte[] root, PathFilter excludes, Duration rescanInterval) {
    private static final Duration DEFAULT_RESCAN = Duration.ofSeconds(30);

    /** All of a tree. */
    public static MonitorSettings of(byte[] root) {
        return new MonitorSettings(root, PathFilter.NOTHING, DEFAULT_RESCAN);
    }

    public MonitorSettings withExcludes(PathFilter value) {
        return new MonitorSettings(root, value, rescanInterval);
    }

    public MonitorSettings withRescanInterval(Duration value) {
        return new MonitorSettings(root, excludes, value);
    }
}
