package io.sluice.linux;

/**
 * The file system that a directory is on.
 *
 * @param type its kind's number, as in {@code linux/magic.h}
 * @param id as in events of {@link Fanotify}; most, but not all, have one of their own, and 0 is none
 */
public record FileSystem(long type, long id) {
    /** Btrfs, whose parts have ids of their own. */
    public static final long BTRFS = 0x9123683EL;
}
