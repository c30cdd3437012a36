package io.sluice.protocol.transfer;

import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.SymlinkSafety;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.BasisOptions.Kind;
import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.transfer.AttributeSetter.TimeRule;
import io.sluice.protocol.transfer.AttributeSetter.Wanted;
import io.sluice.protocol.transfer.BasisSearch.Fit;
import java.io.IOException;

/** Makes symlinks, devices, fifos and sockets, replacing what has their name. Used by the generator. */
final class SpecialMaker {
    private final Site site;
    private final FileTree tree;
    private final Tools tools;
    private final PreservationOptions options;
    private final CarriedAttributes attributes;
    private final GeneratorTrace trace;
    private final FileStatus fresh = new FileStatus();

    SpecialMaker(Site site, Tools tools) {
        this.site = site;
        this.tree = site.tree();
        this.tools = tools;
        this.options = site.options().preservation();
        this.attributes = new CarriedAttributes(site);
        this.trace = new GeneratorTrace(site);
    }

    /** Returns true if this entry is neither a file nor a directory and of a kind that is carried over. */
    boolean makes(FileEntry entry) {
        if (entry.isSymlink()) {
            return options.links();
        }
        boolean kept = entry.isDevice()
                ? options.devices() && site.privileges().root()
                : entry.isSpecial() && options.specials();
        return kept && !options.dropDevices();
    }

    void make(Candidate item, boolean recurse) throws IOException {
        FileEntry entry = item.entry();
        if (entry.isSymlink() && isLeftOut(item)) {
            return;
        }
        boolean sameType = item.sameType();
        if (sameType && tools.quickCheck().isUpToDate(entry, item.path(), item.status())) {
            tools.itemizer().tell(item, item.status(), 0);
            tools.keep(item, wanted(item, TimeRule.WINDOW));
            made(item);
            return;
        }
        Fit fit = item.exists() || !tools.bases().isActive()
                ? Fit.NOTHING
                : tools.bases().search(item);
        boolean told = false;
        if (fit == Fit.IDENTICAL) {
            boolean linked = tools.bases().kind() == Kind.LINK && link(item);
            tellFound(item, linked || tools.bases().kind() != Kind.LINK);
            if (linked) {
                made(item);
                return;
            }
            if (tools.bases().kind() == Kind.COMPARE) {
                tools.links().leftOut();
                return;
            }
            told = true;
        }
        if (!makeRoom(item, recurse) || (!site.dryRun() && !create(item))) {
            return;
        }
        if (fit != Fit.NOTHING && !site.dryRun()) {
            attributes.copyOthers(tools.bases().place(item), new TreePath(tree, item.path()));
        }
        if (!told) {
            int base = ItemFlags.LOCAL_CHANGE | ItemFlags.REPORT_CHANGE;
            if (!sameType && fit != Fit.NOTHING) {
                BasisSearch found = tools.bases();
                tools.itemizer().tell(item, found.place(item), found.status(), base);
            } else {
                tools.itemizer().tell(item, sameType ? item.status() : null, base);
            }
        }
        made(item);
    }

    /** What is replaced is removed in the same moment, unless it is a directory; if it is to be kept, it is kept before. */
    private boolean makeRoom(Candidate item, boolean recurse) throws IOException {
        if (!item.exists()) {
            return true;
        }
        if (item.status().isDirectory()) {
            return tools.remover().makeRoom(Room.of(item), recurse, name(item.entry()));
        }
        return site.dryRun()
                || !tools.backup().isEnabled()
                || tools.backup().keep(item.path(), false) != Backup.Result.FAILED;
    }

    private boolean link(Candidate item) throws IOException {
        if (site.dryRun()) {
            return true;
        }
        try {
            site.tree().replacing().hardLinkFrom(tools.bases().place(item), item.path());
            return true;
        } catch (SystemCallException e) {
            return false; // it is made anew, as on a file system without such links
        }
    }

    /** What one of the other directories has as it is to be. */
    private void tellFound(Candidate item, boolean asIs) throws IOException {
        boolean compared = tools.bases().kind() == Kind.COMPARE;
        int base = compared ? 0 : ItemFlags.LOCAL_CHANGE;
        if (asIs && tools.bases().kind() == Kind.LINK) {
            base |= ItemFlags.XNAME_FOLLOWS;
        }
        if (site.verbosity().wantsUnchanged() && site.verbosity().items() > 0) {
            BasisSearch found = tools.bases();
            tools.itemizer().tell(item, found.place(item), found.status(), base | Itemizer.MATCHED);
        } else if (site.verbosity().names() > 1) {
            site.notices().show(new Text().add(item.path()).add(" is uptodate"));
        }
    }

    /** {@code --safe-links} judges the target as it would be written. */
    private boolean isLeftOut(Candidate item) {
        if (!options.symlinks().safeOnly()) {
            return false;
        }
        byte[] target = tree.linkTargets().written(item.entry().linkTarget());
        if (!SymlinkSafety.isUnsafe(target, item.path())) {
            return false;
        }
        if (site.verbosity().names() > 0) {
            Text text = Text.of("ignoring unsafe symlink \"").add(item.entry().path());
            site.notices().info(text.add("\" -> \"").add(target).add("\""));
        }
        return true;
    }

    private void made(Candidate item) throws IOException {
        tools.links().made(item.path());
        tools.receipts().arrived(item.index(), item.path());
    }

    private boolean create(Candidate item) throws IOException {
        FileEntry entry = item.entry();
        try {
            if (entry.isSymlink()) {
                tree.replacing().symlink(entry.linkTarget(), item.path());
            } else {
                trace.makingNode(item.path(), entry);
                tree.replacing().node(item.path(), item.mode(), entry.deviceMajor(), entry.deviceMinor());
            }
        } catch (IOException e) {
            Text what = entry.isSymlink()
                    ? Text.of("symlink ")
                            .add(site.notices().quote(item.path()))
                            .add(" -> \"")
                            .add(entry.linkTarget())
                            .add("\" failed")
                    : site.notices().failed("mknod", item.path());
            site.notices().fileFailure(what, e);
            return false;
        }
        if (tree.status(item.path(), fresh)) {
            tools.attributes().apply(wanted(item, TimeRule.EXACT), fresh);
        }
        return true;
    }

    private static Wanted wanted(Candidate item, TimeRule times) {
        return new Wanted(item.path(), null, item.entry(), item.mode(), times);
    }

    private static String name(FileEntry entry) {
        return switch (entry.mode() & FileMode.TYPE_MASK) {
            case FileMode.SYMLINK -> "symlink";
            case FileMode.BLOCK_DEVICE, FileMode.CHARACTER_DEVICE -> "device file";
            default -> "special file";
        };
    }
}
