package io.sluice.protocol.filelist;

import io.sluice.linux.DirectoryReader;
import io.sluice.protocol.AllocationLimit;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects rows for {@link Columns}. A row begins with {@link #prefix} (once for all that follow in one directory) and {@link #addName}; then its other
 * columns are set. Its arrays are used again for the next segment, unless they have grown large.
 */
final class ColumnsBuilder {
    /** Arrays for more rows than this are not kept for the next segment. */
    private static final int KEPT_ROWS = 4096;

    private static final String PATHS = "names of a file list";

    final Columns.Layout layout;
    private final AllocationLimit limit;
    int rows;
    byte[] nameBytes = Columns.NO_BYTES;
    int[] nameStarts = new int[1];
    int[] prefixes = Columns.NO_INTS;
    byte[] prefixBytes = Columns.NO_BYTES;
    int[] prefixStarts = new int[1];
    int[] prefixSources = Columns.NO_INTS;
    int prefixCount;

    char[] modes = {};
    byte[] flags = Columns.NO_BYTES;
    long[] sizes = {};
    long[] times = {};
    int[] nanos = Columns.NO_INTS;
    boolean anyNanos;
    int[] uids = Columns.NO_INTS;
    int[] gids = Columns.NO_INTS;
    SparseColumn devices;
    SparseColumn inodes;
    SparseColumn groups;
    SparseColumn links;
    byte[] checksums = Columns.NO_BYTES;
    final AttributeColumns attributes;

    ColumnsBuilder(Columns.Layout layout) {
        this.layout = layout;
        this.limit = layout.limit();
        this.devices = new SparseColumn(limit);
        this.inodes = new SparseColumn(limit);
        this.groups = new SparseColumn(limit);
        this.links = new SparseColumn(limit);
        this.attributes = new AttributeColumns(limit);
    }

    /** The rows that follow lie in {@code path[0, length)}, which is empty or ends in a slash; {@code source} is their tree. */
    void prefix(byte[] path, int length, int source) {
        if (prefixCount > 0 && source == prefixSources[prefixCount - 1] && isLastPrefix(path, length)) {
            return;
        }
        if (prefixCount == prefixSources.length) {
            prefixSources =
                    Arrays.copyOf(prefixSources, limit.grown(prefixCount, prefixCount + 1L, Integer.BYTES, PATHS));
            prefixStarts = Arrays.copyOf(prefixStarts, prefixSources.length + 1);
        }
        int start = prefixStarts[prefixCount];
        prefixBytes = limit.ensure(prefixBytes, start, length, PATHS);
        System.arraycopy(path, 0, prefixBytes, start, length);
        prefixSources[prefixCount++] = source;
        prefixStarts[prefixCount] = start + length;
    }

    private boolean isLastPrefix(byte[] path, int length) {
        int start = prefixStarts[prefixCount - 1];
        int end = prefixStarts[prefixCount];
        return Arrays.equals(prefixBytes, start, end, path, 0, length);
    }

    /** Begins a row under the last prefix; all its columns are 0. */
    void addName(byte[] from, int start, int end) {
        nameBytes = limit.ensure(nameBytes, nameStarts[rows], end - start, PATHS);
        System.arraycopy(from, start, nameBytes, nameStarts[rows], end - start);
        begin(end - start);
    }

    /** Begins a row with the name that the reader stands on. */
    void addName(DirectoryReader reader) {
        nameBytes = limit.ensure(nameBytes, nameStarts[rows], reader.nameLength(), PATHS);
        reader.copyName(nameBytes, nameStarts[rows]);
        begin(reader.nameLength());
    }

    private void begin(int nameLength) {
        if (rows == modes.length) {
            grow();
        }
        nameStarts[rows + 1] = nameStarts[rows] + nameLength;
        prefixes[rows] = prefixCount - 1;
        modes[rows] = 0;
        flags[rows] = 0;
        sizes[rows] = 0;
        times[rows] = 0;
        nanos[rows] = 0;
        rows++;
    }

    private void grow() {
        int widest = Math.max(Long.BYTES, layout.checksumLength());
        int capacity = limit.grown(rows, rows + 1L, widest, "entries of a file list");
        nameStarts = Arrays.copyOf(nameStarts, capacity + 1);
        prefixes = Arrays.copyOf(prefixes, capacity);
        modes = Arrays.copyOf(modes, capacity);
        flags = Arrays.copyOf(flags, capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        times = Arrays.copyOf(times, capacity);
        nanos = Arrays.copyOf(nanos, capacity);
        uids = layout.owners() ? Arrays.copyOf(uids, capacity) : uids;
        gids = layout.groups() ? Arrays.copyOf(gids, capacity) : gids;
        if (layout.checksumLength() > 0) {
            checksums = Arrays.copyOf(checksums, Math.multiplyExact(capacity, layout.checksumLength()));
        }
    }

    /** Sets the last row's time. */
    void time(long seconds, int nanoseconds) {
        times[rows - 1] = seconds;
        nanos[rows - 1] = nanoseconds;
        anyNanos |= nanoseconds != 0;
    }

    /** Sets the last row's owner and group, those that are kept. */
    void ids(int uid, int gid) {
        if (layout.owners()) {
            uids[rows - 1] = uid;
        }
        if (layout.groups()) {
            gids[rows - 1] = gid;
        }
    }

    /** Sets the last row's device number. */
    void device(int major, int minor) {
        ByteBuffer numbers =
                ByteBuffer.allocate(2 * Integer.BYTES).putInt(major).putInt(minor);
        devices.add(rows - 1, numbers.array());
    }

    /** The major device number of a row that has one, else 0. */
    int deviceMajor(int row) {
        byte[] numbers = devices.get(row);
        return numbers.length == 0 ? 0 : ByteBuffer.wrap(numbers).getInt(0);
    }

    /** Marks the last row as one of several names of a file. */
    void inode(long device, long number) {
        ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES).putLong(device).putLong(number);
        inodes.add(rows - 1, numbers.array());
    }

    /** Puts the last row into a group of names of one file. */
    void group(int group) {
        groups.add(rows - 1, ByteBuffer.allocate(Integer.BYTES).putInt(group).array());
    }

    /** Gives the last row all that row {@code from} has, but for its name and its group. */
    void shareAttributes(int from) {
        int row = rows - 1;
        modes[row] = modes[from];
        flags[row] = flags[from];
        sizes[row] = sizes[from];
        time(times[from], nanos[from]);
        ids(layout.owners() ? uids[from] : 0, layout.groups() ? gids[from] : 0);
        devices.repeat(from, row);
        links.repeat(from, row);
        int length = layout.checksumLength();
        System.arraycopy(checksums, from * length, checksums, row * length, length);
    }

    byte[] path(int row) {
        int start = prefixStarts[prefixes[row]];
        int length = prefixStarts[prefixes[row] + 1] - start;
        int nameLength = nameStarts[row + 1] - nameStarts[row];
        byte[] path = Arrays.copyOfRange(prefixBytes, start, start + length + nameLength);
        System.arraycopy(nameBytes, nameStarts[row], path, length, nameLength);
        return path;
    }

    /** Bytes of all names and prefixes. */
    long pathBytes() {
        return (long) nameStarts[rows] + prefixStarts[prefixCount];
    }

    /** Where the last row's sum stands in {@link #checksums}. */
    int checksumStart() {
        return (rows - 1) * layout.checksumLength();
    }

    /** Takes the last row back. */
    void drop() {
        rows--;
        inodes.drop(rows);
        attributes.clear(rows);
    }

    /** Makes the columns of all rows; this builder is empty afterwards. */
    Columns seal() {
        Columns sealed = new Columns(this);
        if (rows > KEPT_ROWS) {
            nameBytes = Columns.NO_BYTES;
            nameStarts = new int[1];
            prefixBytes = Columns.NO_BYTES;
            prefixStarts = new int[1];
            prefixSources = Columns.NO_INTS;
            prefixes = Columns.NO_INTS;
            modes = new char[0];
            flags = Columns.NO_BYTES;
            sizes = new long[0];
            times = new long[0];
            nanos = Columns.NO_INTS;
            uids = Columns.NO_INTS;
            gids = Columns.NO_INTS;
            checksums = Columns.NO_BYTES;
            devices = new SparseColumn(limit);
            inodes = new SparseColumn(limit);
            groups = new SparseColumn(limit);
            links = new SparseColumn(limit);
        }
        rows = 0;
        prefixCount = 0;
        anyNanos = false;
        return sealed;
    }
}
