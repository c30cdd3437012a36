package io.sluice.protocol.files;

import io.sluice.linux.FileMode;
import java.util.Arrays;

/**
 * A POSIX access control list as rsync thinks of it: what the owner, the owning group, the mask and others may do, each {@link #NONE} if there is no
 * such entry, and what named users and groups may do. Immutable.
 *
 * <p>A list is <em>condensed</em> when it leaves out what the file's mode says anyway; {@link #EMPTY} says nothing at all.
 */
public final class AccessControlList {
    /** There is no such entry. */
    public static final int NONE = 0x80;
    /** No entries: of a directory's default list, that it has none. */
    public static final AccessControlList EMPTY = new AccessControlList(NONE, NONE, NONE, NONE, Named.NOBODY);

    private static final int ALL = 7;
    private static final int OWNER_SHIFT = 6;
    private static final int GROUP_SHIFT = 3;

    private final int owner;
    private final int group;
    private final int mask;
    private final int others;
    private final Named named;

    /** The four entries that have no name, and those that have. Five parameters, as a list has them. */
    public AccessControlList(int owner, int group, int mask, int others, Named named) {
        this.owner = owner;
        this.group = group;
        this.mask = mask;
        this.others = others;
        this.named = named;
    }

    /** Users and groups with an entry of their own: the users first, each in the order of ids. */
    public static final class Named {
        /** No entries. */
        public static final Named NOBODY = new Named(0);

        private final int[] ids;
        private final int[] permissions;
        private final boolean[] users;
        private int count;

        /** Room for {@code size} entries, to be filled by {@link #add}. */
        public Named(int size) {
            ids = new int[size];
            permissions = new int[size];
            users = new boolean[size];
        }

        /** Adds an entry; not after the list was used. */
        public void add(boolean user, int id, int permission) {
            int at = count++;
            while (at > 0 && isBehind(at - 1, user, id)) {
                ids[at] = ids[at - 1];
                permissions[at] = permissions[at - 1];
                users[at] = users[at - 1];
                at--;
            }
            ids[at] = id;
            permissions[at] = permission;
            users[at] = user;
        }

        private boolean isBehind(int at, boolean user, int id) {
            return users[at] == user ? Integer.compareUnsigned(ids[at], id) > 0 : user;
        }

        /** Entries. */
        public int count() {
            return count;
        }

        /** Whether entry {@code at} is a user's, not a group's. */
        public boolean isUser(int at) {
            return users[at];
        }

        /** Whose entry it is: an unsigned 32-bit value. */
        public int id(int at) {
            return ids[at];
        }

        /** What may be done: 0–7. */
        public int permission(int at) {
            return permissions[at];
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Named that
                    && count == that.count
                    && Arrays.equals(ids, 0, count, that.ids, 0, count)
                    && Arrays.equals(permissions, 0, count, that.permissions, 0, count)
                    && Arrays.equals(users, 0, count, that.users, 0, count);
        }

        @Override
        public int hashCode() {
            int hash = count;
            for (int i = 0; i < count; i++) {
                hash = 31 * hash + (ids[i] << 4 ^ permissions[i] << 1 ^ (users[i] ? 1 : 0));
            }
            return hash;
        }
    }

    /** The list that a file without one has. */
    public static AccessControlList ofMode(int mode) {
        return new AccessControlList(ownerBits(mode), groupBits(mode), NONE, mode & ALL, Named.NOBODY);
    }

    private static int ownerBits(int mode) {
        return mode >> OWNER_SHIFT & ALL;
    }

    private static int groupBits(int mode) {
        return mode >> GROUP_SHIFT & ALL;
    }

    public int owner() {
        return owner;
    }

    public int group() {
        return group;
    }

    public int mask() {
        return mask;
    }

    public int others() {
        return others;
    }

    public Named named() {
        return named;
    }

    /** Whether this says nothing at all. */
    public boolean isEmpty() {
        return equals(EMPTY);
    }

    /** The permission bits of a file that has just this list; only of one that is not condensed. */
    public int permissions() {
        int groupOrMask = mask == NONE ? group : mask;
        return owner << OWNER_SHIFT | groupOrMask << GROUP_SHIFT | others;
    }

    /** This list without what a file of this mode has anyway. */
    public AccessControlList condensed(int mode) {
        int keptGroup = mask == NONE || group == groupBits(mode) ? NONE : group;
        int keptMask = named.count() > 0 && mask == groupBits(mode) ? NONE : mask;
        return new AccessControlList(NONE, keptGroup, keptMask, NONE, named);
    }

    /** This list, which came condensed, with the mask that named entries need. */
    public AccessControlList withMask(int wanted) {
        return new AccessControlList(owner, group, wanted, others, named);
    }

    /** Returns true if this full list grants what {@code wanted} (maybe condensed) does on a file of mode {@code mode}, the mode aside. */
    public boolean agreesWith(AccessControlList wanted, int mode) {
        if ((mask == NONE) != (wanted.mask == NONE)) {
            return false;
        }
        if (mask != NONE) {
            int wantedGroup = wanted.group == NONE ? groupBits(mode) : wanted.group;
            if (group != wantedGroup) {
                return false;
            }
        }
        return named.equals(wanted.named);
    }

    /**
     * This list as an access list that gives a file the permissions of {@code mode} too.
     *
     * @param present the mode that the file has. While it has set-id bits that go, or lacks a sticky bit that comes, nobody but the owner gets anything:
     *     where there is a mask, the mask sees to that, for setting the mode afterwards gives back no more than the mask
     */
    public AccessControlList completed(int mode, int present) {
        int granted = isUnsafe(mode, present) ? mode & ~077 : mode;
        int ownGroup = groupBits(mask == NONE ? granted : mode);
        return new AccessControlList(
                ownerBits(granted),
                group == NONE ? ownGroup : group,
                mask == NONE ? NONE : groupBits(granted),
                granted & ALL,
                named);
    }

    /** The permission bits that a file has once {@link #completed} was set. */
    public static int permissionsAfter(int mode, int present) {
        int granted = isUnsafe(mode, present) ? mode & ~077 : mode;
        return (present & ~0777) | (granted & 0777);
    }

    private static boolean isUnsafe(int mode, int present) {
        if ((mode & FileMode.TYPE_MASK) == FileMode.DIRECTORY) {
            return (mode & ~present & 01000) != 0;
        }
        return (present & ~mode & 06000) != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessControlList that
                && owner == that.owner
                && group == that.group
                && mask == that.mask
                && others == that.others
                && named.equals(that.named);
    }

    @Override
    public int hashCode() {
        return 31 * named.hashCode() + (owner << 24 ^ group << 16 ^ mask << 8 ^ others);
    }
}
