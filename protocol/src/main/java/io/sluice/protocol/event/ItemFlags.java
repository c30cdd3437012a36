package io.sluice.protocol.event;

/** The bits of an item's flags (protocol ≥ 29: a 16-bit value after each index). */
public final class ItemFlags {
    public static final int REPORT_ATIME = 1;
    public static final int REPORT_CHANGE = 1 << 1;
    /** Size of a regular file; of a symlink: its time could not be set. */
    public static final int REPORT_SIZE = 1 << 2;

    public static final int REPORT_TIME = 1 << 3;
    public static final int REPORT_PERMS = 1 << 4;
    public static final int REPORT_OWNER = 1 << 5;
    public static final int REPORT_GROUP = 1 << 6;
    public static final int REPORT_ACL = 1 << 7;
    public static final int REPORT_XATTR = 1 << 8;
    public static final int REPORT_CRTIME = 1 << 10;
    /** A byte follows that tells the kind of basis. */
    public static final int BASIS_TYPE_FOLLOWS = 1 << 11;
    /** A vstring follows. */
    public static final int XNAME_FOLLOWS = 1 << 12;

    public static final int IS_NEW = 1 << 13;
    public static final int LOCAL_CHANGE = 1 << 14;
    public static final int TRANSFER = 1 << 15;
    /** Never on the wire: the sender could not send the data. */
    public static final int MISSING_DATA = 1 << 16;
    /** Never on the wire: a deletion. */
    public static final int DELETED = 1 << 17;

    private ItemFlags() {}
}
