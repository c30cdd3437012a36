package io.sluice.protocol.filelist;

import io.sluice.linux.KernelBytes;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.options.ModeChange;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.wire.NumberFormat;
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
    private final ReceivedLinks links;
    private final int knownFlags;
    private final AccessListDecoder accessLists;
    private final ExtendedAttributeDecoder extendedAttributes;
    private final NumberFormat numbers;
    private final ContentRoots roots;
    private final byte[] unusedSum;

    private final byte[] path = new byte[PATH_LIMIT];
    private int length;
    private int mode;
    private long time;
    private long accessTime;
    private int uid;
    private int gid;
    private boolean skipGroup;
    private int major;
    private int minor;

    EntryDecoder(WireFormat format, TransferOptions options, WireInput in, IdMapping ids, AttributeNames names) {
        this.format = format;
        this.in = in;
        this.ids = ids;
        SelectionOptions selection = options.selection();
        numbers = format.numbers();
        links = ReceivedLinks.of(format, options.preservation().hardLinks());
        roots = new ContentRoots(selection.recurse(), selection.relative());
        unusedSum = new byte[format.checksumLength()];
        absolutePaths = selection.relative();
        missingAllowed = selection.missingArgs() == MissingArgs.DELETE;
        modeChange = ModeChange.parse(options.preservation().chmod());
        knownFlags = format.knownFlags() | (format.kept().atimes() > 0 ? EntryFlags.SAME_ACCESS_TIME : 0);
        accessLists = new AccessListDecoder(format, in, ids);
        extendedAttributes = new ExtendedAttributeDecoder(in, names);
    }

    /** The entries that follow are those of a segment whose first entry has this index. */
    void begin(int firstIndex) {
        links.begin(firstIndex);
    }

    /** After the last entry of a list whose names of ids follow it. */
    void mapAccessLists(ColumnsBuilder rows) {
        if (format.kept().acls() && ids.mapsLists()) {
            accessLists.mapIds(rows);
        }
    }

    /** Reads the entry whose flags were read, and adds it. */
    void read(int flags, ColumnsBuilder rows) throws IOException {
        if ((flags & ~knownFlags) != 0) {
            throw new ProtocolException(
                    ExitCode.PROTOCOL, "file-list flags: 0x" + Integer.toHexString(flags) + " (expected: known bits)");
        }
        readPath(flags);
        addName(rows);
        int row = rows.rows - 1;
        int group = links.readReference(flags, in, row);
        int shared = links.sharedRow(group, row);
        if (shared >= 0) {
            share(shared, rows);
        } else {
            readStatus(flags, rows);
            readTarget(rows);
            group = Math.max(group, links.readInode(flags, mode, in, row));
            readSum(rows);
        }
        readAttributes(rows, row); // also of a link whose status travelled with the first one
        if (group >= 0 && !Modes.isDirectory(mode)) {
            rows.group(group);
        }
    }

    /** It is the same file as one before: so is all that later entries are compared with. */
    private void share(int from, ColumnsBuilder rows) throws IOException {
        rows.shareAttributes(from);
        mode = rows.modes[from];
        time = rows.times[from];
        uid = format.kept().owner() ? rows.uids[from] : uid;
        gid = format.kept().group() ? rows.gids[from] : gid;
        skipGroup = (rows.flags[from] & Columns.SKIP_GROUP) != 0;
        if (Modes.isDirectory(mode)) {
            throw invalid("file mode of a hard link", "0" + Integer.toOctalString(mode), "no directory");
        }
        if (Modes.isDevice(mode) && format.hasDeviceNumber(mode)) {
            major = rows.deviceMajor(from);
        }
    }

    private void readStatus(int flags, ColumnsBuilder rows) throws IOException {
        long size = numbers.readLong(in, 3);
        if (size < 0) {
            throw invalid("file size", Long.toString(size), ">= 0");
        }
        if ((flags & EntryFlags.SAME_TIME) == 0) {
            time = format.version().hasVarInts() ? in.readVarLong(4) : Integer.toUnsignedLong(in.readInt());
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
        int rest = (flags & EntryFlags.LONG_NAME) == 0 ? in.readByte() : numbers.readInt(in);
        if (start > length) {
            throw new ProtocolException(
                    "bytes of the last file-list path: " + start + " (expected: <= " + length + ")");
        }
        if (rest < 0 || rest >= PATH_LIMIT - start) {
            throw new ProtocolException("overflow: file-list path bytes: " + start + " + "
                    + Integer.toUnsignedString(rest) + " (expected: < " + PATH_LIMIT + ")");
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
                throw new ProtocolException(
                        ExitCode.PROTOCOL,
                        "ERROR: rejecting non-directory transfer-root entry: "
                                + KernelBytes.show(Arrays.copyOf(path, length)));
            }
            return 0;
        }
        boolean top = (flags & EntryFlags.TOP_DIRECTORY) != 0;
        if (!format.version().flagsContent()) {
            return roots.flags(top, path, length);
        }
        if ((flags & EntryFlags.NO_CONTENT) != 0) {
            return top ? Columns.IMPLIED : 0;
        }
        return top ? Columns.TOP | Columns.CONTENT : Columns.CONTENT;
    }

    private void readIds(int flags) throws IOException {
        if (format.kept().owner() && (flags & EntryFlags.SAME_UID) == 0) {
            int id = numbers.readInt(in);
            boolean named = format.incremental() && (flags & EntryFlags.USER_NAME_FOLLOWS) != 0;
            uid = named ? ids.readUser(in, id) : ids.user(id);
        }
        if (format.kept().group() && (flags & EntryFlags.SAME_GID) == 0) {
            int id = numbers.readInt(in);
            boolean named = format.incremental() && (flags & EntryFlags.GROUP_NAME_FOLLOWS) != 0;
            gid = named ? ids.readGroup(in, id) : ids.group(id);
            skipGroup = format.incremental() && !ids.isSettable(gid);
        }
    }

    private void readDevice(int flags, ColumnsBuilder rows) throws IOException {
        if (!format.hasDeviceNumber(mode)) {
            if (!format.version().splitsDeviceNumbers()) {
                major = 0;
                minor = 0;
            }
            return;
        }
        if (format.version().splitsDeviceNumbers()) {
            readNumbers(flags);
        } else if ((flags & EntryFlags.SAME_DEVICE) == 0) {
            int both = in.readInt();
            major = PackedDevice.major(both);
            minor = PackedDevice.minor(both);
        }
        if (Modes.isDevice(mode)) {
            rows.device(major, minor);
        }
    }

    private void readNumbers(int flags) throws IOException {
        if ((flags & EntryFlags.SAME_DEVICE_MAJOR) == 0) {
            major = numbers.readInt(in);
        }
        boolean octet = !format.version().hasVarInts() && (flags & EntryFlags.BYTE_MINOR) != 0;
        minor = octet ? in.readByte() : numbers.readInt(in);
    }

    private void readTarget(ColumnsBuilder rows) throws IOException {
        if (format.kept().links() && Modes.isSymlink(mode)) {
            int targetLength = numbers.readInt(in);
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
    }

    private void readSum(ColumnsBuilder rows) throws IOException {
        if (format.checksumLength() > 0 && Modes.isRegular(mode)) {
            in.readFully(rows.checksums, rows.checksumStart(), format.checksumLength());
        } else if (format.hasSum(mode)) {
            in.readFully(unusedSum, 0, unusedSum.length);
        }
    }

    private ProtocolException invalid(String what, String value, String rule) {
        String shown = KernelBytes.show(Arrays.copyOf(path, length));
        return new ProtocolException(
                ExitCode.PROTOCOL, what + ": " + value + " for \"" + shown + "\" (expected: " + rule + ")");
    }
}
