package io.sluice.protocol.filelist;

import io.sluice.linux.KernelBytes;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.options.ModeChange;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.Arrays;

/** Reads the entries that {@link EntryEncoder} describes into rows, and rejects what is out of bounds. */
final class EntryDecoder {
    /** A path has fewer bytes than the kernel's PATH_MAX. */
    private static final int PATH_LIMIT = 4096;

    private static final int MAX_NANOS = 999_999_999;
    private static final int MAX_MODE = 0xFFFF;

    private final WireFormat format;
    private final WireInput in;
    private final IdMapping ids;
    private final boolean absolutePaths;
    private final boolean missingAllowed;
    private final ModeChange modeChange;
    private final AccessListDecoder accessLists;
    private final ExtendedAttributeDecoder extendedAttributes;

    private final byte[] path = new byte[PATH_LIMIT];
    private int length;
    private int mode;
    private long time;
    private long accessTime;
    private int uid;
    private int gid;
    private boolean skipGroup;
    private int major;

    EntryDecoder(WireFormat format, TransferOptions options, WireInput in, IdMapping ids, AttributeNames names) {
        this.format = format;
        this.in = in;
        this.ids = ids;
        SelectionOptions selection = options.selection();
        absolutePaths = selection.relative();
        missingAllowed = selection.missingArgs() == MissingArgs.DELETE;
        modeChange = ModeChange.parse(options.preservation().chmod());
        accessLists = new AccessListDecoder(format, in, ids);
        extendedAttributes = new ExtendedAttributeDecoder(in, names);
    }

    /** After the last entry of a list whose names of ids follow it. */
    void mapAccessLists(ColumnsBuilder rows) {
        if (format.kept().acls() && ids.mapsLists()) {
            accessLists.mapIds(rows);
        }
    }

    /** Reads the entry whose flags were read, and adds it. */
    void read(int flags, ColumnsBuilder rows) throws IOException {
        int known = format.kept().atimes() > 0 ? EntryFlags.KNOWN | EntryFlags.SAME_ACCESS_TIME : EntryFlags.KNOWN;
        if ((flags & ~known) != 0) {
            throw new ProtocolException(
                    ExitCode.PROTOCOL, "file-list flags: 0x" + Integer.toHexString(flags) + " (expected: known bits)");
        }
        readPath(flags);
        addName(rows);
        long size = in.readVarLong(3);
        if (size < 0) {
            throw invalid("file size", Long.toString(size), ">= 0");
        }
        if ((flags & EntryFlags.SAME_TIME) == 0) {
            time = in.readVarLong(4);
        }
        rows.time(time, (flags & EntryFlags.NANOS_FOLLOW) == 0 ? 0 : readNanos());
        if ((flags & EntryFlags.SAME_MODE) == 0) {
            readMode();
        }
        int row = rows.rows - 1;
        rows.modes[row] = (char) mode;
        int kind = directoryFlags(flags);
        if (format.hasAccessTime(mode)) {
            accessTime = (flags & EntryFlags.SAME_ACCESS_TIME) == 0 ? in.readVarLong(4) : accessTime;
            rows.attributes.setAccessTime(row, accessTime);
        }
        readIds(flags);
        rows.flags[row] = (byte) (skipGroup ? kind | Columns.SKIP_GROUP : kind);
        rows.ids(uid, gid);
        readDevice(flags, rows);
        rows.sizes[row] = Modes.isDevice(mode) || format.hasDeviceNumber(mode) ? 0 : size;
        readTargetAndSum(rows);
        readAttributes(rows, row);
    }

    private void readAttributes(ColumnsBuilder rows, int row) throws IOException {
        if (format.hasAccessList(mode)) {
            rows.attributes.setAccess(row, accessLists.readAccess(mode));
            if (Modes.isDirectory(mode)) {
                rows.attributes.setDefaults(row, accessLists.readDefault());
            }
        }
        if (format.kept().xattrs() > 0) {
            rows.attributes.setExtended(row, extendedAttributes.read());
        }
    }

