package io.sluice.protocol.transfer;

import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileStatus;
import io.sluice.protocol.files.AccessControlList;
import io.sluice.protocol.files.AccessLists;
import io.sluice.protocol.files.AccessLists.Kind;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.transfer.AttributeSetter.Wanted;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Compares and sets the access control lists of files and directories ({@code -A}). Used by one role. */
final class AccessListSetter {
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

    /** Returns true if the entry has lists, and what is at {@code path} has others. */
    boolean differ(FileEntry entry, byte[] path, int mode, FileStatus present) {
        if (entry.accessList() == null) {
            return false;
        }
        try {
            return tree.withAttributes(path, file -> differences(file, entry, mode, present)) != 0;
        } catch (IOException e) {
            return true;
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
                    : tree.withAttributes(wanted.path(), file -> set(file, wanted, present));
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
        if ((differences & 1) != 0 && access != null) {
            lists.set(file, Kind.ACCESS, access, wanted.mode(), present.mode());
            if (!fake) {
                int mode = AccessControlList.permissionsAfter(wanted.mode(), present.mode());
                present.pretend(mode, present.uid(), present.gid(), present.rdevMajor(), present.rdevMinor());
            }
        }
        AccessControlList defaults = entry.defaultAccessList();
        if ((differences & 2) != 0 && defaults != null) {
            lists.set(file, Kind.DEFAULT, defaults, wanted.mode(), present.mode());
        }
        return differences != 0;
    }

    /** Bit 0: the access list differs; bit 1: the default list does. */
    private int differences(ExtendedAttributes file, FileEntry entry, int mode, FileStatus present) throws IOException {
        int differences = 0;
        AccessControlList access = entry.accessList();
        if (access != null && !lists.read(file, Kind.ACCESS, present.mode()).agreesWith(access, mode)) {
            differences |= 1;
        }
        AccessControlList defaults = entry.defaultAccessList();
        if (present.isDirectory() && hasOther(file, defaults, present)) {
            differences |= 2;
        }
        return differences;
    }

    private boolean hasOther(ExtendedAttributes file, @Nullable AccessControlList defaults, FileStatus present)
            throws IOException {
        return defaults != null
                && !lists.read(file, Kind.DEFAULT, present.mode()).equals(defaults);
    }
}
