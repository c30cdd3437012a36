package io.sluice.watcher.monitor;

import java.time.Duration;
import java.util.Set;

/**
 * What to watch, and how.
 *
 * @param root the directory, in the kernel's bytes; a symbolic link is followed, and followed anew when it changes
 * @param excludes what not to tell
 * @param rescanInterval time between looks at what cannot be watched
 * @param kind by which means
 * @param extras what to tell beside changes
 */
public record MonitorSettings(
        byte[] root, PathFilter excludes, Duration rescanInterval, MonitorKind kind, Set<Extra> extras) {
    private static final Duration DEFAULT_RESCAN = Duration.ofSeconds(30);

    /** What is told only when asked for. */
    public enum Extra {
        /** What is there at the start: each path as {@link ChangeKind#EXISTS}, then {@link ChangeListener#endOfList}. */
        EXISTING,
        /**
         * What happens to files whose names are excluded, as {@link ChangeKind#EXCLUDED}: they may have other names. Not what happens in directories that are
         * excluded.
         */
        EXCLUDED_FILES,
        /**
         * When a program begins and ends to run: {@link ChangeKind#EXECUTION_STARTED} and {@link
         * ChangeKind#EXECUTION_STOPPED} of its file. Only {@link MonitorKind#FANOTIFY} can.
         */
        EXECUTION
    }

    public MonitorSettings {
        extras = Set.copyOf(extras);
    }

    /** All changes of a tree. */
    public static MonitorSettings of(byte[] root) {
        return new MonitorSettings(root, PathFilter.NOTHING, DEFAULT_RESCAN, MonitorKind.AUTO, Set.of());
    }

    public MonitorSettings withExcludes(PathFilter value) {
        return new MonitorSettings(root, value, rescanInterval, kind, extras);
    }

    public MonitorSettings withRescanInterval(Duration value) {
        return new MonitorSettings(root, excludes, value, kind, extras);
    }

    public MonitorSettings withKind(MonitorKind value) {
        return new MonitorSettings(root, excludes, rescanInterval, value, extras);
    }

    public MonitorSettings withExtras(Set<Extra> value) {
        return new MonitorSettings(root, excludes, rescanInterval, kind, value);
    }

    boolean wants(Extra extra) {
        return extras.contains(extra);
    }
}
