package io.sluice.watcher.monitor;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Means of seeing what changes. */
public enum MonitorKind {
    /** {@link #FANOTIFY} where it is allowed and every file system of the tree has it, else {@link #INOTIFY}. */
    AUTO,
    /**
     * One mark for each file system: nothing is to be done or kept for a directory. It needs CAP_SYS_ADMIN, Linux 5.9 and
     * a file system that has handles for its files, as ext4, XFS and tmpfs. It hears of all that happens on the file
     * system and drops what is elsewhere: where very much is, {@link #INOTIFY} may cost less.
     */
    FANOTIFY,
    /** A watch on each directory, of which a user may have only so many; no privilege needed. */
    INOTIFY,
    /** Nothing is watched: all is told as perhaps changed, again and again. For what others change on a file server. */
    POLL;

    /** The name as in a configuration file: in small letters. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static MonitorKind of(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.text().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text + " (expected: "
                        + Arrays.stream(values()).map(MonitorKind::text).collect(Collectors.joining(", ")) + ")"));
    }
}
