package io.sluice.protocol.delta;

/** What enters the window that compressed data may refer back to. */
enum DeflateWindow {
    /** Literal data: the method zlibx. */
    LITERALS,
    /** Matched blocks too: the old method, zlib. */
    LITERALS_AND_BLOCKS,
    /**
     * Matched blocks too, as peers before protocol 31 do it: where a block is longer than 65,535 bytes, its start
     * enters again instead of the rest.
     */
    LITERALS_AND_BLOCK_STARTS;

    /** Blocks enter in pieces of this many bytes, which matters only to the last kind. */
    private static final int PIECE = 65_535;

    /** Returns the kind that lets blocks in. */
    static DeflateWindow matching(boolean repeatsLongBlocks) {
        return repeatsLongBlocks ? LITERALS_AND_BLOCK_STARTS : LITERALS_AND_BLOCKS;
    }

    /** Lets a block enter through {@code dictionary}. */
    void enter(byte[] bytes, int offset, int length, Dictionary dictionary) {
        if (this == LITERALS_AND_BLOCKS) {
            dictionary.set(bytes, offset, length);
        } else if (this == LITERALS_AND_BLOCK_STARTS) {
            for (int rest = length; rest > 0; rest -= PIECE) {
                dictionary.set(bytes, offset, Math.min(rest, PIECE));
            }
        }
    }

    /** Takes bytes into the window. */
    @FunctionalInterface
    interface Dictionary {
        /** Appends the bytes to what the window holds. */
        void set(byte[] bytes, int offset, int length);
    }
}
