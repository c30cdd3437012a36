package io.sluice.linux;

/** Bits of an inotify watch ({@link Inotify#addWatch}) and of an event ({@link InotifyEvents#mask}). */
public final class InotifyMask {
    public static final int ACCESS = 0x1;
    /** Content changed: a write or truncation. */
    public static final int MODIFY = 0x2;
    /** Metadata changed: mode, owner, times, extended attributes, number of links. */
    public static final int ATTRIBUTES = 0x4;
    /** A file that was open for writing was closed. */
    public static final int CLOSE_WRITE = 0x8;

    public static final int CLOSE_NO_WRITE = 0x10;
    public static final int OPEN = 0x20;
    /** A name left the directory; {@link InotifyEvents#cookie} pairs it with {@link #MOVED_TO}. */
    public static final int MOVED_FROM = 0x40;
    /** A name came into the directory by rename. */
    public static final int MOVED_TO = 0x80;

    public static final int CREATE = 0x100;
    public static final int DELETE = 0x200;
    /** What is watched was removed itself. */
    public static final int DELETE_SELF = 0x400;
    /** What is watched was renamed itself. */
    public static final int MOVE_SELF = 0x800;

    /** Event only: the file system of what was watched was unmounted; {@link #IGNORED} follows. */
    public static final int UNMOUNT = 0x2000;
    /** Event only, watch -1: the kernel's queue was full, and events are lost. */
    public static final int QUEUE_OVERFLOW = 0x4000;
    /** Event only: the watch is gone (removed, or what it watched is). */
    public static final int IGNORED = 0x8000;

    /** Watch only: anything but a directory is ENOTDIR. */
    public static final int ONLY_DIRECTORY = 0x1000000;
    /** Watch only: a symbolic link as the last component is watched itself. */
    public static final int DONT_FOLLOW = 0x2000000;
    /** Watch only: no events of children after they were unlinked. */
    public static final int EXCLUDE_UNLINKED = 0x4000000;
    /** Watch only: something that is watched already is EEXIST. */
    public static final int MASK_CREATE = 0x10000000;
    /** Watch only: add to the mask of a watch that is there, instead of replacing it. */
    public static final int MASK_ADD = 0x20000000;
    /** Event only: what the event is about is a directory. */
    public static final int IS_DIRECTORY = 0x40000000;
    /** Watch only: it ends after one event. */
    public static final int ONE_SHOT = 0x80000000;

    private InotifyMask() {}
}
