package io.sluice.protocol.filelist;

import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.files.AccessControlList;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The columns that only some transfers have: access times ({@code -U}), access control lists ({@code -A}) and extended attributes ({@code -X}). Each is
 * empty unless a row has it. Most files share their lists with others, so a row holds a reference.
 */
final class AttributeColumns {
    private static final AccessControlList[] NO_LISTS = {};
    private static final ExtendedAttributeSet[] NO_SETS = {};
    private static final long[] NO_TIMES = {};

    private final AllocationLimit limit;
    private AccessControlList[] access = NO_LISTS;
    private AccessControlList[] defaults = NO_LISTS;
    private ExtendedAttributeSet[] extended = NO_SETS;
    private long[] accessTimes = NO_TIMES;

    AttributeColumns(AllocationLimit limit) {
        this.limit = limit;
    }

    /** A copy for {@code rows} rows that is not changed any more; this is empty afterwards. */
    AttributeColumns seal(int rows) {
        var sealed = new AttributeColumns(limit);
        sealed.access = access.length == 0 ? NO_LISTS : Arrays.copyOf(access, rows);
        sealed.defaults = defaults.length == 0 ? NO_LISTS : Arrays.copyOf(defaults, rows);
        sealed.extended = extended.length == 0 ? NO_SETS : Arrays.copyOf(extended, rows);
        sealed.accessTimes = accessTimes.length == 0 ? NO_TIMES : Arrays.copyOf(accessTimes, rows);
        access = NO_LISTS;
        defaults = NO_LISTS;
        extended = NO_SETS;
        accessTimes = NO_TIMES;
        return sealed;
    }

    /** Forgets what a row has that is taken back. */
    void clear(int row) {
        if (row < access.length) {
            Arrays.fill(access, row, row + 1, null);
        }
        if (row < defaults.length) {
            Arrays.fill(defaults, row, row + 1, null);
        }
        if (row < extended.length) {
            Arrays.fill(extended, row, row + 1, null);
        }
        if (row < accessTimes.length) {
            accessTimes[row] = 0;
        }
    }

    /** Copies a row of another table to a row here. */
    void copy(AttributeColumns from, int row, int to) {
        AccessControlList list = from.access(row);
        if (list != null) {
            setAccess(to, list);
        }
        AccessControlList defaultList = from.defaults(row);
        if (defaultList != null) {
            setDefaults(to, defaultList);
        }
        ExtendedAttributeSet set = from.extended(row);
        if (set != null) {
            setExtended(to, set);
        }
    }

    void setAccess(int row, AccessControlList list) {
        access = ensure(access, row);
        access[row] = list;
    }

    void setDefaults(int row, AccessControlList list) {
        defaults = ensure(defaults, row);
        defaults[row] = list;
    }

    private AccessControlList[] ensure(AccessControlList[] lists, int row) {
        return row < lists.length ? lists : Arrays.copyOf(lists, grown(lists.length, row));
    }

    private int grown(int length, int row) {
        return limit.grown(length, row + 1L, Long.BYTES, "attributes of a file list");
    }

    void setExtended(int row, ExtendedAttributeSet set) {
        if (row >= extended.length) {
            extended = Arrays.copyOf(extended, grown(extended.length, row));
        }
        extended[row] = set;
    }

    void setAccessTime(int row, long seconds) {
        if (row >= accessTimes.length) {
            accessTimes = Arrays.copyOf(accessTimes, grown(accessTimes.length, row));
        }
        accessTimes[row] = seconds;
    }

    @Nullable
    AccessControlList access(int row) {
        return row < access.length ? access[row] : null;
    }

    @Nullable
    AccessControlList defaults(int row) {
        return row < defaults.length ? defaults[row] : null;
    }

    @Nullable
    ExtendedAttributeSet extended(int row) {
        return row < extended.length ? extended[row] : null;
    }

    /** Seconds since 1970; 0 without access times. */
    long accessTime(int row) {
        return row < accessTimes.length ? accessTimes[row] : 0;
    }

    /** Applies a change to the access control lists of the first {@code rows} rows. */
    void replaceLists(int rows, UnaryOperator<AccessControlList> change) {
        replace(access, rows, change);
        replace(defaults, rows, change);
    }

    private static void replace(AccessControlList[] lists, int rows, UnaryOperator<AccessControlList> change) {
        for (int row = 0; row < Math.min(rows, lists.length); row++) {
            AccessControlList list = lists[row];
            if (list != null) {
                lists[row] = change.apply(list);
            }
        }
    }
}
