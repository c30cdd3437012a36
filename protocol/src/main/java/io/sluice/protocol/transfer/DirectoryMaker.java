package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.transfer.AttributeSetter.TimeRule;
import io.sluice.protocol.transfer.AttributeSetter.Wanted;
import io.sluice.protocol.transfer.BasisSearch.Fit;
import java.io.IOException;
import java.util.Arrays;

/** Makes directories and gives them their attributes. Used by the generator. */
final class DirectoryMaker {
    private static final int OWNER_ALL = 0700;

    private final Site site;
    private final FileTree tree;
    private final CarriedAttributes attributes;
    private final Tools tools;
    private final FileStatus fresh = new FileStatus();

    DirectoryMaker(Site site, Tools tools) {
        this.site = site;
        this.tree = site.tree();
        this.attributes = new CarriedAttributes(site);
        this.tools = tools;
    }

    /** Makes a directory whose turn comes later, so that its parent's time can be set before. Failures are found again, and told, when it is its turn. */
    void makeAhead(Candidate item, boolean recurse) throws IOException {
        if (!site.options().preservation().times()
                || site.options().preservation().omitDirTimes()
                || site.dryRun()) {
            return;
        }
        boolean inTheWay = item.exists() && !item.sameType();
        if (inTheWay ? !clear(item, recurse) : item.exists()) {
            return;
        }
        try {
            tree.makeDirectory(item.path(), (item.entry().mode() | addedPermissions()) & OWNER_ALL);
            tools.directories().setMade(item.entry());
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENOSPC || e.errno() == Errno.EROFS) {
                return; // its own turn tells
            }
        }
    }

    /**
     * Makes the directory if it is missing, and sets its attributes.
     *
     * @return false if its content has to be skipped
     */
    boolean make(Candidate item, boolean recurse) throws IOException {
        FileEntry entry = item.entry();
        if (item.exists() && !item.sameType()) {
            if (!clear(item, recurse)) {
                return false;
            }
            item.setExists(false);
        }
        if (site.dryRun() && !item.exists()) {
            tools.directories().setMissing(entry);
        }
        boolean isNew = !item.exists() || tools.directories().isMade(entry);
        boolean isRoot = Paths.isRoot(item.path());
        isNew |= isRoot && site.target().created();
        item.setMode(
                tools.modes().choose(item.path(), entry.mode(), item.status().mode(), !isNew));
        boolean found = isNew && tools.bases().isActive() && tellFound(item);
        if (!isNew) {
            tools.itemizer().tell(item, item.status(), 0);
        } else if (!found) {
            tools.itemizer().tell(item, null, ItemFlags.LOCAL_CHANGE);
        }
        if (site.dryRun()) {
            return true;
        }
        if (!item.exists() && !create(item)) {
            return false;
        }
        if (found) {
            attributes.copyOthers(tools.bases().place(item), new TreePath(tree, item.place()));
        }
        setAttributes(item, isNew);
        tools.directories().open(entry, item.place(), item.mode());
        return true;
    }

    /** A directory of {@code --link-dest} and the like that has this one decides in what it is new; returns false if none has. */
    private boolean tellFound(Candidate item) throws IOException {
        Fit fit = tools.bases().search(item);
        if (fit == Fit.NOTHING) {
            return false;
        }
        boolean identical = fit == Fit.IDENTICAL;
        TreePath from = tools.bases().place(item);
        if (!identical) {
            tools.itemizer().tell(item, from, tools.bases().status(), ItemFlags.LOCAL_CHANGE);
        } else if (site.verbosity().wantsUnchanged() && site.verbosity().items() > 0) {
            tools.itemizer().tell(item, from, tools.bases().status(), ItemFlags.LOCAL_CHANGE | Itemizer.MATCHED);
        } else if (site.verbosity().names() > 1) {
            site.notices().show(new Text().add(item.path()).add("/ is uptodate"));
        }
        return true;
    }

    private boolean clear(Candidate item, boolean recurse) throws IOException {
        return tools.remover().makeRoom(Room.of(item), recurse, "directory");
    }

    private boolean create(Candidate item) throws IOException {
        int permissions = (item.mode() | addedPermissions()) & FileMode.PERMISSION_MASK;
        try {
            tree.makeDirectory(item.path(), permissions);
            return true;
        } catch (SystemCallException first) {
            SystemCallException cause = first;
            if (first.errno() == Errno.ENOENT && site.options().selection().relative()) {
                try {
                    makeParents(item.path());
                    tree.makeDirectory(item.path(), permissions);
                    return true;
                } catch (SystemCallException second) {
                    cause = second;
                }
            }
            if (cause.errno() == Errno.EEXIST) {
                return true;
            }
            site.notices().fileFailure(failedToMake(item.path()), cause);
            return false;
        }
    }

    /** Where root is only played, permissions bind. */
    private int addedPermissions() {
        return site.privileges().fakes() ? OWNER_ALL : 0;
    }

    private Text failedToMake(byte[] path) {
        return Text.of("recv_generator: mkdir ").add(site.notices().quote(path)).add(" failed");
    }

    /** Makes the directories on the way to {@code path} that are missing ({@code --relative}). */
    void makeParents(byte[] path) throws IOException {
        for (int at = 1; at < path.length; at++) {
            if (path[at] == '/') {
                try {
                    tree.makeDirectory(Arrays.copyOf(path, at), 0777);
                } catch (SystemCallException e) {
                    if (e.errno() != Errno.EEXIST) {
                        throw e;
                    }
                }
            }
        }
    }

    private void setAttributes(Candidate item, boolean isNew) throws IOException {
        byte[] place = item.place();
        TimeRule times = isNew ? TimeRule.EXACT : TimeRule.WINDOW;
        Wanted wanted = new Wanted(place, null, item.entry(), item.mode(), times);
        FileStatus present = item.status();
        if (!item.exists()) {
            if (!tree.status(place, fresh)) {
                return;
            }
            present = fresh;
        }
        if (isNew) {
            tools.attributes().applyToNewDirectory(wanted, present);
        } else {
            tools.attributes().apply(wanted, present);
        }
    }
}