    private void readPath(int flags) throws IOException {
        int start = (flags & EntryFlags.SAME_NAME_START) == 0 ? 0 : in.readByte();
        int rest = (flags & EntryFlags.LONG_NAME) == 0 ? in.readByte() : in.readVarInt();
        if (start > length) {
            throw new ProtocolException(
                    "bytes of the last file-list path: " + start + " (expected: <= " + length + ")");
        }
        if (rest < 0 || rest >= PATH_LIMIT - start) {
            throw new ProtocolException("file-list path bytes: " + start + " + " + Integer.toUnsignedString(rest)
                    + " (expected: < " + PATH_LIMIT + ")");
        }
        in.readFully(path, start, rest);
        length = start + rest;
        PathRules.check(path, length, absolutePaths);
    }

    private void addName(ColumnsBuilder rows) {
        int nameStart = length;
        while (nameStart > 0 && path[nameStart - 1] != '/') {
            nameStart--;
        }
        rows.prefix(path, nameStart, 0);
        rows.addName(path, nameStart, length);
    }

    private int readNanos() throws IOException {
        int nanos = in.readVarInt();
        if (nanos < 0 || nanos > MAX_NANOS) {
            throw invalid("nanoseconds", Integer.toUnsignedString(nanos), "<= " + MAX_NANOS);
        }
        return nanos;
    }

    private void readMode() throws IOException {
        int read = in.readInt();
        boolean missing = read == 0 && missingAllowed;
        if (!missing && ((read & ~MAX_MODE) != 0 || !Modes.hasKnownType(read))) {
            throw invalid("file mode", "0" + Integer.toOctalString(read), "a known type");
        }
        mode = modeChange.isEmpty() || missing || Modes.isSymlink(read) ? read : modeChange.apply(read);
    }

    private int directoryFlags(int flags) throws IOException {
        if (!Modes.isDirectory(mode)) {
            boolean root = path[length - 1] == '.' && (length == 1 || (length == 2 && path[0] == '/'));
            if (root) {
                throw invalid("file mode of the transfer's root", "0" + Integer.toOctalString(mode), "a directory");
            }
            return 0;
        }
        boolean top = (flags & EntryFlags.TOP_DIRECTORY) != 0;
        if ((flags & EntryFlags.NO_CONTENT) != 0) {
            return top ? Columns.IMPLIED : 0;
        }
        return top ? Columns.TOP | Columns.CONTENT : Columns.CONTENT;
    }

    private void readIds(int flags) throws IOException {
        if (format.kept().owner() && (flags & EntryFlags.SAME_UID) == 0) {
            int id = in.readVarInt();
            boolean named = (flags & EntryFlags.USER_NAME_FOLLOWS) != 0;
            uid = named ? ids.readUser(in, id) : format.incremental() ? ids.user(id) : id;
        }
        if (format.kept().group() && (flags & EntryFlags.SAME_GID) == 0) {
            int id = in.readVarInt();
            boolean named = (flags & EntryFlags.GROUP_NAME_FOLLOWS) != 0;
            gid = named ? ids.readGroup(in, id) : format.incremental() ? ids.group(id) : id;
            skipGroup = format.incremental() && !ids.isSettable(gid);
        }
    }

    private void readDevice(int flags, ColumnsBuilder rows) throws IOException {
        if (!format.hasDeviceNumber(mode)) {
            return;
        }
        if ((flags & EntryFlags.SAME_DEVICE_MAJOR) == 0) {
            major = in.readVarInt();
        }
        int minor = in.readVarInt();
        if (Modes.isDevice(mode)) {
            rows.device(major, minor);
        }
    }

    private void readTargetAndSum(ColumnsBuilder rows) throws IOException {
        if (format.kept().links() && Modes.isSymlink(mode)) {
            int targetLength = in.readVarInt();
            if (targetLength <= 0 || targetLength >= PATH_LIMIT) {
                throw invalid("symlink target bytes", Integer.toUnsignedString(targetLength), "1 to 4095");
            }
            byte[] target = new byte[targetLength];
            in.readFully(target, 0, targetLength);
            for (byte b : target) {
                if (b == 0) {
                    throw invalid("symlink target", "with NUL", "without");
                }
            }
            rows.links.add(rows.rows - 1, target);
        }
        if (format.checksumLength() > 0 && Modes.isRegular(mode)) {
            in.readFully(rows.checksums, rows.checksumStart(), format.checksumLength());
        }
    }

    private ProtocolException invalid(String what, String value, String rule) {
        String shown = KernelBytes.show(Arrays.copyOf(path, length));
        return new ProtocolException(
                ExitCode.PROTOCOL, what + ": " + value + " for \"" + shown + "\" (expected: " + rule + ")");
    }
}
