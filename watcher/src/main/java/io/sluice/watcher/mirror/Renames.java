package io.sluice.watcher.mirror;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Renames of which both names are dirty. They are to go together: only in a session that has the old name to delete can a
 * replica make what is new from what it has.
 *
 * <p>What goes with what may be many names, since one name may be in several renames, and a directory that is gone may
 * have been left by many files before. So a number of them goes with a batch at most; the rest is torn apart, which costs
 * content and nothing else. For one thread at a time.
 */
final class Renames {
    /** Times that all are looked at, forth and back: renames that form a row are mostly told in its order, or against it. */
    private static final int PASSES = 8;

    /** Names that are brought for each one that was to go at most. */
    private static final int SHARE = 4;

    private final long maxBytes;
    /** By the new name: what came to a name is no more what came there before. The oldest is the first. */
    private final LinkedHashMap<String, Rename> waiting = new LinkedHashMap<>();

    private long bytes;
    private List<Rename> underWay = List.of();

    /** @param maxBytes of heap; beyond, the oldest are forgotten */
    Renames(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(Rename rename) {
        Rename before = waiting.remove(rename.to());
        bytes += rename.bytes() - (before == null ? 0 : before.bytes());
        waiting.put(rename.to(), rename);
        Iterator<Rename> oldest = waiting.values().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    /** Whether a name is the new one of a rename that waits. */
    boolean ledTo(String name) {
        return waiting.containsKey(name);
    }

    long bytes() {
        return bytes;
    }

    /**
     * Brings the other names of what is in a batch into it, and takes its renames out of those that wait.
     *
     * @param others where the other names are looked for
     * @param slice paths that go together at most, without those that are brought
     */
    void complete(DirtySet batch, List<DirtySet> others, int slice) {
        underWay = List.of();
        if (waiting.isEmpty() || batch.isEmpty()) {
            return;
        }
        underWay = new ArrayList<>();
        List<Rename> left = new ArrayList<>(waiting.values());
        int room = SHARE * slice;
        boolean more = true;
        for (int pass = 0; more && pass < PASSES; pass++) {
            more = false;
            List<Rename> apart = new ArrayList<>();
            for (Rename rename : left) {
                Join join = join(rename, batch, others, room > 0);
                if (join == Join.APART) {
                    apart.add(rename);
                } else {
                    underWay.add(rename);
                }
                more |= join == Join.BROUGHT;
                room -= join == Join.BROUGHT ? 1 : 0;
            }
            left = apart.reversed();
        }
        for (Rename rename : underWay) {
            waiting.remove(rename.to());
            bytes -= rename.bytes();
        }
    }

    /** How the names of a rename are to a batch: neither in it, both, or with what was brought. */
    private enum Join {
        APART,
        WITHIN,
        BROUGHT
    }

    private static Join join(Rename rename, DirtySet batch, List<DirtySet> others, boolean mayBring) {
        DirtyPath oldPath = rename.oldPath();
        DirtyPath newPath = rename.newPath();
        boolean hasOld = batch.has(oldPath);
        boolean hasNew = batch.has(newPath);
        if (!hasOld && !hasNew) {
            return Join.APART;
        }
        boolean brought = false;
        for (DirtySet set : others) {
            // A directory that is gone takes the old name with it, and more old names: these must not go before.
            boolean bringsOld = mayBring && (!hasOld || set.hasAbove(oldPath));
            boolean bringsNew = mayBring && !hasNew;
            brought |= bringsOld && set.move(oldPath, batch);
            brought |= bringsNew && set.move(newPath, batch);
        }
        return brought ? Join.BROUGHT : Join.WITHIN;
    }

    /** The directories, a character for each byte, above old names in the last batch, but for those that are in it themselves. */
    Set<String> oldDirectories(DirtySet batch) {
        Set<String> directories = new HashSet<>();
        for (Rename rename : underWay) {
            String directory = Rename.directory(rename.from());
            while (!directory.isEmpty() && directories.add(directory)) {
                directory = Rename.directory(directory);
            }
        }
        directories.removeIf(directory -> batch.has(DirtyPath.of(PathText.bytes(directory))));
        return directories;
    }

    /** The last batch, or some of it, is to go again: so are its renames. */
    void putBack(DirtySet batch) {
        for (Rename rename : underWay) {
            if (!waiting.containsKey(rename.to()) && batch.has(rename.oldPath()) && batch.has(rename.newPath())) {
                add(rename);
            }
        }
        underWay = List.of();
    }
}
