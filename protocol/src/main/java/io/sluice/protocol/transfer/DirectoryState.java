package io.sluice.protocol.transfer;

import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.files.FileTree;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the generator remembers of directories: which it made ahead of their turn, which are missing, and which it gave more permissions than they are to
 * have; and what it does when their content is complete: permissions back, modification times as the sender has them.
 */
final class DirectoryState {
    private static final int OWNER_ALL = 0700;

    private final Site site;
    private final boolean retouchesTimes;
    private final GeneratorTrace trace;
    private final BitSet made = new BitSet();
    private final BitSet missing = new BitSet();
    private final Map<Integer, Integer> opened = new HashMap<>();
    private final FileStatus status = new FileStatus();

    DirectoryState(Site site) {
        this.site = site;
        this.trace = new GeneratorTrace(site);
        var preservation = site.options().preservation();
        this.retouchesTimes = preservation.times() && !preservation.omitDirTimes();
    }

    private int key(FileEntry directory) {
        return site.session().incrementalRecursion() ? directory.directoryNumber() : directory.index();
    }

    void setMade(FileEntry directory) {
        made.set(key(directory));
    }

    boolean isMade(FileEntry directory) {
        return made.get(key(directory));
    }

    /** Nothing is done in it. */
    void setMissing(FileEntry directory) {
        missing.set(key(directory));
    }

    boolean isMissing(FileEntry directory) {
        return missing.get(key(directory));
    }

    /**
     * Lets its owner do everything in a directory while files are put there, if permissions bind us.
     *
     * @param place where it is entered
     */
    void open(FileEntry directory, byte[] place, int mode) {
        if (site.privileges().root() || (mode & OWNER_ALL) == OWNER_ALL || !tweaks()) {
            return;
        }
        try {
            site.tree().metadata().changeMode(place, (mode & FileMode.PERMISSION_MASK) | OWNER_ALL);
            opened.put(key(directory), mode & FileMode.PERMISSION_MASK);
        } catch (IOException e) {
            site.notices()
                    .fileFailure(
                            Text.of("failed to modify permissions on ")
                                    .add(site.notices().quote(directory.path())),
                            e);
        }
    }

    /** Directories are changed at the end at all. */
    private boolean tweaks() {
        return !site.options().selection().listOnly() && !site.target().isSingleFile() && !site.dryRun();
    }

    /** The content of one directory is complete (incremental recursion). As with rsync, what stands in its place gets its time ({@code --ignore-existing}). */
    void finish(FileEntry directory) throws IOException {
        boolean left = directory.isImpliedDirectory() && !impliedCount();
        if (!tweaks() || left) {
            return;
        }
        trace.retouching(directory, key(directory));
        if (isMissing(directory)) {
            return;
        }
        byte[] path = directory.path();
        giveBack(path, opened.remove(key(directory)));
        try {
            restoreTime(directory, path);
        } catch (IOException e) {
            // A directory whose time was wrong has been told of when its turn came. This one's was right until files
            // were put there, which is no failure of
            // theirs: somebody else's directory has the time of its last change, and rsync says nothing either.
        }
    }

    private void giveBack(byte[] path, @Nullable Integer mode) {
        if (mode == null) {
            return;
        }
        try {
            site.tree().metadata().changeMode(site.placeOf(path), mode);
        } catch (IOException e) {
            Text what = Text.of("failed to set permissions on ");
            site.notices().fileFailure(what.add(site.notices().quote(path)), e);
        }
    }

    private void restoreTime(FileEntry directory, byte[] path) throws IOException {
        FileTree tree = site.tree();
        if (!retouchesTimes || !tree.status(path, status)) {
            return;
        }
        byte[] place = status.isSymlink() ? site.placeOf(path) : path;
        if (tree.status(place, status) && timeDiffers(directory)) {
            tree.metadata().setModificationTime(place, directory.modificationTime(), directory.modificationNanos());
        }
    }

    /** What was put into a directory changed its time, perhaps by less than a second. */
    private boolean timeDiffers(FileEntry directory) {
        return site.session().version().hasNanoseconds()
                ? Times.differExactly(directory, status)
                : Times.differ(directory, status, site.options().update().window());
    }

    /** All is complete. */
    void finishAll(FileList list) throws IOException {
        if (!tweaks() || (opened.isEmpty() && !retouchesTimes)) {
            return;
        }
        if (site.session().incrementalRecursion()) {
            for (int number = 0; number < list.directories(); number++) {
                finish(list.directory(number));
            }
            return;
        }
        Segment all = list.segment(0);
        if (all.size() == 0) {
            return;
        }
        FileEntry entry = all.entry(0);
        for (int position = 0; position < all.size(); position++) {
            entry.moveTo(all, position);
            if (entry.isDirectory() && !entry.isDuplicate()) {
                finish(entry);
            }
        }
    }

    private boolean impliedCount() {
        return site.options().selection().impliedDirs();
    }
}
