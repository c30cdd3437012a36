package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.files.TreePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that are one file at the sender ({@code -H}), and what the generator does with each of a group:
 *
 * <pre>
 *  what became of the group so far      a name that comes now
 *  ───────────────────────────────      ────────────────────────────────────────────────────────────────
 *  nothing                              is looked at like any other; is it missing and not the last known
 *                                       one, it is held back, as a later one may have the content already
 *  one was asked for                    waits for that
 *  one is in its place                  becomes a link to it
 *  one was left out                     is looked at like any other
 * </pre>
 *
 * <p>As soon as one is in its place, those that wait and those that were held back become links to it. If one cannot be made, the last one that was held
 * back is tried instead. Segments with names that wait are not finished.
 *
 * <p>Names are known by their {@link FileEntry#place}, as it counts which comes later.
 */
final class HardLinks {
    private static final int NONE = -1;

    private final FileList list;
    private final SegmentProgress progress;
    private final LinkMaker maker;
    private final HardLinkTrace trace;
    private final boolean dryRun;
    private final boolean enabled;
    private final boolean incremental;
    private final Map<Integer, Group> groups = new HashMap<>();
    private final Deque<Integer> retries = new ArrayDeque<>();
    private final BitSet retried = new BitSet();
    private int learned;
    private long ahead;
    private @Nullable Group current;
    private int currentPlace = NONE;
    /** The one of its group that was visited before it. */
    private int before = NONE;

    private boolean handled;
    private boolean retriesEnded;
    private int forgotten;

    /**
     * What a name was taken from.
     *
     * @param shown as people know it
     */
    record Original(TreePath place, byte[] shown) {}

    private static final class Group {
        private int names;
        private int last = NONE;
        private int visited = NONE;
        private int leader = NONE;
        private byte @Nullable [] path;
        /** The one that was in its place first, and the number of the directory that it was taken from. */
        private int origin = NONE;

        private int alternate = NONE;
        private @Nullable Original original;
        private final List<Integer> waiting = new ArrayList<>();
        private final List<Integer> heldBack = new ArrayList<>();
        private final List<Integer> leftOut = new ArrayList<>();
    }

    HardLinks(Site site, FileList list, SegmentProgress progress, LinkMaker maker) {
        this.list = list;
        this.progress = progress;
        this.maker = maker;
        this.trace = new HardLinkTrace(DebugVoice.of(site), list);
        this.dryRun = site.dryRun();
        var options = site.options();
        this.enabled =
                options.preservation().hardLinks() > 0 && !options.selection().listOnly();
        this.incremental = site.session().incrementalRecursion();
    }

    boolean enabled() {
        return enabled;
    }

    /** Takes note of the first {@code segments} of the list. */
    void learn(int segments) {
        while (enabled && learned < segments) {
            Segment segment = list.segment(learned++);
            ahead += segment.size();
            if (segment.size() > 0 && segment.hasLinkGroups()) {
                learn(segment);
            }
        }
    }

    /** Entries of the segments that were taken note of and are not finished. */
    long entriesAhead() {
        return ahead;
    }

    /** A segment is finished. */
    void forget(Segment segment) {
        ahead -= segment.size();
        forgotten = segment.firstIndex() + segment.size();
    }

    private void learn(Segment segment) {
        FileEntry entry = segment.entry(0);
        for (int position = 0; position < segment.size(); position++) {
            entry.moveTo(segment, position);
            int number = entry.linkGroup();
            if (number >= 0 && !entry.isDuplicate()) {
                Group group = groups.computeIfAbsent(number, key -> new Group());
                group.names++;
                group.last = entry.place();
            }
        }
        if (!incremental) {
            groups.values()
                    .removeIf(group -> group.names == 1); // in the oldest lists, each file that has no other name
        }
    }

    /** The generator begins with this entry, which is no directory. */
    void enter(FileEntry entry) {
        current = enabled ? groupOf(entry) : null;
        currentPlace = entry.place();
        handled = false;
        if (current != null) {
            before = current.visited;
            current.visited = Math.max(current.visited, currentPlace);
        }
    }

    private @Nullable Group groupOf(FileEntry entry) {
        return groups.get(entry.linkGroup());
    }

    /** Whether the current entry's group needs nothing of it but a link, now or later; then it is done or waits. */
    boolean joins(Candidate item) throws IOException {
        Group group = current;
        if (group == null) {
            return false;
        }
        byte[] path = group.path;
        if (path != null) {
            handled = true;
            boolean finished = group.origin < forgotten;
            byte[] shown = group.original == null ? path : group.original.shown();
            trace.found(item, finished ? NONE : group.origin, shown, group.alternate);
            maker.link(item, path, group.original, finished);
            return true;
        }
        if (group.leader != NONE && group.leader != currentPlace) {
            handled = true;
            trace.waits(item, group.heldBack.isEmpty() ? NONE : group.heldBack.getLast());
            group.waiting.add(currentPlace);
            progress.hold(currentPlace);
            return true;
        }
        if (before != NONE && before < currentPlace && group.leader == NONE) {
            trace.seeks(item, before < forgotten);
        }
        return false;
    }

    /** Whether the current entry, which is missing, is held back. */
    boolean holdsBack() throws IOException {
        Group group = current;
        if (group == null || currentPlace >= group.last) {
            return false;
        }
        handled = true;
        group.heldBack.add(currentPlace);
        progress.hold(currentPlace);
        return true;
    }

    /** The current entry's content was asked for. */
    void asked() {
        if (current != null) {
            handled = true;
            current.leader = currentPlace;
        }
    }

    /** The current entry is in its place, under {@code path}. */
    void made(byte[] path) throws IOException {
        if (current != null) {
            handled = true;
            finish(current, currentPlace, path);
        }
    }

    /** As above, linked to what {@code bases} found, which stands for it in a dry run. */
    void made(Candidate item, BasisSearch bases) throws IOException {
        if (current != null) {
            current.alternate = bases.number();
            current.original = dryRun ? bases.original(item) : null;
        }
        made(item.path());
    }

    /** The current entry is left out, as another directory has it; should another one of its group be made, it becomes a link to that. */
    void leftOut() throws IOException {
        if (current != null) {
            handled = true;
            current.leftOut.add(currentPlace);
            progress.hold(currentPlace);
            tryNext(current);
        }
    }

    /** The generator is done with the current entry: if nothing came of it, another one of its group is tried. */
    void leave() throws IOException {
        if (current != null && current.leader != currentPlace) {
            retried.clear(currentPlace);
        }
        if (current != null && !handled) {
            fail(current, currentPlace);
        }
        current = null;
    }

    /** What the receiver said of a file that was asked for. */
    void settled(Mailbox.Kind kind, int index) throws IOException {
        if (!enabled || kind == Mailbox.Kind.REDO) {
            return;
        }
        FileEntry entry = list.containing(index).at(index);
        retried.clear(entry.place());
        Group group = groupOf(entry);
        if (group == null || group.leader != entry.place()) {
            return;
        }
        if (kind == Mailbox.Kind.DONE) {
            finish(group, entry.place(), maker.path(entry.place()));
        } else {
            fail(group, entry.place());
        }
    }

    /** Those that waited come first, then those that were held back, the last one first. */
    private void finish(Group group, int origin, byte[] path) throws IOException {
        group.path = path;
        group.origin = origin;
        for (int place : group.waiting) {
            join(place, path);
        }
        group.heldBack.addAll(group.leftOut);
        group.heldBack.sort(Comparator.reverseOrder());
        for (int place : group.heldBack) {
            join(place, path);
        }
        group.waiting.clear();
        group.heldBack.clear();
        group.leftOut.clear();
    }

    private void join(int place, byte[] path) throws IOException {
        maker.link(place, path);
        progress.release(place);
    }

    /** Nothing came of a name: unless others are still to come, the last one that was held back is tried. */
    private void fail(Group group, int place) throws IOException {
        if (group.leader == place) {
            group.leader = NONE;
            group.heldBack.addAll(group.waiting);
            group.waiting.clear();
        }
        tryNext(group);
    }

    private void tryNext(Group group) throws IOException {
        boolean open = group.path == null && group.leader == NONE;
        if (retriesEnded || !open || group.visited < group.last) {
            return;
        }
        if (group.heldBack.isEmpty()) {
            for (int place : group.leftOut) {
                progress.release(place);
            }
            group.leftOut.clear();
            return;
        }
        int next = group.heldBack.removeLast();
        progress.release(next);
        group.last = next;
        retries.add(next);
    }

    /** Nothing can be asked for any more. */
    void endRetries() {
        retriesEnded = true;
        retries.clear();
    }

    /** The place of a name that was held back and is to be made now, or -1. */
    int nextRetry() {
        Integer next = retries.poll();
        if (next == null) {
            return NONE;
        }
        retried.set(next);
        return next;
    }

    /** Whether such a name was asked for, and is not settled: if nothing comes of it either, the next one is tried. */
    boolean isRetrying() {
        return !retries.isEmpty() || !retried.isEmpty();
    }
}
