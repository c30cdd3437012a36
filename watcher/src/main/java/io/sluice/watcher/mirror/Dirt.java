package io.sluice.watcher.mirror;

/** What may be wrong with an entry on a replica, as bits: together they say how much of it has to be looked at. */
final class Dirt {
    /** The entry itself: its attributes, its content, whether it is there. */
    static final int SINGLE = 1;

    /**
     * Its content was written to, which a file's size and time need not show: a program may have put the time back, and
     * the clock of a kernel before 6.13 has one time for all that happens within some milliseconds. With {@link #LISTED}
     * and {@link #SUBTREE}: that of something in it.
     */
    static final int CONTENT = 2;

    /** Of a directory: which names are in it, and each of these entries, but not what is in directories below. */
    static final int LISTED = 4;

    /** The entry and all that is below it; sizes and times tell whether it differs, unless {@link #UNSEEN} bits are there. */
    static final int SUBTREE = 8;

    /** It came here by a rename, and the replica has its content by its old name: to send it is no great matter. */
    static final int MOVED = 16;

    /** What has the name now, if anything, is not what had it before: size and time may be the same by chance. */
    static final int REPLACED = 32;

    /**
     * A file that changed, and has, or had, other names, which the change has to be pushed under as well; without {@link #SINGLE} only under those, since this
     * name is excluded.
     */
    static final int LINKED = 64;

    /** Content may differ although size and time do not. */
    static final int UNSEEN = CONTENT | REPLACED;

    private Dirt() {}

    /** All of it in the fewest bits: a subtree includes its listing. */
    static int normal(int bits) {
        return (bits & SUBTREE) == 0 ? bits : SUBTREE | SINGLE | (bits & (UNSEEN | LINKED));
    }

    /** Whether what is above an entry says all that there is to say {@code below}. */
    static boolean covers(int above, int below) {
        boolean seen = (below & UNSEEN) == 0 || (above & UNSEEN) != 0;
        return (above & SUBTREE) != 0 && seen && (below & LINKED) == 0;
    }
}
