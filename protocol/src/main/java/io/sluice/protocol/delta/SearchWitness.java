package io.sluice.protocol.delta;

/** Hears how the search for a basis's blocks goes ({@code --debug=DELTASUM}). */
public interface SearchWitness {
    /** Hears nothing. */
    SearchWitness NONE = new SearchWitness() {};

    /** Returns false if all that is told is lost. */
    default boolean hears() {
        return false;
    }

    /** The search for these blocks begins, in a file of {@code length} bytes that starts with {@code sum}. */
    default void began(SumHead head, long length, int sum) {}

    /** At {@code offset} stands something with the weak sum of {@code block}. */
    default void candidate(long offset, int block, int sum) {}

    /**
     * A block was found.
     *
     * @param sent the file's content up to there has gone out
     */
    default void matched(long offset, long sent, int block, int length) {}

    /** The search for a basis's blocks is over. */
    default void searched() {}

    /** A file's content has gone out, its sum comes next. */
    default void ended(long falseAlarms, long hashHits, long matches) {}
}
