package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.options.BasisOptions.Kind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes a name a hard link to another one that is in its place, and tells of it. Used by the generator. */
final class LinkMaker {
    private static final byte[] SAME = {};
    private static final int FLAGS = ItemFlags.LOCAL_CHANGE | ItemFlags.XNAME_FOLLOWS;

    private final Site site;
    private final FileTree tree;
    private final FileList list;
    private final Parts parts;
    private final FileStatus leader = new FileStatus();
    private final Candidate item = new Candidate();

    /**
     * What it works with.
     *
     * @param recurse directories with content may be removed to make room
     */
    record Parts(
            Itemizer itemizer,
            Modes modes,
            Remover remover,
            Backup backup,
            Receipts receipts,
            BasisSearch bases,
            boolean recurse) {}

    LinkMaker(Site site, FileList list, Parts parts) {
        this.site = site;
        this.tree = site.tree();
        this.list = list;
        this.parts = parts;
    }

    /** The path of the entry at a {@link FileEntry#place} of the list. */
    byte[] path(int place) throws IOException {
        return site.target().path(entry(place));
    }

    private FileEntry entry(int place) throws IOException {
        Segment segment = list.containing(place);
        return segment.entry(place - segment.firstIndex());
    }

    /** As {@link #link(Candidate, byte[], HardLinks.Original, boolean)}, for an entry of the list whose turn it is not. */
    void link(int place, byte[] existing) throws IOException {
        FileEntry entry = entry(place);
        item.set(entry, entry.index(), site.target().path(entry));
        if (!site.target().missing()) {
            item.setExists(tree.status(item.path(), item.status()));
        }
        boolean replaces = item.exists() && !item.status().isDirectory();
        item.setMode(parts.modes.choose(item.path(), entry.mode(), item.status().mode(), replaces));
        if (readLeader(existing, null)) {
            link(item, existing, existing, false);
        }
    }

    /**
     * Makes {@code name}, whose turn it is, a link to {@code existing}, unless it is one. What other directories have decides in what it is new.
     *
     * @param original what the existing name was taken from, which stands for it in a dry run
     * @param finished the existing name's segment is: a dry run tells of the original then
     */
    void link(Candidate name, byte[] existing, HardLinks.@Nullable Original original, boolean finished)
            throws IOException {
        if (readLeader(existing, original)) {
            byte[] shown = site.dryRun() && original != null && finished ? original.shown() : existing;
            link(name, existing, shown, parts.bases.isActive() && !name.exists());
        }
    }

    private void link(Candidate name, byte[] existing, byte[] shown, boolean searches) throws IOException {
        if (name.exists() && name.status().isSameFile(leader)) {
            parts.itemizer.tell(name, name.status(), FLAGS, SAME);
            if (site.verbosity().names() > 1 && site.verbosity().items() == 0) {
                site.notices().show(new Text().add(name.path()).add(" is uptodate"));
            }
        } else {
            boolean found = searches && parts.bases.searchForLink(name, leader);
            if (!make(name, existing)) {
                return;
            }
            if (found) {
                tellFound(name, shown);
            } else {
                parts.itemizer.tell(name, name.exists() ? name.status() : null, FLAGS, shown);
            }
        }
        parts.receipts.arrived(name.index(), name.path());
    }

    /** What {@code --link-dest} would have linked as well is no change. */
    private void tellFound(Candidate name, byte[] existing) throws IOException {
        BasisSearch bases = parts.bases;
        Verbosity verbosity = site.verbosity();
        if (bases.kind() != Kind.LINK || (verbosity.items() > 0 && verbosity.wantsUnchanged())) {
            parts.itemizer.tell(name, bases.place(name), bases.status(), FLAGS, existing);
        } else if (verbosity.names() > 1 && verbosity.items() == 0) {
            site.notices().show(new Text().add(name.path()).add(" is uptodate"));
        }
    }

    /** In a dry run, what a name would be linked to may not be there. */
    private boolean readLeader(byte[] existing, HardLinks.@Nullable Original original) {
        leader.copyFrom(new FileStatus());
        try {
            if (site.dryRun() && original != null && original.place().status(leader)) {
                return true;
            }
            if ((!site.target().missing() && tree.status(existing, leader)) || site.dryRun()) {
                return true;
            }
            throw new SystemCallException("statx", Errno.ENOENT, existing);
        } catch (IOException e) {
            site.notices()
                    .fileFailure(
                            Text.of("stat ").add(site.notices().quote(existing)).add(" failed"), e);
        }
        return false;
    }

    private boolean make(Candidate name, byte[] existing) throws IOException {
        boolean directory = name.exists() && name.status().isDirectory();
        if (directory && !parts.remover.makeRoom(Room.of(name), parts.recurse, "regular file")) {
            return false;
        }
        if (site.dryRun()) {
            return true;
        }
        boolean kept = name.exists() && !directory && parts.backup.isEnabled();
        if (kept && parts.backup.keep(name.path(), false) == Backup.Result.FAILED) {
            return false;
        }
        try {
            tree.replacing().hardLink(existing, name.path());
            return true;
        } catch (IOException e) {
            Text what = Text.of("link ").add(site.notices().quote(name.path())).add(" => ");
            site.notices().fileFailure(what.add(existing).add(" failed"), e);
            return false;
        }
    }
}
