package io.sluice.protocol.filelist;

import io.sluice.linux.FileMode;
import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.files.AccessControlList;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cursor on one entry of a {@link Segment}: holds a place, no data. Methods that return arrays make new ones; the {@code copy} forms do not. Not
 * thread-safe; each role has its own cursors.
 */
public final class FileEntry {
    private static final Columns NOTHING =
            new ColumnsBuilder(new Columns.Layout(false, false, 0, false, AllocationLimit.DEFAULT)).seal();

    private Columns columns = NOTHING;
    private int row;
    private int index;
    private int place;
    private int directoryNumber;

    /** A cursor that is nowhere: {@link #moveTo} comes before anything else. */
    public FileEntry() {}

    /** Moves to entry {@code position} (0 to size-1) of {@code segment}. */
    public void moveTo(Segment segment, int position) {
        moveTo(segment.columns(), segment.row(position));
        index = segment.index(position);
        place = segment.firstIndex() + position;
        directoryNumber = isDirectory() ? segment.directoryNumber(position) : -1;
    }

    /** Moves to a row that has no segment: directory {@code number}, whose entry had the wire index {@code index}. */
    FileEntry moveToDirectory(Columns directories, int rowOfDirectory, int number) {
        moveTo(directories, rowOfDirectory);
        directoryNumber = number;
        return this;
    }

    private void moveTo(Columns newColumns, int newRow) {
        columns = newColumns;
        row = newRow;
    }

    void setIndex(int newIndex) {
        index = newIndex;
        place = newIndex;
    }

    /** The entry's index on the wire. */
    public int index() {
        return index;
    }

    /** As the index, but counted in the order of the names: the same unless names are converted. */
    public int place() {
        return place;
    }

    /** Path relative to the transfer's root, such as {@code a/b}; the root directory itself is {@code .}. */
    public byte[] path() {
        byte[] path = columns.path(row);
        return path[0] == '/' ? Arrays.copyOfRange(path, 1, path.length) : path;
    }

    /** Copies the path into {@code into} from 0 and returns its length in bytes; {@code into} holds at least 4096. */
    public int copyPath(byte[] into) {
        int length = columns.copyPath(row, into);
        if (into[0] != '/') {
            return length;
        }
        System.arraycopy(into, 1, into, 0, length - 1);
        return length - 1;
    }

    /** The path as it travels: on the sending side absolute if {@code --relative} was given an absolute one. */
    byte[] wirePath() {
        return columns.path(row);
    }

    /** The last component. */
    public byte[] name() {
        return columns.name(row);
    }

    /** File type and permission bits, as on the wire (Linux values). */
    public int mode() {
        return columns.modes[row];
    }

    public boolean isDirectory() {
        return columns.isDirectory(row);
    }

    public boolean isRegular() {
        return Modes.isRegular(mode());
    }

    public boolean isSymlink() {
        return Modes.isSymlink(mode());
    }

    public boolean isDevice() {
        return Modes.isDevice(mode());
    }

    /** A fifo or a socket. */
    public boolean isSpecial() {
        return Modes.isSpecial(mode());
    }

    /** Mode 0: a missing argument that the receiver is to delete ({@code --delete-missing-args}). */
    public boolean isMissing() {
        return (mode() & FileMode.TYPE_MASK) == 0;
    }

    /** Bytes. */
    public long size() {
        return columns.sizes[row];
    }

    /** Seconds since 1970. */
    public long modificationTime() {
        return columns.times[row];
    }

    /** 0–999,999,999; 0 with protocol 30. */
    public int modificationNanos() {
        return columns.nanos.length == 0 ? 0 : columns.nanos[row];
    }

    /**
     * Numeric owner, 0 unless owners are preserved: on the receiving side already mapped by name, unless numeric ids were asked for.
     */
    public int uid() {
        return columns.uids.length == 0 ? 0 : columns.uids[row];
    }

    /** Numeric group, as {@link #uid}. */
    public int gid() {
        return columns.gids.length == 0 ? 0 : columns.gids[row];
    }

    /** Seconds since 1970; 0 for a directory, and without {@code -U}. */
    public long accessTime() {
        return columns.attributes.accessTime(row);
    }

    /** The access control list with {@code -A}, condensed on the receiving side; null for a symlink, and without. */
    public @Nullable AccessControlList accessList() {
        return columns.attributes.access(row);
    }

    /** The list that new files in this directory get, with {@code -A}; else null. */
    public @Nullable AccessControlList defaultAccessList() {
        return columns.attributes.defaults(row);
    }

    /** The extended attributes with {@code -X}; else none. */
    public ExtendedAttributeSet extendedAttributes() {
        ExtendedAttributeSet set = columns.attributes.extended(row);
        return set == null ? ExtendedAttributeSet.EMPTY : set;
    }

    /** The group is not one this process may set. */
    public boolean skipGroup() {
        return hasFlag(Columns.SKIP_GROUP);
    }

    public int deviceMajor() {
        return deviceNumber(0);
    }

    public int deviceMinor() {
        return deviceNumber(Integer.BYTES);
    }

    private int deviceNumber(int offset) {
        byte[] numbers = columns.devices.get(row);
        return numbers.length == 0 ? 0 : ByteBuffer.wrap(numbers).getInt(offset);
    }

    /** A symlink's target, else empty. */
    public byte[] linkTarget() {
        return columns.links.get(row);
    }

    /** The whole-file sum with {@code --checksum} (regular files), else empty. */
    public byte[] checksum() {
        if (columns.checksumLength == 0 || !isRegular()) {
            return Columns.NO_BYTES;
        }
        int start = row * columns.checksumLength;
        return Arrays.copyOfRange(columns.checksums, start, start + columns.checksumLength);
    }

    /** The group of the entries that are one file ({@code -H}, receiving side), or -1: it has one name. */
    public int linkGroup() {
        byte[] group = columns.groups.get(row);
        return group.length == 0 ? -1 : ByteBuffer.wrap(group).getInt();
    }

    /** A directory that was named as an argument (or implied by one): the top of what is deleted in. */
    public boolean isTopDirectory() {
        return hasFlag(Columns.TOP);
    }

    /** A directory whose content is in the list (false: {@code -d} without content, or an implied parent). */
    public boolean hasContent() {
        return hasFlag(Columns.CONTENT);
    }

    /** A parent directory that stands in the list only because of {@code --relative}. */
    public boolean isImpliedDirectory() {
        return hasFlag(Columns.IMPLIED);
    }

    /**
     * An equal name earlier in the segment (or a directory of this name) wins, or the directory is empty and pruned; this entry is skipped by every role. On the sending side only
     * directories are marked, as the peer may ask for whichever of the others it kept.
     */
    public boolean isDuplicate() {
        return hasFlag(Columns.DUPLICATE);
    }

    /** It has no name in this end's charset; then it is a duplicate too. */
    public boolean isNameless() {
        return hasFlag(Columns.NAMELESS);
    }

    private boolean hasFlag(int flag) {
        return (columns.flags[row] & flag) != 0;
    }

    /** Sender only: which source tree the path belongs to, an index into {@link FileListScanner#source}. */
    public int source() {
        return columns.source(row);
    }

    /** For a directory in incremental recursion: its number in {@link FileList}'s order of directories, else -1. */
    public int directoryNumber() {
        return directoryNumber;
    }

    boolean isMountPoint() {
        return hasFlag(Columns.MOUNT_POINT);
    }

    boolean isDot() {
        return columns.isDot(row);
    }
}
