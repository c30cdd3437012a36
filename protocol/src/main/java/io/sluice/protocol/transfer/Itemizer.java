package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.filelist.AttributeValues;
import io.sluice.protocol.filelist.ExtendedAttribute;
import io.sluice.protocol.filelist.ExtendedAttributeSet;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.AccessControlList;
import io.sluice.protocol.files.TreePath;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds out in what an entry and what is here differ, and tells the sender, so that both ends can show it ({@code -i}). */
final class Itemizer {
    /** Flags that say how an item travels, not that it changed. */
    private static final int INSIGNIFICANT =
            ItemFlags.BASIS_TYPE_FOLLOWS | ItemFlags.XNAME_FOLLOWS | ItemFlags.LOCAL_CHANGE;

    /** Never on the wire: what is new is what was found elsewhere, so that its time counts as unchanged unless times are carried over. */
    static final int MATCHED = 1 << 18;

    private static final int WIRE = 0xFFFF;
    private static final byte[] NAMELESS = {};

    private final Site site;
    private final AttributeSetter attributes;
    private final Modes modes;
    private final Requests requests;
    private ExtendedAttributeSet present = ExtendedAttributeSet.EMPTY;
    private final boolean travels;
    private final ReportedItem told = new ReportedItem(false, false);

    Itemizer(Site site, AttributeSetter attributes, Modes modes, Requests requests) {
        this.site = site;
        this.attributes = attributes;
        this.modes = modes;
        this.requests = requests;
        this.travels = site.session().version().hasItemFlags();
    }

    /** Sends index and flags of an item without content (protocol ≥ 29), if there is something to tell. */
    void tell(Candidate item, @Nullable FileStatus present, int base) throws IOException {
        tell(item, here(item), present, base);
    }

    /** As above, as its difference from what is at {@code place}. */
    void tell(Candidate item, TreePath place, @Nullable FileStatus present, int base) throws IOException {
        int flags = flags(item, place, present, base);
        if ((flags & WIRE & ~INSIGNIFICANT) != 0 || site.verbosity().wantsUnchanged()) {
            tell(item, flags, NAMELESS);
        }
    }

    /** As above, with {@link ItemFlags#XNAME_FOLLOWS} in {@code base}: {@code name} is what the item is a link to; empty: it was that already. */
    void tell(Candidate item, @Nullable FileStatus present, int base, byte[] name) throws IOException {
        tell(item, here(item), present, base, name);
    }

    /** As above, as its difference from what is at {@code place}. */
    void tell(Candidate item, TreePath place, @Nullable FileStatus present, int base, byte[] name) throws IOException {
        int flags = flags(item, place, present, base);
        if (name.length == 0 && present != null && !attributes.keepsTime(item.entry())) {
            flags &= ~ItemFlags.REPORT_TIME;
        }
        if ((flags & WIRE & ~INSIGNIFICANT) != 0
                || name.length > 0
                || site.verbosity().wantsUnchanged()) {
            tell(item, flags, name);
        }
    }

    private void tell(Candidate item, int flags, byte[] name) throws IOException {
        if (travels) {
            send(item, flags, BasisType.FILE, name);
        } else {
            tellHere(item, flags & WIRE, name);
        }
    }

    /**
     * Sends index and flags as {@link #flags} made them, and asks for the extended attributes that are missing here.
     *
     * @param name travels with {@link ItemFlags#XNAME_FOLLOWS}
     */
    void send(Candidate item, int flags, int basisType, byte[] name) throws IOException {
        requests.item(item.index(), flags & WIRE, basisType, name);
        boolean wants = (flags & (ItemFlags.REPORT_XATTR | ItemFlags.TRANSFER)) != 0;
        if (wants
                && attributes.extendedAttributes().isEnabled()
                && !site.options().update().dryRun()) {
            ExtendedAttributeSet wanted = item.entry().extendedAttributes();
            if (AttributeValues.travel(flags, site.session().xattrOptimization())) {
                requests.attributes(wanted.missingIn(present));
            }
            wanted.attributes().forEach(ExtendedAttribute::settle);
        }
    }

    /** Before protocol 29 the sender hears of requests only: a client is told here, and a server's client gets the names of what was made. */
    private void tellHere(Candidate item, int flags, byte[] name) {
        if (!site.session().server()) {
            site.reports().listener().item(told.show(item, flags, name));
        } else if (site.verbosity().names() > 0 && (flags & ItemFlags.LOCAL_CHANGE) != 0) {
            FileEntry entry = item.entry();
            Text text = new Text().add(entry.path());
            if (entry.isSymlink()) {
                text.add(" -> ").add(entry.linkTarget());
            }
            site.notices().info(entry.isDirectory() ? text.add("/") : text);
        }
    }

    /** As {@link #flags(Candidate, TreePath, FileStatus, int)}, compared with what has the item's name. */
    int flags(Candidate item, @Nullable FileStatus present, int base) {
        return flags(item, here(item), present, base);
    }

    /**
     * Returns {@code base} with what differs.
     *
     * @param place where that is that it is compared with
     * @param present null: it is new
     */
    int flags(Candidate item, TreePath place, @Nullable FileStatus present, int base) {
        FileEntry entry = item.entry();
        int flags = base | extendedFlag(item, place, present);
        if (present == null) {
            return flags | ItemFlags.IS_NEW;
        }
        if (entry.isRegular() && entry.size() != present.size()) {
            flags |= ItemFlags.REPORT_SIZE;
        }
        boolean updated = (base & (ItemFlags.TRANSFER | ItemFlags.LOCAL_CHANGE)) != 0 && (base & MATCHED) == 0;
        boolean timeDiffers = attributes.keepsTime(entry)
                ? Times.differ(entry, present, site.options().update().window())
                : updated;
        if (timeDiffers) {
            flags |= ItemFlags.REPORT_TIME;
        }
        if (attributes.accessTimeDiffers(entry, present)) {
            flags |= ItemFlags.REPORT_ATIME;
        }
        int lists = attributes.accessLists().differences(entry, place, item.mode(), present);
        if (!entry.isSymlink() && modes.differ(item.mode(), modeToCompare(item, present, base, lists))) {
            flags |= ItemFlags.REPORT_PERMS;
        }
        if (attributes.ownerDiffers(entry, present)) {
            flags |= ItemFlags.REPORT_OWNER;
        }
        if (attributes.groupDiffers(entry, present)) {
            flags |= ItemFlags.REPORT_GROUP;
        }
        if (lists != 0) {
            flags |= ItemFlags.REPORT_ACL;
        }
        return flags;
    }

    private int extendedFlag(Candidate item, TreePath place, @Nullable FileStatus status) {
        if (!attributes.extendedAttributes().isEnabled()) {
            return 0;
        }
        present = status == null
                ? ExtendedAttributeSet.EMPTY
                : attributes.extendedAttributes().present(place);
        return present.equals(item.entry().extendedAttributes()) ? 0 : ItemFlags.REPORT_XATTR;
    }

    /** rsync sets the list of something that stays before it looks at the mode, and so does not tell what the list has set right. */
    private int modeToCompare(Candidate item, FileStatus present, int base, int lists) {
        boolean setBefore = base == 0 && !item.entry().isDirectory() && !site.dryRun();
        return setBefore && (lists & AccessListSetter.ACCESS) != 0
                ? AccessControlList.permissionsAfter(item.mode(), present.mode())
                : present.mode();
    }

    private TreePath here(Candidate item) {
        return new TreePath(site.tree(), Paths.isRoot(item.path()) ? new byte[0] : item.path());
    }
}
