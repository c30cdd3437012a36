package io.sluice.protocol.filelist;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.NumberFormat;

/**
 * Which parts an entry has on the wire, as both ends know it from the session and the options.
 *
 * @param varintFlags flags are a varint, and the error bits always follow the end of a list
 * @param safeEnd the error bits can follow the end of a list
 * @param incremental each segment is the content of one directory; id names stand beside the first use of an id, not after the list
 * @param nanos times have nanoseconds
 * @param specialNumbers fifos and sockets have a (meaningless) device number
 * @param idZeroNames the names of user and group 0 travel too
 * @param checksumLength bytes of a regular file's sum, 0 without {@code --checksum}
 * @param limit how long an array may become that holds what came
 */
record WireFormat(
        boolean varintFlags,
        boolean safeEnd,
        boolean incremental,
        boolean nanos,
        boolean specialNumbers,
        boolean idZeroNames,
        int checksumLength,
        PreservationOptions kept,
        ProtocolVersion version,
        NameConversion names,
        AllocationLimit limit) {
    static WireFormat of(Session session, TransferOptions options) {
        return new WireFormat(
                session.varintFlags(),
                session.safeFileList(),
                session.incrementalRecursion(),
                session.version().hasNanoseconds(),
                session.version().numbersSpecialFiles(),
                session.idZeroNames(),
                options.update().checksum() ? session.fileChecksum().length() : 0,
                options.preservation(),
                session.version(),
                session.names(),
                options.limits().allocation());
    }

    Columns.Layout layout() {
        return new Columns.Layout(kept.owner(), kept.group(), checksumLength, !version.ordersByComponent(), limit);
    }

    /** Whether an entry of this mode has a device number on the wire. */
    boolean hasDeviceNumber(int mode) {
        return (kept.devices() && Modes.isDevice(mode)) || (kept.specials() && specialNumbers && Modes.isSpecial(mode));
    }

    /** Names of users travel, for owners or in access control lists. */
    boolean usersListed() {
        return kept.owner() || kept.acls();
    }

    /** Names of groups travel. */
    boolean groupsListed() {
        return kept.group() || kept.acls();
    }

    /** Whether an entry of this mode has an access time on the wire. */
    boolean hasAccessTime(int mode) {
        return kept.atimes() > 0 && !Modes.isDirectory(mode);
    }

    /** Whether an entry of this mode is followed by an access control list. */
    boolean hasAccessList(int mode) {
        return kept.acls() && !Modes.isSymlink(mode);
    }

    NumberFormat numbers() {
        return version.hasVarInts() ? NumberFormat.VARIABLE : NumberFormat.FIXED;
    }

    /** Whether an entry of this mode has a sum on the wire, which means nothing for what is no regular file. */
    boolean hasSum(int mode) {
        return checksumLength > 0 && (Modes.isRegular(mode) || version.sumsEverything());
    }

    /** The bits that an entry's flags may have. */
    int knownFlags() {
        if (version.flagsContent()) {
            return EntryFlags.KNOWN | (kept.hardLinks() > 0 ? EntryFlags.LINKS : 0);
        }
        if (!version.extendsEntryFlags()) {
            return EntryFlags.KNOWN_27;
        }
        return EntryFlags.KNOWN_29 | (kept.hardLinks() > 0 ? EntryFlags.LINKS_29 : 0);
    }

    /** Whether a scanned file tells its device and inode: with {@code -H}, what has several names and is no directory, or every regular file. */
    boolean hasInode(FileStatus found) {
        if (kept.hardLinks() == 0 || found.isDirectory()) {
            return false;
        }
        return version.numbersEveryFile() ? found.isRegular() : found.linkCount() > 1;
    }

    /** Entries are numbered in the order of the wire, as the ends may sort their names differently. */
    boolean numbersAsSent() {
        return names.isActive();
    }

    boolean idListsFollow() {
        return !incremental && !kept.numericIds();
    }
}
