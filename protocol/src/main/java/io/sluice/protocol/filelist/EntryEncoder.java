package io.sluice.protocol.filelist;

import io.sluice.protocol.files.AccessControlList;
import io.sluice.protocol.session.NameCoder;
import io.sluice.protocol.wire.NumberFormat;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries as their difference from the one before, across segments:
 *
 * <pre>
 *  flags  [start]  length  rest of the path  size(varlong 3)  [time(varlong 4)]  [nanos]  [mode(4)]  [atime(varlong 4)]  [uid [name]]  [gid [name]]
 *         [[major] minor]  [target length, target]  [sum]
 *
 *  before protocol 30: ints for varints, an int for the time, a longint for the size, [[device + 1] inode] before the sum; in 28
 *  and 29 minor is a byte with {@link EntryFlags#BYTE_MINOR}; in 27 both numbers are one int
 * </pre>
 *
 * <p>{@code start} is how many bytes of the path before begin this one, at most 255. {@code length} is a byte, or a varint with {@link
 * EntryFlags#LONG_NAME}; other numbers without a width are varints.
 */
final class EntryEncoder {
    static final int MAX_PATH = 4096;

    private static final int MAX_BYTE = 255;

    private final WireFormat format;
    private final NumberFormat numbers;
    private final SentIds users;
    private final SentIds groups;
    private final SentLinks links;
    private final WireOutput out;
    private final AccessListEncoder accessLists;
    private final ExtendedAttributeEncoder extendedAttributes;
    private final @Nullable NameCoder coder;
    private final byte[] converted = new byte[MAX_PATH];

    private byte[] path = new byte[MAX_PATH];
    private byte[] lastPath = new byte[MAX_PATH];
    private int lastLength;
    private int lastMode;
    private int lastUid;
    private int lastGid;
    private long lastTime;
    private long lastAccessTime;
    private int lastMajor;
    private int lastMinor;

    // What the entry that is being written has new.
    private int flags;
    private byte[] userName = Columns.NO_BYTES;
    private byte[] groupName = Columns.NO_BYTES;
    private int minor;
    private boolean knowsDevice;

    EntryEncoder(WireFormat format, WireOutput out, IdNames names, AttributeNames attributes) {
        this.format = format;
        this.numbers = format.numbers();
        this.links = SentLinks.of(format);
        this.out = out;
        this.users = new SentIds(names::userName);
        this.groups = new SentIds(names::groupName);
        this.coder = format.names().isActive() ? format.names().toWire() : null;
        this.accessLists = new AccessListEncoder(format, out, users, groups);
        this.extendedAttributes = new ExtendedAttributeEncoder(out, attributes);
    }

    /** From now on {@code other} hears of links. */
    void reportTo(ListWitness other) {
        links.reportTo(other);
    }

    /** The rows that follow are those of a segment whose first entry has this index. */
    void begin(int firstIndex) {
        links.begin(firstIndex);
    }

    void write(Columns columns, int row) throws IOException {
        links.look(columns, row);
        int shared = links.sharedRow();
        compare(columns, shared >= 0 ? shared : row);
        writePath(columns, row);
        links.writeReference(out);
        if (shared < 0) {
            writeStatus(columns, row);
        }
        writeAttributes(columns, row); // also of a link whose status travelled with the first one
    }

    private void compare(Columns columns, int row) {
        flags = kindFlags(columns, row) | links.flags();
        compareMode(columns.modes[row]);
        compareDevice(columns, row);
        compareIds(columns, row);
        compareTime(columns, row);
        compareAccessTime(columns, row);
    }

    private void writeStatus(Columns columns, int row) throws IOException {
        numbers.writeLong(out, columns.sizes[row], 3);
        if (isNew(EntryFlags.SAME_TIME)) {
            writeTime();
        }
        if (!isNew(EntryFlags.NANOS_FOLLOW)) {
            out.writeVarInt(columns.nanos[row]);
        }
        if (isNew(EntryFlags.SAME_MODE)) {
            out.writeInt(lastMode);
        }
        if (format.hasAccessTime(lastMode) && isNew(EntryFlags.SAME_ACCESS_TIME)) {
            out.writeVarLong(lastAccessTime, 4);
        }
        writeIds();
        if (format.hasDeviceNumber(lastMode)) {
            writeDevice();
        }
        writeTargetAndSum(columns, row);
    }

    private void writeAttributes(Columns columns, int row) throws IOException {
        AttributeColumns attributes = columns.attributes;
        if (format.hasAccessList(lastMode)) {
            accessLists.writeAccess(orEmpty(attributes.access(row)), lastMode);
            if (Modes.isDirectory(lastMode)) {
                accessLists.writeDefault(orEmpty(attributes.defaults(row)));
            }
        }
        if (format.kept().xattrs() > 0) {
            ExtendedAttributeSet set = attributes.extended(row);
            extendedAttributes.write(set == null ? ExtendedAttributeSet.EMPTY : set);
        }
    }

    private static AccessControlList orEmpty(@Nullable AccessControlList list) {
        return list == null ? AccessControlList.EMPTY : list;
    }

    /** Before protocol 30, a time that does not fit is cut. */
    private void writeTime() throws IOException {
        if (format.version().hasVarInts()) {
            out.writeVarLong(lastTime, 4);
        } else {
            out.writeInt((int) lastTime);
        }
    }

    private void writeDevice() throws IOException {
        if (!format.version().splitsDeviceNumbers()) {
            if (!knowsDevice) {
                out.writeInt(PackedDevice.of(lastMajor, minor));
            }
            return;
        }
        if (isNew(EntryFlags.SAME_DEVICE_MAJOR)) {
            numbers.writeInt(out, lastMajor);
        }
        if (!format.version().hasVarInts() && !isNew(EntryFlags.BYTE_MINOR)) {
            out.writeByte(minor);
        } else {
            numbers.writeInt(out, minor);
        }
    }

    private boolean isNew(int flag) {
        return (flags & flag) == 0;
    }

    private int kindFlags(Columns columns, int row) {
        if (!columns.isDirectory(row)) {
            return 0;
        }
        int kind = columns.flags[row];
        if (!format.version().flagsContent()) {
            return (kind & Columns.TOP) != 0 ? EntryFlags.TOP_DIRECTORY : 0;
        }
        if ((kind & Columns.CONTENT) != 0) {
            return (kind & Columns.TOP) != 0 ? EntryFlags.TOP_DIRECTORY : 0;
        }
        int top = (kind & Columns.IMPLIED) != 0 ? EntryFlags.TOP_DIRECTORY : 0;
        return top | EntryFlags.NO_CONTENT;
    }

    private void compareMode(int mode) {
        flags |= mode == lastMode ? EntryFlags.SAME_MODE : 0;
        lastMode = mode;
    }

    /** A fifo's or socket's number is no number: the last major one and 0. */
    private void compareDevice(Columns columns, int row) {
        minor = 0;
        knowsDevice = false;
        if (!format.hasDeviceNumber(lastMode)) {
            if (!format.version().splitsDeviceNumbers()) {
                lastMajor = 0;
                lastMinor = 0;
            }
            return;
        }
        byte[] device = Modes.isDevice(lastMode) ? columns.devices.get(row) : Columns.NO_BYTES;
        int major = lastMajor;
        if (device.length > 0) {
            major = ByteBuffer.wrap(device).getInt(0);
            minor = ByteBuffer.wrap(device).getInt(Integer.BYTES);
        }
        if (format.version().splitsDeviceNumbers()) {
            flags |= major == lastMajor ? EntryFlags.SAME_DEVICE_MAJOR : 0;
            boolean octet = minor >= 0 && minor <= MAX_BYTE;
            flags |= octet && !format.version().hasVarInts() ? EntryFlags.BYTE_MINOR : 0;
        } else {
            knowsDevice = device.length == 0 || (major == lastMajor && minor == lastMinor);
            flags |= knowsDevice ? EntryFlags.SAME_DEVICE : 0;
            lastMinor = device.length == 0 ? lastMinor : minor;
        }
        lastMajor = major;
    }

    /** The first entry of all always tells its ids. */
    private void compareIds(Columns columns, int row) {
        boolean first = lastLength == 0;
        if (columns.uids.length == 0 || (columns.uids[row] == lastUid && !first)) {
            flags |= EntryFlags.SAME_UID;
        } else {
            lastUid = columns.uids[row];
            userName = nameToTell(users, lastUid);
            flags |= userName.length > 0 ? EntryFlags.USER_NAME_FOLLOWS : 0;
        }
        if (columns.gids.length == 0 || (columns.gids[row] == lastGid && !first)) {
            flags |= EntryFlags.SAME_GID;
        } else {
            lastGid = columns.gids[row];
            groupName = nameToTell(groups, lastGid);
            flags |= groupName.length > 0 ? EntryFlags.GROUP_NAME_FOLLOWS : 0;
        }
    }

    private byte[] nameToTell(SentIds ids, int id) {
        if (format.kept().numericIds()) {
            return Columns.NO_BYTES;
        }
        byte[] name = ids.use(id);
        return format.incremental() ? name : Columns.NO_BYTES;
    }

    private void compareTime(Columns columns, int row) {
        flags |= columns.times[row] == lastTime ? EntryFlags.SAME_TIME : 0;
        lastTime = columns.times[row];
        boolean nanos = format.nanos() && columns.nanos.length > 0 && columns.nanos[row] != 0;
        flags |= nanos ? EntryFlags.NANOS_FOLLOW : 0;
    }

    private void compareAccessTime(Columns columns, int row) {
        if (!format.hasAccessTime(lastMode)) {
            return;
        }
        long time = columns.attributes.accessTime(row);
        flags |= time == lastAccessTime ? EntryFlags.SAME_ACCESS_TIME : 0;
        lastAccessTime = time;
    }

    private void writePath(Columns columns, int row) throws IOException {
        int length = copyPath(columns, row);
        int mismatch = Arrays.mismatch(path, 0, length, lastPath, 0, lastLength);
        int start = Math.min(mismatch < 0 ? length : mismatch, MAX_BYTE);
        int rest = length - start;
        flags |= start > 0 ? EntryFlags.SAME_NAME_START : 0;
        flags |= rest > MAX_BYTE ? EntryFlags.LONG_NAME : 0;
        writeFlags();
        if (start > 0) {
            out.writeByte(start);
        }
        if (!isNew(EntryFlags.LONG_NAME)) {
            numbers.writeInt(out, rest);
        } else {
            out.writeByte(rest);
        }
        out.write(path, start, rest);
        byte[] written = path;
        path = lastPath;
        lastPath = written;
        lastLength = length;
    }

    /** Only what can be converted gets into a list. */
    private int copyPath(Columns columns, int row) {
        if (coder == null) {
            return columns.copyPath(row, path);
        }
        return coder.convert(converted, columns.copyPath(row, converted), path);
    }

    /** Flags of 0 would end the list: then a bit is set that means nothing there. */
    private void writeFlags() throws IOException {
        if (format.varintFlags()) {
            out.writeVarInt(flags == 0 ? EntryFlags.EXTENDED : flags);
            return;
        }
        if (flags == 0 && !Modes.isDirectory(lastMode)) {
            flags = EntryFlags.TOP_DIRECTORY;
        }
        if (!format.version().extendsEntryFlags()) {
            flags = flags == 0 ? EntryFlags.LONG_NAME : flags;
            out.writeByte(flags);
            return;
        }
        if (flags == 0 || flags > MAX_BYTE) {
            out.writeShort(flags | EntryFlags.EXTENDED);
        } else {
            out.writeByte(flags);
        }
    }

    private void writeIds() throws IOException {
        if (isNew(EntryFlags.SAME_UID)) {
            numbers.writeInt(out, lastUid);
            if (userName.length > 0) {
                SentIds.writeName(out, userName);
            }
        }
        if (isNew(EntryFlags.SAME_GID)) {
            numbers.writeInt(out, lastGid);
            if (groupName.length > 0) { // before protocol 30 the flag means something else
                SentIds.writeName(out, groupName);
            }
        }
    }

    private void writeTargetAndSum(Columns columns, int row) throws IOException {
        if (format.kept().links() && Modes.isSymlink(lastMode)) {
            byte[] target = columns.links.get(row);
            if (coder != null && format.names().linkTargets()) {
                int length = coder.convert(target, target.length, converted);
                target = Arrays.copyOf(converted, length);
            }
            numbers.writeInt(out, target.length);
            out.write(target);
        }
        links.writeInode(out);
        if (format.checksumLength() > 0 && Modes.isRegular(lastMode)) {
            out.write(columns.checksums, row * format.checksumLength(), format.checksumLength());
        } else if (format.hasSum(lastMode)) {
            for (int i = 0; i < format.checksumLength(); i++) {
                out.writeByte(0);
            }
        }
    }

    /** Writes the names of all ids that were used. */
    void writeIdLists() throws IOException {
        if (format.usersListed()) {
            users.writeList(out, format);
        }
        if (format.groupsListed()) {
            groups.writeList(out, format);
        }
    }
}
