package io.sluice.protocol.session;

/**
 * A protocol number, with a predicate for each thing that differs. The only class that compares numbers.
 *
 * @param number as greetings and handshakes carry it
 */
public record ProtocolVersion(int number) implements Comparable<ProtocolVersion> {
    /** The newest version this engine speaks. */
    public static final ProtocolVersion NEWEST = new ProtocolVersion(32);
    /** The oldest version this engine speaks. */
    public static final ProtocolVersion OLDEST = new ProtocolVersion(27);

    private static final int OLDEST_PLAUSIBLE = 20;
    private static final int NEWEST_PLAUSIBLE = 40;

    /** Returns false if a peer that sent {@code number} as its version is no rsync at all, but, say, a shell that prints something. */
    static boolean isPlausible(int number) {
        return number >= OLDEST_PLAUSIBLE && number <= NEWEST_PLAUSIBLE;
    }

    /** A greeting must have a subprotocol. */
    boolean demandsSubprotocol() {
        return number >= 30;
    }

    /** A greeting must name the digests of authentication. */
    boolean demandsDigestNames() {
        return number >= 32;
    }

    /** Access control lists and extended attributes travel; else only within one program. */
    public boolean hasAttributes() {
        return number >= 30;
    }

    /** A receiving server is told {@code --no-implied-dirs}, and takes a list without the directories that lead to its entries. */
    public boolean mayOmitParents() {
        return number >= 30;
    }

    /** The daemon's arguments end with NULs, not with newlines. */
    public boolean endsArgumentsWithNul() {
        return number >= 30;
    }

    /** Numbers of lists, indexes and statistics have as many bytes as they need; else they are ints, and longs where an int is too short. */
    public boolean hasVarInts() {
        return number >= 30;
    }

    /** A server tells compatibility flags; else there are none, and nothing is negotiated by name. */
    boolean hasCompatFlags() {
        return number >= 30;
    }

    /** What a client sends is framed, too. */
    public boolean framesClient() {
        return number >= 30;
    }

    /** Names of {@code --files-from} are framed as all other data. */
    public boolean framesNames() {
        return number >= 31;
    }

    /** Without a choice by name, checksums are MD5; else MD4, and that of a whole file is seeded. */
    boolean impliesMd5() {
        return number >= 30;
    }

    /** The longest block of a basis is 131,072 bytes; else 536,870,912. */
    public boolean boundsBlocks() {
        return number >= 30;
    }

    /** Whoever speaks it has {@code --delete-missing-args}. */
    public boolean deletesMissing() {
        return number >= 31;
    }

    /** The list says of directories whether their content is in it, and has the parents of arguments whatever the options say. */
    public boolean flagsContent() {
        return number >= 30;
    }

    /** The sender's error bits are an int after the list and its names. */
    public boolean errorsFollowList() {
        return number < 30;
    }

    /** {@code --delete} without a time deletes during the transfer, else before it. */
    public boolean deletesDuring() {
        return number >= 30;
    }

    /** A file that the sender cannot send is told in a message. */
    public boolean tellsUnsent() {
        return number >= 30;
    }

    /** Errors and warnings have messages of their own; else they are those of failed files and information. */
    public boolean hasAllTexts() {
        return number >= 30;
    }

    /** Filter rules may be perishable. */
    public boolean hasPerishableRules() {
        return number >= 30;
    }

    /**
     * An index is followed by flags, so that items without content travel as well; there is a phase for delayed updates, deletions are told in messages
     * and statistics tell how long the list took. Else an index is always a request for content.
     */
    public boolean hasItemFlags() {
        return number >= 29;
    }

    /** A directory comes after what is none beside it, and directly before its content; else paths are in the order of their bytes. */
    public boolean ordersByComponent() {
        return number >= 29;
    }

    /** Filter rules have modifiers, and receivers get them with {@code --delete-excluded}; else a rule is a plain include or exclude. */
    public boolean hasRuleModifiers() {
        return number >= 29;
    }

    /** An entry's flags can have a second byte. */
    public boolean extendsEntryFlags() {
        return number >= 28;
    }

    /** The major and minor numbers of a device stand apart; else they are one int as Linux has it. */
    public boolean splitsDeviceNumbers() {
        return number >= 28;
    }

    /** A list tells devices and inodes of what has several names; else it numbers the groups of names. */
    public boolean numbersInodes() {
        return number < 30;
    }

    /** With {@code --hard-links} the list tells the inode of every regular file, whether it has other names or not. */
    public boolean numbersEveryFile() {
        return number < 28;
    }

    /** With {@code --checksum} each entry has a sum, which is 0 for what is no regular file. */
    public boolean sumsEverything() {
        return number < 28;
    }

    /** The sender's error bits always stand at the end of a list, not in a message. */
    boolean alwaysSafeFileList() {
        return number >= 31;
    }

    /** Xattr change reports may be abbreviated. */
    boolean hasXattrOptimization() {
        return number >= 31;
    }

    /** Times in the file list have nanoseconds. */
    public boolean hasNanoseconds() {
        return number >= 31;
    }

    /** Fifos and sockets have a device number in the file list, which means nothing. */
    public boolean numbersSpecialFiles() {
        return number < 31;
    }

    /** The old zlib method puts the start of a block of more than 65,535 bytes into its window again instead of what follows. */
    public boolean repeatsLongBlocks() {
        return number < 31;
    }

    /**
     * The end of a transfer has one more end mark each way, preceded by the figures of deletions, and an end that fails tells its exit code
     * (protocol ≥ 31).
     */
    public boolean hasFarewell() {
        return number >= 31;
    }

    @Override
    public int compareTo(ProtocolVersion other) {
        return Integer.compare(number, other.number);
    }
}
