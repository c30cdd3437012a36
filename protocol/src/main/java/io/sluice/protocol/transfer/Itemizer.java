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

    private final Site site;
    private final AttributeSetter attributes;
    private final Modes modes;
    private final Requests requests;
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
        int flags = flags(item, present, base);
        if ((flags & ~INSIGNIFICANT) != 0 || site.verbosity().wantsUnchanged()) {
            if (travels) {
                requests.item(item.index(), flags, BasisType.FILE);
            } else {
                tellHere(item, flags);
            }
        }
    }

    /** Before protocol 29 the sender hears of requests only: a client is told here, and a server's client gets the names of what was made. */
    private void tellHere(Candidate item, int flags) {
        if (!site.session().server()) {
            site.reports().listener().item(told.show(item, flags));
        } else if (site.verbosity().names() > 0 && (flags & ItemFlags.LOCAL_CHANGE) != 0) {
            FileEntry entry = item.entry();
            Text text = new Text().add(entry.path());
            if (entry.isSymlink()) {
                text.add(" -> ").add(entry.linkTarget());
            }
            site.notices().info(entry.isDirectory() ? text.add("/") : text);
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
        boolean updated = (base & (ItemFlags.TRANSFER | ItemFlags.LOCAL_CHANGE)) != 0;
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
