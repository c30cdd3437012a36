package io.sluice.watcher.inotifytools;

import org.jspecify.annotations.Nullable;

/** Something that is watched: a directory or a file, as the kernel numbers it and as it is told. */
final class Watch {
    private final int number;
    private String path;
    private int order = Integer.MAX_VALUE;
    private @Nullable EventCounts counts;
    private boolean incomplete;

    /** @param path as told, a directory's with a slash at its end */
    Watch(int number, String path) {
        this.number = number;
        this.path = path;
    }

    /** The kernel's number. */
    int number() {
        return number;
    }

    String path() {
        return path;
    }

    /** Which watch it is of all, once it is complete: a directory's comes after those below it. */
    int order() {
        return order;
    }

    /** Made when first asked for: not every command counts. */
    EventCounts counts() {
        EventCounts present = counts;
        if (present == null) {
            present = new EventCounts();
            counts = present;
        }
        return present;
    }

    void rename(String newPath) {
        path = newPath;
    }

    void complete(int newOrder) {
        order = newOrder;
    }

    /** Something came into being in it that could not be found, as it is at another place than is known. */
    void setIncomplete(boolean value) {
        incomplete = value;
    }

    boolean isIncomplete() {
        return incomplete;
    }
}
