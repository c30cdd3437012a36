package io.sluice.protocol.transfer;

/** What the receiving side compares a file with, as the byte after an item's flags tells (protocol ≥ 29). */
final class BasisType {
    /** The file itself; not sent. */
    static final int FILE = 0x80;
    /** What a former run left in the partial directory. */
    static final int PARTIAL_DIRECTORY = 0x81;
    /** The file's backup. */
    static final int BACKUP = 0x82;
    /** Another file of a similar name; the first of those that bring a name. */
    static final int FUZZY = 0x83;

    private BasisType() {}
}
