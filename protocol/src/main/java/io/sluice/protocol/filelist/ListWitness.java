package io.sluice.protocol.filelist;

/** Hears of what a list tells, as it is read or written ({@code --debug=DUP,FLIST2,HLINK,OWN2}). */
public interface ListWitness {
    /** Hears nothing, and is not asked to. */
    ListWitness NONE = new ListWitness() {};

    /** An entry was read. */
    default void read(byte[] path) {}

    /** All {@code entries} of a segment were read; what follows is about them as a whole. */
    default void readAll(int entries) {}

    /**
     * Entry {@code index} is another name of a file.
     *
     * @param first the index of its first name
     * @param inSegment both are in the same segment, so that only the path travels
     */
    default void linked(int index, int first, boolean inSegment) {}

    /** Entry {@code index} is the first name of a file that has several. */
    default void numbered(int index, long device, long inode) {}

    /** The peer's user {@code id}, whose name is {@code ""} if nobody told it, is {@code here}. */
    default void user(int id, String name, int here) {}

    /** As above, for a group. */
    default void group(int id, String name, int here) {}

    /** The only groups that files can be given to. */
    default void ownGroups(int[] groups) {}

    /** Of several entries with the same path, that at place {@code place} of the list's order is left out. */
    default void leftOut(byte[] path, int place) {}
}
