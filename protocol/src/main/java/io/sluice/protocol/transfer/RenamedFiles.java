package io.sluice.protocol.transfer;

import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.PlacementOptions;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.transfer.Victims.Victim;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a new file was called before ({@code --detect-renamed}): a file anywhere in the destination that the sender does not have, of the same size,
 * and of the same time (with {@code --checksum}, the same content; {@code --ignore-times} makes no difference, as this only proposes) or the same name.
 * It becomes the basis of the new one, so that of a renamed file only
 * sums travel, whoever the sender is. An argument that the sender does not have ({@code --delete-missing-args}) counts too. Such files are deleted, if at all, only after everything has been transferred; they are read and never changed.
 *
 * <p>The destination is read once, before anything is asked for; of its files those count whose size the list has. Used by the generator.
 */
final class RenamedFiles {
    /** More are not remembered: of those that are, each takes about a hundred bytes. */
    private static final int MOST = 1 << 20;
    /** Files of the right size that are looked at for one new file: with {@code --checksum} each is read. */
    private static final int MOST_TRIES = 64;

    private static final Comparator<Former> ORDER =
            Comparator.comparingLong((Former former) -> former.size).thenComparingLong(former -> former.time);

    private final Site site;
    private final Victims victims;
    private final QuickCheck quickCheck;
    private final RenamedBases chosen;
    private final boolean enabled;
    private final int window;
    private final boolean ignoreTimes;
    private final FileStatus status = new FileStatus();
    private final List<Former> formers = new ArrayList<>();
    private long[] sizes = {};

    private record Former(byte[] path, long size, long time) {}

    /** A file that was found. */
    record Found(byte[] path, long size) {}

    /** @param chosen where the receiver looks up what was found */
    RenamedFiles(Site site, Victims victims, QuickCheck quickCheck, RenamedBases chosen) {
        this.site = site;
        this.victims = victims;
        this.quickCheck = quickCheck;
        this.chosen = chosen;
        PlacementOptions placement = site.options().placement();
        this.enabled = placement.basis().renamed()
                && placement.wholeFile() != Choice.YES
                && !placement.inplace()
                && placement.append() == Append.NO
                && !site.session().incrementalRecursion()
                && !site.dryRun();
        var update = site.options().update();
        boolean byTime = !update.checksum() && !update.sizeOnly();
        this.window = byTime ? Math.max(update.window(), 0) : -1;
        this.ignoreTimes = update.ignoreTimes();
    }

    /** Reads the destination of {@code list}, the whole list. */
    void scan(Segment list) {
        boolean reads = enabled
                && list.size() > 0
                && !site.target().missing()
                && !site.target().isSingleFile()
                && !site.options().selection().listOnly();
        if (!reads) {
            return;
        }
        Deque<byte[]> others = new ArrayDeque<>();
        FileEntry entry = list.entry(0);
        sizes = sizes(list, entry);
        for (int position = 0; position < list.size(); position++) {
            entry.moveTo(list, position);
            if (!entry.isDuplicate() && entry.isDirectory() && entry.hasContent()) {
                scan(entry.path(), list, others);
            } else if (entry.isMissing() && !isBelowFile(entry.path(), list)) {
                addMissing(entry.path(), others);
            }
        }
        for (byte[] path = others.poll(); path != null; path = others.poll()) {
            scan(path, null, others);
        }
        formers.sort(ORDER);
    }

    private static long[] sizes(Segment list, FileEntry entry) {
        long[] found = new long[list.size()];
        int count = 0;
        for (int position = 0; position < list.size(); position++) {
            entry.moveTo(list, position);
            if (entry.isRegular() && entry.size() > 0) {
                found[count++] = entry.size();
            }
        }
        return Arrays.stream(found, 0, count).sorted().distinct().toArray();
    }

    /**
     * Takes note of the files of a directory.
     *
     * @param list what the sender has there; null: it does not have the directory
     * @param others gets the directories that the sender does not have
     */
    private void scan(byte[] directory, @Nullable Segment list, Deque<byte[]> others) {
        try {
            for (Victim victim : content(directory, list)) {
                boolean listed = list != null && isListed(list, victim);
                if (!listed && victim.isDirectory()) {
                    others.push(victim.path());
                } else if (!listed && (victim.mode() & FileMode.TYPE_MASK) == FileMode.REGULAR) {
                    add(victim.path());
                }
            }
        } catch (IOException e) {
            // What cannot be read is no basis; whether that matters is told by whoever needs it.
        }
    }

