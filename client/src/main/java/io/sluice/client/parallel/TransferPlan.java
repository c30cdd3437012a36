package io.sluice.client.parallel;

import io.sluice.client.command.ByteText;
import io.sluice.linux.FileMode;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.event.TransferListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a dry run told: which files' content is to travel, which directories are missing, and how each directory would be itemized. */
final class TransferPlan implements TransferListener {
    private static final int SIGNIFICANT =
            ~(ItemFlags.BASIS_TYPE_FOLLOWS | ItemFlags.XNAME_FOLLOWS | ItemFlags.LOCAL_CHANGE);

    private final TransferListener shown;
    private final List<PlannedFile> files = new ArrayList<>();
    private final Set<String> missingDirectories = new LinkedHashSet<>();
    private final Map<String, Integer> directoryFlags = new HashMap<>();
    private int entries;
    private int items;
    private int newItems;

    /** @param shown hears how the list grows */
    TransferPlan(TransferListener shown) {
        this.shown = shown;
    }

    /** A regular file whose content is to travel; its path has one character per byte. */
    record PlannedFile(String path, long size) {}

    @Override
    public void fileListProgress(int count) {
        shown.fileListProgress(count);
    }

    @Override
    public synchronized void fileListReady(int count) {
        entries = Math.max(entries, count);
        shown.fileListReady(count);
    }

    @Override
    public synchronized void fileListGrew(int count, long size, boolean complete) {
        entries = count;
        shown.fileListGrew(count, size, complete);
    }

    @Override
    public synchronized void item(Item item) {
        int flags = item.flags();
        String path = ByteText.of(item.path());
        items++;
        newItems += (flags & ItemFlags.IS_NEW) != 0 ? 1 : 0;
        if ((item.mode() & FileMode.TYPE_MASK) == FileMode.DIRECTORY) {
            if ((flags & SIGNIFICANT) != 0) {
                directoryFlags.put(path, flags);
            }
            if ((flags & (ItemFlags.LOCAL_CHANGE | ItemFlags.IS_NEW)) != 0) {
                missingDirectories.add(path);
            }
        } else if ((flags & ItemFlags.TRANSFER) != 0 && (item.mode() & FileMode.TYPE_MASK) == FileMode.REGULAR) {
            files.add(new PlannedFile(path, item.size()));
        }
    }

    /** In the order of the list. */
    List<PlannedFile> files() {
        return files;
    }

    /** Those that the receiving side does not have, parents first. */
    Set<String> missingDirectories() {
        return missingDirectories;
    }

    /** The flags that a directory's line would have; 0: there would be none. */
    int flagsOf(String directory) {
        return directoryFlags.getOrDefault(directory, 0);
    }

    /** Entries of the whole list. */
    int entries() {
        return entries;
    }

    /** The destination itself may be missing, without being an entry that can be named: nobody but the whole transfer makes it as it has to be. */
    boolean mayLackDestination() {
        return missingDirectories.isEmpty() && newItems == items && newItems >= entries;
    }

    /** The directory that {@code path} lies in. */
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "." : path.substring(0, slash);
    }
}
