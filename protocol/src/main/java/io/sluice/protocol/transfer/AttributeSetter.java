package io.sluice.protocol.transfer;

import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.FileTimes;
import io.sluice.linux.OpenFile;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.FakeStatus;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.PreservationOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives a file, directory, link or node the attributes of its entry, with the calls that are needed for what differs. Used by one role. */
final class AttributeSetter {
    private static final int SET_ID_BITS = 06000;
    private static final int SET_GROUP_ID = 02000;
    private static final int KEEP = -1;
    private static final byte[] HERE = {'.'};

    private final FileTree tree;
    private final PreservationOptions options;
    private final Privileges privileges;
    private final Notices notices;
    private final int modifyWindow;
    private final boolean dryRun;
    private final AccessListSetter accessLists;
    private final ExtendedAttributeSetter extendedAttributes;
    private final AttributeTrace trace;

    /** When modification times count as equal. */
    enum TimeRule {
        /** As {@code --modify-window} says. */
        WINDOW,
        /** Only if they are: after a transfer. */
        EXACT,
        /** Always: they are left alone. */
        NEVER
    }

    /**
     * What is to be set.
     *
     * @param path where it is
     * @param file it is open; null: it is set by path
     * @param entry the wanted owner, group and time
     * @param mode the wanted mode
     * @param times when the time is set
     */
    record Wanted(byte[] path, @Nullable OpenFile file, FileEntry entry, int mode, TimeRule times) {
        /** Its name for people: that of the link through which a directory is entered. */
        byte[] shown() {
            return path.length == 0 ? HERE : Paths.withoutHere(path);
        }
    }

    /** What became of one attribute. */
    private enum Outcome {
        SAME,
        CHANGED,
        FAILED;

        static Outcome of(boolean changes) {
            return changes ? CHANGED : SAME;
        }
    }

    AttributeSetter(Site site) {
        this.tree = site.tree();
        this.options = site.options().preservation();
        this.privileges = site.privileges();
        this.notices = site.notices();
        this.modifyWindow = site.options().update().window();
        this.dryRun = site.dryRun();
        this.accessLists = new AccessListSetter(site);
        this.trace = new AttributeTrace(DebugVoice.of(site));
        this.extendedAttributes = new ExtendedAttributeSetter(site);
    }

    AccessListSetter accessLists() {
        return accessLists;
    }

    ExtendedAttributeSetter extendedAttributes() {
        return extendedAttributes;
    }

    /**
     * Sets what differs from {@code present}, which afterwards no longer tells the truth. A call that fails becomes a notice. A dry run calls nothing.
     * Without the owner that it is to have, a file gets nothing more: its mode may say what only that owner's files may do (set-user-id). Without its time
     * it keeps its mode, as with rsync.
     *
     * @return whether anything was changed, or would be
     */
    boolean apply(Wanted wanted, FileStatus present) throws IOException {
        Outcome owner = changeOwner(wanted, present);
        if (owner == Outcome.FAILED) {
            return false;
        }
        keepFake(wanted);
        boolean others = applyRest(wanted, present);
        return owner == Outcome.CHANGED || others;
    }

    /**
     * As {@link #apply}, and sets extended attributes too.
     *
     * @param basis may have values that did not come; null: none
     */
    void applyAll(Wanted wanted, @Nullable OpenFile basis, FileStatus present) throws IOException {
        if (changeOwner(wanted, present) == Outcome.FAILED) {
            return;
        }
        keepFake(wanted);
        if (extendedAttributes.isEnabled()) {
            extendedAttributes.apply(wanted.entry(), wanted.path(), wanted.file(), basis, present);
        }
        applyRest(wanted, present);
    }

    private boolean applyRest(Wanted wanted, FileStatus present) {
        Outcome time = changeTime(wanted, present);
        if (time == Outcome.FAILED) {
            return false;
        }
        boolean lists = accessLists.apply(wanted, present);
        boolean mode = changeMode(wanted, present);
        return time == Outcome.CHANGED || lists || mode;
    }

    /** Under {@code --fake-super} owner, type and permissions are written beside the file; an owner that is not carried over is root, as with rsync. */
    private void keepFake(Wanted wanted) {
        if (!privileges.fakes() || dryRun) {
            return;
        }
        FileEntry entry = wanted.entry();
        FakeStatus status = new FakeStatus(
                wanted.mode(),
                entry.isDevice() ? entry.deviceMajor() : 0,
                entry.isDevice() ? entry.deviceMinor() : 0,
                options.owner() ? entry.uid() : 0,
                options.group() ? entry.gid() : 0);
        try {
            if (wanted.file() != null) {
                tree.metadata().keepFake(wanted.file(), status);
            } else {
                tree.metadata().keepFake(wanted.path(), status);
            }
        } catch (IOException e) {
            Text what = Text.of("failed to write xattr user.rsync.%stat for ").add(notices.quote(wanted.shown()));
            notices.fileFailure(what, e);
        }
    }

    /** As {@link #apply}, for a directory that was just made: it keeps the set-group-id bit that it inherited. */
    boolean applyToNewDirectory(Wanted wanted, FileStatus present) throws IOException {
        if (options.permissions() || (present.mode() & SET_GROUP_ID) == 0) {
            return apply(wanted, present);
        }
        int mode = wanted.mode() | SET_GROUP_ID;
        return apply(new Wanted(wanted.path(), wanted.file(), wanted.entry(), mode, wanted.times()), present);
    }

    /** Returns true if owner and group are as wanted, as far as they can be set. */
    boolean hasOwner(FileEntry entry, FileStatus present) {
        return !ownerDiffers(entry, present) && !groupDiffers(entry, present);
    }

