package io.sluice.protocol.filelist;

import io.sluice.linux.KernelBytes;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.options.ModeChange;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.NameCoder;
import io.sluice.protocol.wire.NumberFormat;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the entries that {@link EntryEncoder} describes into rows, and rejects what is out of bounds. */
final class EntryDecoder {
    private static final int TARGET_LIMIT = 4096;
    private static final int MAX_NANOS = 999_999_999;
    private static final int MAX_MODE = 0xFFFF;

    private final WireFormat format;
    private final WireInput in;
    private final IdMapping ids;
    private final boolean missingAllowed;
    private final ModeChange modeChange;
    private final ReceivedLinks links;
    private final int knownFlags;
    private final AccessListDecoder accessLists;
    private final ExtendedAttributeDecoder extendedAttributes;
    private final NumberFormat numbers;
    private final ContentRoots roots;
    private final byte[] unusedSum;

    private final WirePath path;
    private final @Nullable NameCoder targets;
    private final byte[] target = new byte[WirePath.LIMIT];
    private ConversionFailures failures = ConversionFailures.NONE;
    private boolean firstSegment;
    private int mode;
    private long time;
    private long accessTime;
    private int uid;
    private final boolean sanitizing;
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
        links = ReceivedLinks.of(format, options.preservation().hardLinks() > 0);
        roots = new ContentRoots(selection.recurse(), selection.relative());
        unusedSum = new byte[format.checksumLength()];
        path = new WirePath(in, numbers, selection.relative(), format.names());
        targets = format.names().linkTargets() ? format.names().fromWire() : null;
        sanitizing = options.preservation().symlinks().sanitize();
        missingAllowed = selection.missingArgs() == MissingArgs.DELETE;
        modeChange = ModeChange.parse(options.preservation().chmod());
        knownFlags = format.knownFlags() | (format.kept().atimes() > 0 ? EntryFlags.SAME_ACCESS_TIME : 0);
        accessLists = new AccessListDecoder(format, in, ids);
        extendedAttributes = new ExtendedAttributeDecoder(in, names, format.limit());
    }

    /** The entries that follow are those of a segment whose first entry has this index. */
    void begin(int firstIndex) {
        links.begin(firstIndex);
        firstSegment = firstIndex <= 1;
    }

    /** Whom to tell of names that have no form here. */
    void reportTo(ConversionFailures hearer) {
        failures = hearer;
    }

    /** From now on {@code witness} hears of links, users and groups. */
    void reportTo(ListWitness witness) {
        links.reportTo(witness);
        ids.reportTo(witness);
    }

    /** Whether the last entry's path has a form here. */
    boolean isNamed() {
        return path.isKnown();
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
        if (!path.read(flags)) {
            failures.name(path.onWire(), path.failure(), firstSegment);
        }
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
        if (!path.isKnown()) {
            rows.flags[row] |= Columns.DUPLICATE | Columns.NAMELESS;
        } else if (group >= 0 && !Modes.isDirectory(mode)) {
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
        if ((rows.flags[from] & Columns.NAMELESS) != 0) {
            rows.flags[rows.rows - 1] &= ~(Columns.NAMELESS | Columns.DUPLICATE);
        }
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

    private void addName(ColumnsBuilder rows) {
        int nameStart = path.length;
        while (path.isKnown() && nameStart > 0 && path.bytes[nameStart - 1] != '/') {
            nameStart--;
        }
        rows.prefix(path.bytes, path.isKnown() ? nameStart : 0, 0);
        rows.addName(path.bytes, path.isKnown() ? nameStart : 0, path.length);
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
            int length = path.length;
            boolean root = path.bytes[length - 1] == '.' && (length == 1 || (length == 2 && path.bytes[0] == '/'));
            if (root) {
                throw new ProtocolException(
                        ExitCode.PROTOCOL, "ERROR: rejecting non-directory transfer-root entry: " + shownPath());
            }
            return 0;
        }
        boolean top = (flags & EntryFlags.TOP_DIRECTORY) != 0;
        if (!format.version().flagsContent()) {
            return roots.flags(top, path.bytes, path.length);
        }
        if ((flags & EntryFlags.NO_CONTENT) != 0) {
            return top ? Columns.IMPLIED : 0;
        }
        return top ? Columns.TOP | Columns.CONTENT : Columns.CONTENT;
    }

    private void readIds(int flags) throws IOException {
        if (format.kept().owner() && (flags & EntryFlags.SAME_UID) == 0) {
            int id = numbers.readInt(in);
            boolean named = format.version().hasVarInts() && (flags & EntryFlags.USER_NAME_FOLLOWS) != 0;
            uid = named ? ids.readUser(in, id) : user(id);
        }
        if (format.kept().group() && (flags & EntryFlags.SAME_GID) == 0) {
            int id = numbers.readInt(in);
            boolean named = format.version().hasVarInts() && (flags & EntryFlags.GROUP_NAME_FOLLOWS) != 0;
            gid = named ? ids.readGroup(in, id) : group(id);
            skipGroup = format.incremental() && !ids.isSettable(gid);
        }
    }

    /** Without incremental recursion, names follow the list: then all are mapped at once. */
    private int user(int id) {
        return format.incremental() ? ids.user(id) : id;
    }

    private int group(int id) {
        return format.incremental() ? ids.group(id) : id;
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

    private void readSum(ColumnsBuilder rows) throws IOException {
        if (format.checksumLength() > 0 && Modes.isRegular(mode)) {
            in.readFully(rows.checksums, rows.checksumStart(), format.checksumLength());
        } else if (format.hasSum(mode)) {
            in.readFully(unusedSum, 0, unusedSum.length);
        }
    }

    private void readTarget(ColumnsBuilder rows) throws IOException {
        if (!format.kept().links() || !Modes.isSymlink(mode)) {
            return;
        }
        int length = numbers.readInt(in);
        if (length <= 0 || length >= TARGET_LIMIT) {
            throw invalid("symlink target bytes", Integer.toUnsignedString(length), "1 to 4095");
        }
        byte[] sent = new byte[length];
        in.readFully(sent, 0, length);
        for (byte b : sent) {
            if (b == 0) {
                throw invalid("symlink target", "with NUL", "without");
            }
        }
        int row = rows.rows - 1;
        int converted = targets == null ? length : targets.convert(sent, length, target);
        if (converted < 0 && targets != null) {
            failures.linkTarget(rows.path(row), targets.failure(), firstSegment);
            rows.flags[row] |= Columns.DUPLICATE;
        }
        byte[] told = targets == null ? sent : Arrays.copyOf(target, Math.max(0, converted));
        rows.links.add(row, sanitizing && told.length > 0 ? SanitizedTarget.of(told, directories()) : told);
    }

    /** Those that the entry's path leads through. */
    private int directories() {
        int count = 0;
        for (int at = 0; at < path.length; at++) {
            count += path.bytes[at] == '/' ? 1 : 0;
        }
        return count;
    }

    private String shownPath() {
        return KernelBytes.show(Arrays.copyOf(path.bytes, path.length));
    }

    private ProtocolException invalid(String what, String value, String rule) {
        return new ProtocolException(
                ExitCode.PROTOCOL, what + ": " + value + " for \"" + shownPath() + "\" (expected: " + rule + ")");
    }
}
