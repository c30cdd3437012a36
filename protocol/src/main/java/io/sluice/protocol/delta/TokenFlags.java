package io.sluice.protocol.delta;

/**
 * What the first byte of each part of a compressed token stream says.
 *
 * <pre>
 * | 0x00 |                                              the end of the file
 * | 0x20 | block 4 |                                    one block
 * | 0x21 | first block 4 | others 2 |                   a run: the first block and that many behind it
 * | 0x40 + high six bits of length | low eight | data | compressed literals
 * | 0x80 + distance |                                   one block, counted from the end of the last run (0 at first)
 * | 0xC0 + distance | others 2 |                        a run, likewise
 * </pre>
 */
final class TokenFlags {
    static final int END = 0;
    static final int BLOCK = 0x20;
    static final int RUN = 0x21;
    static final int DATA = 0x40;
    static final int NEAR_BLOCK = 0x80;
    static final int NEAR_RUN = 0xC0;

    /** The bits that tell the last three from each other. */
    static final int KIND = 0xC0;
    /** The bits of a distance or of a length's high part. */
    static final int LOW_BITS = 0x3F;

    /** The most compressed bytes in one part. */
    static final int MAX_DATA = 16_383;
    /** The most blocks that may follow the first of a run. */
    static final int MAX_OTHERS = 65_535;

    private TokenFlags() {}
}
