package io.sluice.watcher.heal;

import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.event.ModeText;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** In what an entry of a replica can differ from the source's. */
public enum Aspect {
    /** The source has it, the replica does not, or has something of another kind in its place. */
    MISSING,
    /** The replica has it, the source does not. */
    EXTRA,
    /** A file's content, a symlink's target, a device's number. */
    CONTENT,
    /** The time of the last modification. */
    TIME,
    MODE,
    OWNER,
    GROUP,
    /** Access control list. */
    ACL,
    /** Extended attributes. */
    XATTR,
    /** It is not the same file as the other names of the source's file are. */
    LINK;

    /** What an item of rsync tells; empty if it tells of no difference. */
    static Set<Aspect> of(Item item) {
        int flags = item.flags();
        Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
        if ((flags & ItemFlags.IS_NEW) != 0) {
            aspects.add(MISSING);
            return aspects;
        }
        boolean regular = ModeText.isRegular(item.mode());
        add(aspects, CONTENT, (flags & ItemFlags.REPORT_CHANGE) != 0 || (regular && (flags & SIZE_OR_DATA) != 0));
        add(aspects, TIME, (flags & ItemFlags.REPORT_TIME) != 0);
        add(aspects, MODE, (flags & ItemFlags.REPORT_PERMS) != 0);
        add(aspects, OWNER, (flags & ItemFlags.REPORT_OWNER) != 0);
        add(aspects, GROUP, (flags & ItemFlags.REPORT_GROUP) != 0);
        add(aspects, ACL, (flags & ItemFlags.REPORT_ACL) != 0);
        add(aspects, XATTR, (flags & ItemFlags.REPORT_XATTR) != 0);
        add(aspects, LINK, (flags & ItemFlags.XNAME_FOLLOWS) != 0 && (flags & ItemFlags.LOCAL_CHANGE) != 0);
        return aspects;
    }

    private static final int SIZE_OR_DATA = ItemFlags.REPORT_SIZE | ItemFlags.TRANSFER;

    private static void add(Set<Aspect> aspects, Aspect aspect, boolean there) {
        if (there) {
            aspects.add(aspect);
        }
    }

    /** For people, such as {@code content}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