    /** Whether a directory above it makes room for a file: then it is gone before a receiver opens it. */
    private static boolean isBelowFile(byte[] path, Segment list) {
        for (byte[] above = Paths.parent(path); !Paths.isRoot(above); above = Paths.parent(above)) {
            int at = list.find(above, false);
            FileEntry found = at < 0 ? null : list.entry(at);
            if (found != null && !found.isDirectory() && !found.isMissing()) {
                return true;
            }
        }
        return false;
    }

    /** An argument that the sender does not have ({@code --delete-missing-args}), or all that is in it. */
    private void addMissing(byte[] path, Deque<byte[]> others) {
        try {
            if (site.tree().status(path, status) && status.isDirectory()) {
                others.push(path);
            } else {
                add(path);
            }
        } catch (IOException e) {
            // As above.
        }
    }

    private List<Victim> content(byte[] directory, @Nullable Segment list) throws IOException {
        byte[] place = site.placeOf(directory);
        boolean exists = list == null || (site.tree().status(place, status) && status.isDirectory());
        if (!exists) {
            return List.of();
        }
        return list == null ? victims.in(directory, true) : victims.in(directory, place);
    }

    private static boolean isListed(Segment list, Victim victim) {
        return list.find(victim.path(), victim.isDirectory()) >= 0
                || list.find(victim.path(), !victim.isDirectory()) >= 0;
    }

    private void add(byte[] path) throws IOException {
        boolean counts = formers.size() < MOST
                && site.tree().status(path, status)
                && status.isRegular()
                && Arrays.binarySearch(sizes, status.size()) >= 0;
        if (counts) {
            formers.add(new Former(path, status.size(), status.mtimeSeconds()));
        }
    }

    /** Returns what {@code item}, of which nothing is here, was called before; the receiver will find it, too. */
    @Nullable
    Found find(Candidate item) throws IOException {
        if (formers.isEmpty() || item.entry().size() == 0) {
            return null;
        }
        Former best = findSame(item);
        if (best == null) {
            best = findNamed(item);
        }
        if (best == null) {
            return null;
        }
        if (site.verbosity().fuzzy()) {
            Text text = Text.of("renamed basis selected for ").add(item.path());
            site.notices().info(text.add(": ").add(best.path));
        }
        chosen.put(item.index(), best.path);
        return new Found(best.path, best.size);
    }

    /** One that is the same as far as the options let anybody tell; among several, one of the same name. */
    private @Nullable Former findSame(Candidate item) throws IOException {
        FileEntry entry = item.entry();
        long from = window < 0 ? Long.MIN_VALUE : entry.modificationTime() - window;
        long to = window < 0 ? Long.MAX_VALUE : entry.modificationTime() + window;
        Former best = null;
        int end = Math.min(formers.size(), start(entry.size(), from) + MOST_TRIES);
        for (int at = start(entry.size(), from); at < end; at++) {
            Former former = formers.get(at);
            if (former.size != entry.size() || former.time > to) {
                break;
            }
            boolean named = hasName(former, item);
            boolean better = best == null || named;
            if (better && isUnchanged(former) && looksLike(entry, former)) {
                best = former;
                if (named) {
                    return best;
                }
            }
        }
        return best;
    }

    private boolean looksLike(FileEntry entry, Former former) throws IOException {
        boolean byTime = ignoreTimes && window >= 0;
        return byTime
                ? !Times.differ(entry, status, site.options().update().window())
                : quickCheck.isUpToDate(entry, place(former), status);
    }

    /** One of the same size and name, in another directory and of another time. */
    private @Nullable Former findNamed(Candidate item) throws IOException {
        long size = item.entry().size();
        int start = start(size, Long.MIN_VALUE);
        int end = Math.min(formers.size(), start + MOST_TRIES * MOST_TRIES);
        for (int at = start; at < end && formers.get(at).size == size; at++) {
            Former former = formers.get(at);
            if (hasName(former, item) && isUnchanged(former)) {
                return former;
            }
        }
        return null;
    }

    /** The first that is not before this size and time. */
    private int start(long size, long time) {
        int low = 0;
        int high = formers.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Former former = formers.get(middle);
            if (former.size < size || (former.size == size && former.time < time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean hasName(Former former, Candidate item) {
        return Arrays.equals(Paths.name(former.path), Paths.name(item.path()));
    }

    private boolean isUnchanged(Former former) throws IOException {
        try {
            return site.tree().status(former.path, status) && status.isRegular() && status.size() == former.size;
        } catch (SystemCallException e) {
            return false;
        }
    }

    private TreePath place(Former former) {
        return new TreePath(site.tree(), former.path);
    }
}
