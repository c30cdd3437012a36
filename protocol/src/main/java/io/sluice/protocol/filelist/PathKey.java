package io.sluice.protocol.filelist;

import java.util.Arrays;

/**
 * A path's place in rsync's order, as a cursor that can be pointed at a row or at a path. Rows that are compared are rows of one list.
 *
 * <p>From protocol 29 on, paths are compared one component at a time. Among entries of one directory those that are not directories come first, in the order of their
 * unsigned bytes; then the directories, compared as if each name ended in a slash, and each directory comes right before its content. The directory
 * {@code .} stands for the one it is in, and so comes before everything there.
 */
final class PathKey {
    private static final int SLASH = '/';

    private final boolean byteOrder;

    /** Equal prefixes of one list have equal numbers; -1 for a path that is in none. */
    private int prefixNumber = -1;

    private byte[] prefix = Columns.NO_BYTES;
    private int prefixStart;
    private int prefixEnd;
    private byte[] name = Columns.NO_BYTES;
    private int nameStart;
    private int nameEnd;
    private boolean directory;

    /** @param byteOrder paths are compared as they are written, whatever they name (protocol < 29) */
    PathKey(boolean byteOrder) {
        this.byteOrder = byteOrder;
    }

    PathKey at(Columns columns, int row) {
        prefixNumber = columns.prefixes[row];
        prefix = columns.prefixBytes;
        prefixStart = columns.prefixStart(row);
        prefixEnd = columns.prefixEnd(row);
        name = columns.nameBytes;
        nameStart = columns.nameStarts[row];
        nameEnd = columns.nameStarts[row + 1];
        directory = columns.isDirectory(row);
        ignoreDot();
        return this;
    }

    /** Points at {@code path}, without a slash at its end. */
    PathKey at(byte[] path, boolean isDirectory) {
        prefixNumber = -1;
        prefix = path;
        name = path;
        nameStart = path.length;
        while (nameStart > 0 && path[nameStart - 1] != SLASH) {
            nameStart--;
        }
        prefixStart = 0;
        prefixEnd = nameStart;
        nameEnd = path.length;
        directory = isDirectory;
        ignoreDot();
        return this;
    }

    /** Makes the key one of a directory, or of something else, with the same path. */
    PathKey asDirectory(boolean isDirectory) {
        directory = isDirectory;
        return this;
    }

    private void ignoreDot() {
        if (!byteOrder && directory && nameEnd - nameStart == 1 && name[nameStart] == '.') {
            nameEnd = nameStart;
        }
    }

    /** A negative number, 0 or a positive one as this path comes before, is, or comes after {@code other}. */
    int compareTo(PathKey other) {
        if (byteOrder) {
            return compareBytes(other);
        }
        int common = sharesPrefix(other) ? -1 : mismatchOfPrefixes(other);
        if (common < 0) {
            return compareNames(other);
        }
        if (common == prefixEnd - prefixStart) {
            return compareNameToPrefix(other, other.prefixStart + common);
        }
        if (common == other.prefixEnd - other.prefixStart) {
            return -other.compareNameToPrefix(this, prefixStart + common);
        }
        return (prefix[prefixStart + common] & 0xFF) - (other.prefix[other.prefixStart + common] & 0xFF);
    }

    private int compareBytes(PathKey other) {
        int common = sharesPrefix(other) ? -1 : mismatchOfPrefixes(other);
        if (common < 0) {
            return Arrays.compareUnsigned(name, nameStart, nameEnd, other.name, other.nameStart, other.nameEnd);
        }
        int length = prefixEnd - prefixStart + nameEnd - nameStart;
        int otherLength = other.prefixEnd - other.prefixStart + other.nameEnd - other.nameStart;
        int shorter = Math.min(length, otherLength);
        while (common < shorter && byteAt(common) == other.byteAt(common)) {
            common++;
        }
        return common < shorter ? byteAt(common) - other.byteAt(common) : length - otherLength;
    }

    private int byteAt(int index) {
        int inName = index - (prefixEnd - prefixStart);
        return (inName < 0 ? prefix[prefixStart + index] : name[nameStart + inName]) & 0xFF;
    }

    private boolean sharesPrefix(PathKey other) {
        return prefixNumber >= 0 && prefixNumber == other.prefixNumber;
    }

    private int mismatchOfPrefixes(PathKey other) {
        return Arrays.mismatch(prefix, prefixStart, prefixEnd, other.prefix, other.prefixStart, other.prefixEnd);
    }

    /** Compares two entries of one directory. */
    private int compareNames(PathKey other) {
        boolean dot = nameStart == nameEnd;
        boolean otherDot = other.nameStart == other.nameEnd;
        if (dot || otherDot) {
            return Boolean.compare(otherDot, dot);
        }
        if (directory != other.directory) {
            return directory ? 1 : -1;
        }
        int common = Arrays.mismatch(name, nameStart, nameEnd, other.name, other.nameStart, other.nameEnd);
        return common < 0 ? 0 : byteOfName(common) - other.byteOfName(common);
    }

    /** A directory's name is followed by a slash, another's by nothing. */
    private int byteOfName(int index) {
        int at = nameStart + index;
        if (at < nameEnd) {
            return name[at] & 0xFF;
        }
        return directory ? SLASH : 0;
    }

    /** Compares this entry to one that lies deeper: in a directory which, from where this one lies, is named by the other's prefix from {@code rest} on. */
    private int compareNameToPrefix(PathKey other, int rest) {
        if (!directory || nameStart == nameEnd) {
            return -1;
        }
        int common = Arrays.mismatch(name, nameStart, nameEnd, other.prefix, rest, other.prefixEnd);
        int mine = byteOfName(common);
        int others = other.prefix[rest + common] & 0xFF;
        return mine == others ? -1 : mine - others;
    }
}
