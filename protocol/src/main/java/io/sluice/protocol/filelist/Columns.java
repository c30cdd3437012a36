package io.sluice.protocol.filelist;

import io.sluice.protocol.AllocationLimit;
import java.util.Arrays;

/**
 * The rows of a segment, a column an array: about 40 bytes a file besides its name. A row's path is its prefix (the directory with a slash at its end,
 * or nothing), which is stored once for all of its neighbours, and its name.
 *
 * <pre>
 *  nameBytes   │alpha│beta│…      nameStarts  0 5 9 …      prefixes  0 0 1 …
 *  prefixBytes │docs/│docs/old/│…                          prefixStarts  0 5 14 …
 * </pre>
 *
 * <p>Rows stand in the order of the wire. Only {@link #flags} changes after {@link ColumnsBuilder#seal}, and only before the segment is published.
 */
final class Columns {
    static final int TOP = 1;
    static final int CONTENT = 1 << 1;
    static final int IMPLIED = 1 << 2;
    static final int DUPLICATE = 1 << 3;
    static final int SKIP_GROUP = 1 << 4;
    /** A directory on another file system, which {@code -x} does not enter. */
    static final int MOUNT_POINT = 1 << 5;

    /** It has no name in this end's charset, and one here that no file has. */
    static final int NAMELESS = 1 << 6;

    static final byte[] NO_BYTES = {};
    static final int[] NO_INTS = {};

    /** Of what is made from these rows. */
    final AllocationLimit limit;

    final int rows;
    final byte[] nameBytes;
    final int[] nameStarts;
    final int[] prefixes;
    final byte[] prefixBytes;
    final int[] prefixStarts;
    /** The source tree of each prefix. */
    final int[] prefixSources;

    final char[] modes;
    final byte[] flags;
    final long[] sizes;
    final long[] times;
    /** Empty if all are 0. */
    final int[] nanos;
    /** Empty unless owners are kept. */
    final int[] uids;
    /** Empty unless groups are kept. */
    final int[] gids;

    final SparseColumn devices;
    /** Sending side, {@code -H}: device and inode of what has several names. */
    final SparseColumn inodes;
    /** Receiving side, {@code -H}: the group of names of one file. */
    final SparseColumn groups;

    final SparseColumn links;
    /** Paths are in the order of their bytes (protocol < 29). */
    final boolean byteOrder;

    /** {@link #checksumLength} bytes a row, or empty. */
    final byte[] checksums;

    final int checksumLength;
    final AttributeColumns attributes;

    Columns(ColumnsBuilder from) {
        limit = from.layout.limit();
        rows = from.rows;
        nameBytes = Arrays.copyOf(from.nameBytes, from.nameStarts[rows]);
        nameStarts = Arrays.copyOf(from.nameStarts, rows + 1);
        prefixes = Arrays.copyOf(from.prefixes, rows);
        prefixBytes = Arrays.copyOf(from.prefixBytes, from.prefixStarts[from.prefixCount]);
        prefixStarts = Arrays.copyOf(from.prefixStarts, from.prefixCount + 1);
        prefixSources = Arrays.copyOf(from.prefixSources, from.prefixCount);
        modes = Arrays.copyOf(from.modes, rows);
        flags = Arrays.copyOf(from.flags, rows);
        sizes = Arrays.copyOf(from.sizes, rows);
        times = Arrays.copyOf(from.times, rows);
        nanos = from.anyNanos ? Arrays.copyOf(from.nanos, rows) : NO_INTS;
        uids = from.layout.owners() ? Arrays.copyOf(from.uids, rows) : NO_INTS;
        gids = from.layout.groups() ? Arrays.copyOf(from.gids, rows) : NO_INTS;
        devices = from.devices.seal();
        inodes = from.inodes.seal();
        groups = from.groups.seal();
        links = from.links.seal();
        byteOrder = from.layout.byteOrder();
        checksumLength = from.layout.checksumLength();
        attributes = from.attributes.seal(rows);
        checksums = checksumLength > 0 ? Arrays.copyOf(from.checksums, rows * checksumLength) : NO_BYTES;
    }

    /**
     * Which columns there are.
     *
     * @param checksumLength bytes of a sum, 0 without sums
     * @param byteOrder paths are in the order of their bytes (protocol < 29)
     * @param limit how long a column may become
     */
    record Layout(boolean owners, boolean groups, int checksumLength, boolean byteOrder, AllocationLimit limit) {}

    int nameLength(int row) {
        return nameStarts[row + 1] - nameStarts[row];
    }

    int prefixStart(int row) {
        return prefixStarts[prefixes[row]];
    }

    int prefixEnd(int row) {
        return prefixStarts[prefixes[row] + 1];
    }

    boolean isDirectory(int row) {
        return Modes.isDirectory(modes[row]);
    }

    /** Whether the row's name is {@code .}: the directory that its prefix names. */
    boolean isDot(int row) {
        return nameLength(row) == 1 && nameBytes[nameStarts[row]] == '.';
    }

    /** Copies prefix and name; returns the length in bytes. */
    int copyPath(int row, byte[] into) {
        int prefixLength = prefixEnd(row) - prefixStart(row);
        System.arraycopy(prefixBytes, prefixStart(row), into, 0, prefixLength);
        System.arraycopy(nameBytes, nameStarts[row], into, prefixLength, nameLength(row));
        return prefixLength + nameLength(row);
    }

    byte[] path(int row) {
        byte[] path = new byte[prefixEnd(row) - prefixStart(row) + nameLength(row)];
        copyPath(row, path);
        return path;
    }

    byte[] name(int row) {
        return Arrays.copyOfRange(nameBytes, nameStarts[row], nameStarts[row + 1]);
    }

    int source(int row) {
        return prefixSources[prefixes[row]];
    }

    /**
     * Takes the slash off the prefixes that begin with one: {@code --relative} sends absolute names, which are sorted with their slash and used
     * without it.
     */
    void stripRoot() {
        int start = 0;
        int written = 0;
        for (int i = 0; i < prefixSources.length; i++) {
            int end = prefixStarts[i + 1];
            if (start < end && prefixBytes[start] == '/') {
                start++;
            }
            System.arraycopy(prefixBytes, start, prefixBytes, written, end - start);
            written += end - start;
            prefixStarts[i + 1] = written;
            start = end;
        }
    }
}
