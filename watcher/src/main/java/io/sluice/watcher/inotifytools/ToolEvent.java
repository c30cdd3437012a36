package io.sluice.watcher.inotifytools;

import io.sluice.linux.InotifyMask;

/**
 * An event as the commands tell it.
 *
 * @param watch the kernel's number of what is watched; -1 if events were lost
 * @param watched its name as told, a directory's with a slash at its end; empty if events were lost
 * @param mask bits of {@link InotifyMask}
 * @param cookie what joins the two events of a rename
 * @param name in the watched directory; empty if the event is about what is watched itself
 */
record ToolEvent(int watch, String watched, int mask, int cookie, String name) {
    /** The whole name, which patterns are matched with. */
    String path() {
        return watched + name;
    }

    /** The end of the range of all names that begin with a directory's: after the slash at its end comes a zero. */
    static String endOf(String directory) {
        return directory.substring(0, directory.length() - 1) + (char) ('/' + 1);
    }

    boolean has(int bits) {
        return (mask & bits) != 0;
    }

    /** The same, of another mask. */
    ToolEvent with(int otherMask) {
        return new ToolEvent(watch, watched, otherMask, cookie, name);
    }

    boolean isDirectory() {
        return has(InotifyMask.IS_DIRECTORY);
    }
}
