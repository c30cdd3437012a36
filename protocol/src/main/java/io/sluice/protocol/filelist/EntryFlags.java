package io.sluice.protocol.filelist;

/**
 * The bits that begin an entry on the wire. They travel as a varint, or as one byte, followed by a second one if {@link #EXTENDED} is set (protocol ≥ 28).
 * 0 is the end of the list.
 */
final class EntryFlags {
    static final int TOP_DIRECTORY = 1;
    static final int SAME_MODE = 1 << 1;
    static final int EXTENDED = 1 << 2;
    static final int SAME_UID = 1 << 3;
    static final int SAME_GID = 1 << 4;
    static final int SAME_NAME_START = 1 << 5;
    static final int LONG_NAME = 1 << 6;
    static final int SAME_TIME = 1 << 7;
    /** Devices. */
    static final int SAME_DEVICE_MAJOR = 1 << 8;
    /** Directories. */
    static final int NO_CONTENT = 1 << 8;

    /** Devices, protocol 27: both numbers are those of the last one. */
    static final int SAME_DEVICE = 1 << 2;
    /** Devices, fifos and sockets, protocols 28 and 29: the minor number is a byte. */
    static final int BYTE_MINOR = 1 << 11;

    static final int HARD_LINKED = 1 << 9;
    static final int USER_NAME_FOLLOWS = 1 << 10;
    static final int GROUP_NAME_FOLLOWS = 1 << 11;
    static final int HARD_LINK_FIRST = 1 << 12;
    static final int NANOS_FOLLOW = 1 << 13;
    /** Only with {@code -U}. */
    static final int SAME_ACCESS_TIME = 1 << 14;

    /** Two-byte flags that end the list and announce the sender's error bits. */
    static final int ERROR_END = EXTENDED | 1 << 12;

    /** What an entry may have without options that this engine does not ask for. */
    static final int KNOWN = TOP_DIRECTORY
            | SAME_MODE
            | EXTENDED
            | SAME_UID
            | SAME_GID
            | SAME_NAME_START
            | LONG_NAME
            | SAME_TIME
            | NO_CONTENT
            | USER_NAME_FOLLOWS
            | GROUP_NAME_FOLLOWS
            | NANOS_FOLLOW;

    /** With {@link #HARD_LINKED}, protocols 28 and 29: the device is that of the last one. */
    static final int SAME_LINK_DEVICE = 1 << 10;

    /** What an entry may have besides with {@code -H}. */
    static final int LINKS = HARD_LINKED | HARD_LINK_FIRST;

    /** The same for protocols 28 and 29. */
    static final int LINKS_29 = HARD_LINKED | SAME_LINK_DEVICE;

    /** The same for protocols 28 and 29. */
    static final int KNOWN_29 = TOP_DIRECTORY
            | SAME_MODE
            | EXTENDED
            | SAME_UID
            | SAME_GID
            | SAME_NAME_START
            | LONG_NAME
            | SAME_TIME
            | SAME_DEVICE_MAJOR
            | BYTE_MINOR;

    /** The same for protocol 27. */
    static final int KNOWN_27 = 0xFF;

    private EntryFlags() {}
}
