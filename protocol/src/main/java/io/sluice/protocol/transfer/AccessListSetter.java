package io.sluice.protocol.transfer;

import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileStatus;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.AccessControlList;
import io.sluice.protocol.files.AccessLists;
import io.sluice.protocol.files.AccessLists.Kind;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.transfer.AttributeSetter.Wanted;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Compares and sets the access control lists of files and directories ({@code -A}). Used by one role. */
final class AccessListSetter {
    /** The list that governs access differs. */
    static final int ACCESS = 1;
    /** The list that new files get differs. */
    static final int DEFAULT = 2;

    private final FileTree tree;
    private final Notices notices;
    private final AccessLists lists;
    private final boolean fake;
    private final boolean dryRun;

    AccessListSetter(Site site) {
        this.tree = site.tree();
        this.notices = site.notices();
        this.fake = site.privileges().fakes();
        this.lists = new AccessLists(fake);
        this.dryRun = site.dryRun();
    }

    /** In what lists the entry differs from what is at {@code place}: {@link #ACCESS}, {@link #DEFAULT}, both or none. */
    int differences(FileEntry entry, TreePath place, int mode, FileStatus present) {
        if (entry.accessList() == null) {
            return 0;
        }
        try {
            return place.withAttributes(file -> differences(file, entry, mode, present));
        } catch (IOException e) {
            return ACCESS;
        }
    }

    /** Sets what differs, which may change the mode in {@code present}; whether anything differed. A failure becomes a notice. */
    boolean apply(Wanted wanted, FileStatus present) {
        if (wanted.entry().accessList() == null || present.isSymlink()) {
            return false;
        }
        try {
            return wanted.file() != null
                    ? set(ExtendedAttributes.of(wanted.file()), wanted, present)
                    : tree.metadata().withAttributes(wanted.path(), file -> set(file, wanted, present));
        } catch (IOException e) {
            Text what = Text.of("set_acl: sys_acl_set_file(").add(wanted.path()).add(", ACL_TYPE_ACCESS)");
            notices.fileFailure(what, e);
            return false;
        }
    }

    private boolean set(ExtendedAttributes file, Wanted wanted, FileStatus present) throws IOException {
        FileEntry entry = wanted.entry();
        int differences = differences(file, entry, wanted.mode(), present);
        if (dryRun) {
            return differences != 0;
        }
        AccessControlList access = entry.accessList();
        if ((differences & ACCESS) != 0 && access != null) {
            lists.set(file, Kind.ACCESS, access, wanted.mode(), present.mode());
            if (!fake) {
                int mode = AccessControlList.permissionsAfter(wanted.mode(), present.mode());
                present.pretend(mode, present.uid(), present.gid(), present.rdevMajor(), present.rdevMinor());
            }
        }
        AccessControlList defaults = entry.defaultAccessList();
        if ((differences & DEFAULT) != 0 && defaults != null) {
            lists.set(file, Kind.DEFAULT, defaults, wanted.mode(), present.mode());
        }
        return differences != 0;
    }

    private int differences(ExtendedAttributes file, FileEntry entry, int mode, FileStatus present) throws IOException {
        int differences = 0;
        AccessControlList access = entry.accessList();
        if (access != null && !lists.read(file, Kind.ACCESS, present.mode()).agreesWith(access, mode)) {
            differences |= ACCESS;
        }
        AccessControlList defaults = entry.defaultAccessList();
        if (present.isDirectory() && hasOther(file, defaults, present)) {
            differences |= DEFAULT;
        }
        return differences;
    }

    private boolean hasOther(ExtendedAttributes file, @Nullable AccessControlList defaults, FileStatus present)
            throws IOException {
        return defaults != null
                && !lists.read(file, Kind.DEFAULT, present.mode()).equals(defaults);
    }
}