    boolean ownerDiffers(FileEntry entry, FileStatus present) {
        return options.owner() && privileges.root() && entry.uid() != present.uid();
    }

    boolean groupDiffers(FileEntry entry, FileStatus present) {
        return options.group() && !entry.skipGroup() && entry.gid() != present.gid();
    }

    /** Returns true if this entry's modification time is carried over. */
    boolean keepsTime(FileEntry entry) {
        return options.times()
                && !(entry.isDirectory() && options.omitDirTimes())
                && !(entry.isSymlink() && options.omitLinkTimes());
    }

    /** Returns true if everything that is carried over is at {@code place}, which has the status {@code present}, as the entry has it. */
    boolean agrees(Candidate item, TreePath place, FileStatus present, Modes modes) {
        FileEntry entry = item.entry();
        int mode = item.mode();
        boolean keepsTime = options.times() && !(entry.isSymlink() && options.omitLinkTimes());
        return !(keepsTime && Times.differ(entry, present, modifyWindow))
                && (entry.isSymlink() || !modes.differ(mode, present.mode()))
                && hasOwner(entry, present)
                && accessLists.differences(entry, place, mode, present) == 0
                && (!extendedAttributes.isEnabled()
                        || extendedAttributes.present(place).equals(entry.extendedAttributes()));
    }

    private Outcome changeOwner(Wanted wanted, FileStatus present) throws IOException {
        boolean owner = ownerDiffers(wanted.entry(), present);
        boolean group = groupDiffers(wanted.entry(), present);
        if (dryRun || privileges.fakes() || (!owner && !group)) {
            return Outcome.of(owner || group);
        }
        if (owner) {
            trace.owner(wanted.shown(), wanted.entry(), present);
        }
        if (group) {
            trace.group(wanted.shown(), wanted.entry(), present);
        }
        int uid = owner ? wanted.entry().uid() : KEEP;
        int gid = group ? wanted.entry().gid() : KEEP;
        try {
            if (wanted.file() != null) {
                wanted.file().changeOwner(uid, gid);
            } else {
                tree.metadata().changeOwner(wanted.path(), uid, gid);
            }
        } catch (IOException e) {
            notices.fileFailure(notices.failed(owner ? "chown" : "chgrp", wanted.shown()), e);
            return Outcome.FAILED;
        }
        if ((present.mode() & SET_ID_BITS) != 0) {
            readStatus(wanted, present); // the kernel has cleared the set-id bits
        }
        return Outcome.CHANGED;
    }

    private Outcome changeTime(Wanted wanted, FileStatus present) {
        FileEntry entry = wanted.entry();
        boolean modified = modificationTimeDiffers(wanted, present) && keepsTime(entry);
        boolean accessed = accessTimeDiffers(wanted, present);
        if (dryRun || (!modified && !accessed)) {
            return Outcome.of(modified || accessed);
        }
        int accessNanos = accessed ? 0 : FileTimes.OMIT;
        int nanos = modified ? entry.modificationNanos() : FileTimes.OMIT;
        try {
            if (wanted.file() != null) {
                wanted.file().setTimes(entry.accessTime(), accessNanos, entry.modificationTime(), nanos);
            } else {
                tree.metadata()
                        .setTimes(wanted.path(), entry.accessTime(), accessNanos, entry.modificationTime(), nanos);
            }
            return Outcome.CHANGED;
        } catch (IOException e) {
            notices.fileFailure(Text.of("failed to set times on ").add(notices.quote(wanted.shown())), e);
            return Outcome.FAILED;
        }
    }

    private boolean modificationTimeDiffers(Wanted wanted, FileStatus present) {
        return switch (wanted.times()) {
            case NEVER -> false;
            case EXACT -> Times.differExactly(wanted.entry(), present);
            case WINDOW -> Times.differ(wanted.entry(), present, modifyWindow);
        };
    }

    private boolean accessTimeDiffers(Wanted wanted, FileStatus present) {
        FileEntry entry = wanted.entry();
        if (!keepsAccessTime(entry)) {
            return false;
        }
        return switch (wanted.times()) {
            case NEVER -> false;
            case EXACT -> true;
            case WINDOW -> Times.accessDiffers(entry, present, modifyWindow);
        };
    }

    /** Returns true if this entry's access time is carried over. */
    private boolean keepsAccessTime(FileEntry entry) {
        return options.atimes() > 0 && !entry.isDirectory() && !(entry.isSymlink() && options.omitLinkTimes());
    }

    /** Returns true if this file's access time is carried over, and what is here has another. */
    boolean accessTimeDiffers(FileEntry entry, FileStatus present) {
        return keepsAccessTime(entry) && !entry.isSymlink() && Times.accessDiffers(entry, present, modifyWindow);
    }

    private boolean changeMode(Wanted wanted, FileStatus present) {
        boolean symlink = (wanted.mode() & FileMode.TYPE_MASK) == FileMode.SYMLINK;
        boolean changes = !symlink && ((wanted.mode() ^ present.mode()) & FileMode.PERMISSION_MASK) != 0;
        if (dryRun || privileges.fakes() || !changes) {
            return changes;
        }
        try {
            int permissions = wanted.mode() & FileMode.PERMISSION_MASK;
            if (wanted.file() != null) {
                wanted.file().changeMode(permissions);
            } else {
                tree.metadata().changeMode(wanted.path(), permissions);
            }
            return true;
        } catch (IOException e) {
            notices.fileFailure(Text.of("failed to set permissions on ").add(notices.quote(wanted.shown())), e);
            return false;
        }
    }

    private void readStatus(Wanted wanted, FileStatus into) throws IOException {
        if (wanted.file() != null) {
            tree.status(wanted.file(), into);
        } else {
            tree.status(wanted.path(), into);
        }
    }
}
