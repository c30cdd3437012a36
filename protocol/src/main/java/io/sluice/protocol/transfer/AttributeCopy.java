package io.sluice.protocol.transfer;

import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.protocol.files.FakeStatus;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.PreservationOptions;
import java.io.IOException;

/** Gives a copy of something the attributes of its original, as far as the transfer carries them over. */
final class AttributeCopy {
    private static final int KEEP = -1;

    private final PreservationOptions options;
    private final Privileges privileges;
    private final Notices notices;
    private final CarriedAttributes others;

    AttributeCopy(Site site) {
        this.options = site.options().preservation();
        this.privileges = site.privileges();
        this.notices = site.notices();
        this.others = new CarriedAttributes(site);
    }

    /**
     * Sets owner, extended attributes, access control lists, time and mode of {@code copy}; a call that fails becomes a notice. Without its owner it gets
     * nothing more: its mode may say what only that owner's files may do.
     *
     * @param original the status of {@code from}
     */
    void apply(TreePath from, FileStatus original, TreePath copy) {
        if (privileges.fakes()) {
            keepFake(original, copy);
        } else if (!changeOwner(original, copy)) {
            return;
        }
        others.copy(from, original, copy);
        try {
            if (keepsTime(original)) {
                copy.tree().metadata().setModificationTime(copy.path(), original.mtimeSeconds(), original.mtimeNanos());
            }
        } catch (IOException e) {
            notices.fileFailure(Text.of("failed to set times on ").add(notices.quote(copy.path())), e);
        }
        try {
            if (!original.isSymlink() && !privileges.fakes()) {
                copy.tree().metadata().changeMode(copy.path(), original.mode() & FileMode.PERMISSION_MASK);
            }
        } catch (IOException e) {
            notices.fileFailure(Text.of("failed to set permissions on ").add(notices.quote(copy.path())), e);
        }
    }

    /** Whether nothing failed. */
    private boolean changeOwner(FileStatus original, TreePath copy) {
        int uid = options.owner() && privileges.root() ? original.uid() : KEEP;
        int gid = options.group() ? original.gid() : KEEP;
        try {
            if (uid != KEEP || gid != KEEP) {
                copy.tree().metadata().changeOwner(copy.path(), uid, gid);
            }
            return true;
        } catch (IOException e) {
            notices.fileFailure(notices.failed(uid != KEEP ? "chown" : "chgrp", copy.path()), e);
            return false;
        }
    }

    private void keepFake(FileStatus original, TreePath copy) {
        FileTree tree = copy.tree();
        try {
            boolean device = original.isDevice();
            FakeStatus status = new FakeStatus(
                    original.mode(),
                    device ? original.rdevMajor() : 0,
                    device ? original.rdevMinor() : 0,
                    options.owner() ? original.uid() : 0,
                    options.group() ? original.gid() : 0);
            tree.metadata().keepFake(copy.path(), status);
        } catch (IOException e) {
            Text what = Text.of("failed to write xattr user.rsync.%stat for ").add(notices.quote(copy.path()));
            notices.fileFailure(what, e);
        }
    }

    private boolean keepsTime(FileStatus original) {
        return options.times()
                && !(original.isDirectory() && options.omitDirTimes())
                && !(original.isSymlink() && options.omitLinkTimes());
    }
}
