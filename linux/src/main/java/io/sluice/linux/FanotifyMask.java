package io.sluice.linux;

/** Bits of a fanotify mark ({@link Fanotify#markFileSystem}) and of an event ({@link FanotifyEvents#mask}). */
public final class FanotifyMask {
    public static final int ACCESS = 0x1;
    /** Content changed: a write or truncation. */
    public static final int MODIFY = 0x2;
    /** Metadata changed: mode, owner, times, extended attributes. */
    public static final int ATTRIBUTES = 0x4;
    /** A file that was open for writing was closed. */
    public static final int CLOSE_WRITE = 0x8;

    public static final int CLOSE_NO_WRITE = 0x10;
    public static final int OPEN = 0x20;
    /** A name left the directory. */
    public static final int MOVED_FROM = 0x40;
    /** A name came into the directory by rename. */
    public static final int MOVED_TO = 0x80;

    public static final int CREATE = 0x100;
    public static final int DELETE = 0x200;
    /** It was removed itself. */
    public static final int DELETE_SELF = 0x400;
    /** It was renamed itself. */
    public static final int MOVE_SELF = 0x800;
    /** A file was opened to be executed; as an interpreter too (Linux 5.0). */
    public static final int OPEN_TO_EXECUTE = 0x1000;
    /** Event only, about nothing: the kernel's queue was full, and events are lost. */
    public static final int QUEUE_OVERFLOW = 0x4000;
    /** Both names of a rename in one event (Linux 5.17). */
    public static final int RENAME = 0x10000000;
    /** Mark: events about directories too. Event: what it is about is a directory. */
    public static final int ON_DIRECTORY = 0x40000000;

    private FanotifyMask() {}
}
