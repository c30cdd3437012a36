package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.filelist.FileEntry;
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

    private final Site site;
    private final AttributeSetter attributes;
    private final Modes modes;
    private final Requests requests;

    Itemizer(Site site, AttributeSetter attributes, Modes modes, Requests requests) {
        this.site = site;
        this.attributes = attributes;
        this.modes = modes;
        this.requests = requests;
    }

    /** Sends index and flags of an item without content, if there is something to tell. */
    void tell(Candidate item, @Nullable FileStatus present, int base) throws IOException {
        int flags = flags(item, present, base);
        if ((flags & WIRE & ~INSIGNIFICANT) != 0 || site.verbosity().wantsUnchanged()) {
            requests.item(item.index(), flags & WIRE, BasisType.FILE);
        }
    }

    /** As above, with {@link ItemFlags#XNAME_FOLLOWS} in {@code base}: {@code name} is what the item is a link to; empty: it was that already. */
    void tell(Candidate item, @Nullable FileStatus present, int base, byte[] name) throws IOException {
        int flags = flags(item, present, base);
        if (name.length == 0 && present != null && !attributes.keepsTime(item.entry())) {
            flags &= ~ItemFlags.REPORT_TIME;
        }
        if ((flags & ~INSIGNIFICANT) != 0 || name.length > 0 || site.verbosity().wantsUnchanged()) {
            requests.item(item.index(), flags, name);
        }
    }

    /**
     * Returns {@code base} with what differs.
     *
     * @param present null: it is new
     */
    int flags(Candidate item, @Nullable FileStatus present, int base) {
        if (present == null) {
            return base | ItemFlags.IS_NEW;
        }
        FileEntry entry = item.entry();
        int flags = base;
        if (entry.isRegular() && entry.size() != present.size()) {
            flags |= ItemFlags.REPORT_SIZE;
        }
        boolean updated = (base & (ItemFlags.TRANSFER | ItemFlags.LOCAL_CHANGE)) != 0 && (base & MATCHED) == 0;
        boolean timeDiffers = attributes.keepsTime(entry)
                ? Times.differ(entry, present, site.options().update().modifyWindow())
                : updated;
        if (timeDiffers) {
            flags |= ItemFlags.REPORT_TIME;
        }
        if (!entry.isSymlink() && modes.differ(item.mode(), present.mode())) {
            flags |= ItemFlags.REPORT_PERMS;
        }
        if (attributes.ownerDiffers(entry, present)) {
            flags |= ItemFlags.REPORT_OWNER;
        }
        if (attributes.groupDiffers(entry, present)) {
            flags |= ItemFlags.REPORT_GROUP;
        }
        return flags;
    }
}
