package io.sluice.watcher.inotifytools;

import io.sluice.linux.FanotifyEvents;
import io.sluice.linux.InotifyMask;
import java.util.Set;

/** What of all that happens on a file system is asked for, by one name on the command line. */
sealed interface Scope {
    /** Events of names in a directory, which are those of the directory alone. */
    int OF_NAMES = InotifyMask.CREATE | InotifyMask.DELETE | InotifyMask.MOVED_FROM | InotifyMask.MOVED_TO;

    /** Events of what was named alone. */
    int OF_ITSELF = InotifyMask.DELETE_SELF | InotifyMask.MOVE_SELF;

    /** All of it. */
    record Whole() implements Scope {}

    /**
     * A directory with all below it.
     *
     * @param key of the directory
     * @param excluded absolute paths of what is left out, each with a slash at its end
     */
    record Tree(byte[] key, Set<String> excluded) implements Scope {}

    /** A directory with what is in it. */
    record Directory(byte[] key) implements Scope {}

    /**
     * A file, wherever it is.
     *
     * @param given its name on the command line
     */
    record File(byte[] key, String given) implements Scope {}

    /**
     * What of the event that the cursor is on is in it: the mask's bits, 0 if nothing is.
     *
     * <p>That a directory is gone is told by the one above it, in its turn; of its own event the kernel makes one with those
     * that came before, so it is told only of what was named.
     *
     * @param directory the path of the event's directory; empty if it has none
     */
    default int of(FanotifyEvents events, String directory, DirectoryNames names) {
        int mask = events.mask();
        return switch (this) {
            case Whole() -> directory.isEmpty() ? 0 : lessRemoval(mask);
            case Tree(byte[] key, Set<String> excluded) -> {
                String top = names.at(key);
                boolean within = top != null && directory.startsWith(top);
                yield !within || excluded.stream().anyMatch(directory::startsWith)
                        ? 0
                        : directory.equals(top) ? mask : lessRemoval(mask);
            }
            case Directory(byte[] key) -> {
                String path = names.at(key);
                if (path == null || directory.equals(path)) {
                    yield path == null ? 0 : mask;
                }
                // what happens to a directory in it has that one's own path
                boolean below = isWithin(path, directory) && events.name(events.place()).length == 0;
                yield below ? mask & ~OF_ITSELF : 0;
            }
            case File(byte[] key, String given) -> {
                int target = events.target();
                yield target != FanotifyEvents.NOWHERE && events.isDirectory(target, key) ? mask & ~OF_NAMES : 0;
            }
        };
    }

    private static int lessRemoval(int mask) {
        return (mask & InotifyMask.IS_DIRECTORY) == 0 ? mask : mask & ~InotifyMask.DELETE_SELF;
    }

    /** Whether a directory is one of those that another one holds. */
    private static boolean isWithin(String parent, String directory) {
        return directory.startsWith(parent)
                && directory.length() > parent.length()
                && directory.indexOf('/', parent.length()) == directory.length() - 1;
    }
}
