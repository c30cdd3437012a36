package io.sluice.watcher.inotifytools;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All watches, by the kernel's number, and by path those whose place is known. A directory that has left its place is
 * {@link #detach detached} with all below it until it is seen elsewhere: another one may stand in its place meanwhile.
 */
final class WatchTable {
    private final boolean keepsEnded;
    private final Map<Integer, Watch> byNumber = new HashMap<>();
    private final SortedMap<String, Watch> byPath = new TreeMap<>();
    /** By the top of each group, all of it, the top included. */
    private final Map<Watch, List<Watch>> detached = new HashMap<>();

    private int completed;

    /** @param keepsEnded what the kernel has ended can be asked for still */
    WatchTable(boolean keepsEnded) {
        this.keepsEnded = keepsEnded;
    }

    /** Adds a watch whose number is new; of several with one path, the last has it. */
    void add(Watch watch) {
        byNumber.put(watch.number(), watch);
        byPath.put(watch.path(), watch);
    }

    /** Gives a watch its place in the order of all. */
    void complete(Watch watch) {
        watch.complete(completed++);
    }

    @Nullable
    Watch numbered(int number) {
        return byNumber.get(number);
    }

    @Nullable
    Watch at(String path) {
        return byPath.get(path);
    }

    Collection<Watch> all() {
        return byNumber.values();
    }

    private List<Watch> takeWithin(String directory) {
        SortedMap<String, Watch> range = byPath.subMap(directory, ToolEvent.endOf(directory));
        List<Watch> taken = new ArrayList<>(range.values());
        range.clear();
        return taken;
    }

    /** Takes a directory and all below it out of their places; they are told as before. */
    void detach(Watch top) {
        detached.put(top, takeWithin(top.path()));
    }

    /**
     * Gives a directory and all below it another path, whether it is in its place or detached.
     *
     * @return whether all of them are complete; they pass for that from now on
     */
    boolean move(Watch directory, String to) {
        String from = directory.path();
        boolean complete = true;
        for (Watch watch : takeGroup(directory)) {
            watch.rename(to + watch.path().substring(from.length()));
            byPath.put(watch.path(), watch);
            complete &= !watch.isIncomplete();
            watch.setIncomplete(false);
        }
        return complete;
    }

    private List<Watch> takeGroup(Watch directory) {
        if (directory.equals(byPath.get(directory.path()))) {
            return takeWithin(directory.path());
        }
        List<Watch> whole = detached.remove(directory);
        if (whole != null) {
            return whole;
        }
        List<Watch> taken = new ArrayList<>();
        for (List<Watch> group : detached.values()) {
            if (group.contains(directory)) {
                group.removeIf(watch -> watch.path().startsWith(directory.path()) && taken.add(watch));
            }
        }
        return taken;
    }

    /**
     * Removes a directory that is still detached, and all below it.
     *
     * @return what was removed
     */
    List<Watch> removeDetached(Watch top) {
        List<Watch> group = detached.remove(top);
        if (group == null) {
            return List.of();
        }
        group.forEach(watch -> byNumber.remove(watch.number()));
        return group;
    }

    /** The kernel has ended a watch. */
    void end(Watch watch) {
        byPath.remove(watch.path(), watch);
        if (!keepsEnded) {
            byNumber.remove(watch.number());
        }
    }
}
