package io.sluice.protocol.filelist;

import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;

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
 */
record WireFormat(
        boolean varintFlags,
        boolean safeEnd,
        boolean incremental,
        boolean nanos,
        boolean specialNumbers,
        boolean idZeroNames,
        int checksumLength,
        PreservationOptions kept) {
    static WireFormat of(Session session, TransferOptions options) {
        return new WireFormat(
                session.varintFlags(),
                session.safeFileList(),
                session.incrementalRecursion(),
                session.version().hasNanoseconds(),
                session.version().numbersSpecialFiles(),
                session.idZeroNames(),
                options.update().checksum() ? session.fileChecksum().length() : 0,
                options.preservation());
    }

    Columns.Layout layout() {
        return new Columns.Layout(kept.owner(), kept.group(), checksumLength);
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

    boolean idListsFollow() {
        return !incremental && !kept.numericIds();
    }
}
