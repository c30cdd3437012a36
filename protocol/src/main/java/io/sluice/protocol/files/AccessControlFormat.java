package io.sluice.protocol.files;

import io.sluice.protocol.files.AccessControlList.Named;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How access control lists lie in extended attributes, least significant byte first. The kernel's form ({@code system.posix_acl_access},
 * {@code system.posix_acl_default}), and the one that rsync keeps where it may not set them ({@code --fake-super}, {@code user.rsync.%aacl} and
 * {@code user.rsync.%dacl}):
 *
 * <pre>
 *  kernel  version(4) = 2, then for each entry: tag(2) permissions(2) id(4)
 *  kept    owner(4) group(4) mask(4) others(4), then for each named one: id(4) permissions(4), bit 31 for a user
 * </pre>
 */
final class AccessControlFormat {
    private static final int VERSION = 2;
    private static final int OWNER = 1;
    private static final int USER = 2;
    private static final int GROUP_OWNER = 4;
    private static final int GROUP = 8;
    private static final int MASK = 0x10;
    private static final int OTHERS = 0x20;
    private static final int NO_ID = -1;
    private static final int ENTRY = 8;
    private static final int KEPT_HEAD = 16;
    private static final int KEPT_USER = 1 << 31;

    private AccessControlFormat() {}

    /** The list of a kernel's value; empty if that has no form that is known. */
    static AccessControlList fromKernel(byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (value.length < Integer.BYTES || in.getInt() != VERSION) {
            return AccessControlList.EMPTY;
        }
        Named named = new Named(in.remaining() / ENTRY);
        int[] bits = {AccessControlList.NONE, AccessControlList.NONE, AccessControlList.NONE, AccessControlList.NONE};
        while (in.remaining() >= ENTRY) {
            int tag = in.getShort();
            int permission = in.getShort() & 7;
            int id = in.getInt();
            switch (tag) {
                case OWNER -> bits[0] = permission;
                case GROUP_OWNER -> bits[1] = permission;
                case MASK -> bits[2] = permission;
                case OTHERS -> bits[3] = permission;
                case USER, GROUP -> named.add(tag == USER, id, permission);
                default -> {} // the kernel has no others
            }
        }
        return new AccessControlList(bits[0], bits[1], bits[2], bits[3], named);
    }

    /** A full list in the kernel's form. */
    static byte[] toKernel(AccessControlList list) {
        Named named = list.named();
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + (named.count() + 4) * ENTRY)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(VERSION);
        put(out, OWNER, list.owner(), NO_ID);
        putNamed(out, named, true);
        put(out, GROUP_OWNER, list.group(), NO_ID);
        putNamed(out, named, false);
        if (list.mask() != AccessControlList.NONE) {
            put(out, MASK, list.mask(), NO_ID);
        }
        put(out, OTHERS, list.others(), NO_ID);
        byte[] value = new byte[out.position()];
        out.flip().get(value);
        return value;
    }

    private static void putNamed(ByteBuffer out, Named named, boolean users) {
        for (int i = 0; i < named.count(); i++) {
            if (named.isUser(i) == users) {
                put(out, users ? USER : GROUP, named.permission(i), named.id(i));
            }
        }
    }

    private static void put(ByteBuffer out, int tag, int permission, int id) {
        out.putShort((short) tag)
                .putShort((short) (permission & ~AccessControlList.NONE))
                .putInt(id);
    }

    /** A list in the form that is kept under {@code --fake-super}; it stays condensed. */
    static byte[] toKept(AccessControlList list) {
        Named named = list.named();
        ByteBuffer out = ByteBuffer.allocate(KEPT_HEAD + named.count() * ENTRY)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(list.owner())
                .putInt(list.group())
                .putInt(list.mask())
                .putInt(list.others());
        for (int i = 0; i < named.count(); i++) {
            out.putInt(named.id(i)).putInt(named.permission(i) | (named.isUser(i) ? KEPT_USER : 0));
        }
        return out.array();
    }

    /** The list that {@link #toKept} wrote, with what it lacks from the file's mode; empty if the value has another length. */
    static AccessControlList fromKept(byte[] value, int mode) {
        if (value.length < KEPT_HEAD || (value.length - KEPT_HEAD) % ENTRY != 0) {
            return AccessControlList.EMPTY;
        }
        ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        AccessControlList ofMode = AccessControlList.ofMode(mode);
        int owner = orElse(in.getInt(), ofMode.owner());
        int group = orElse(in.getInt(), ofMode.group());
        int mask = in.getInt() & 0xFF;
        int others = orElse(in.getInt(), ofMode.others());
        Named named = new Named(in.remaining() / ENTRY);
        while (in.remaining() >= ENTRY) {
            int id = in.getInt();
            int permission = in.getInt();
            named.add((permission & KEPT_USER) != 0, id, permission & ~KEPT_USER);
        }
        return new AccessControlList(owner, group, mask, others, named);
    }

    private static int orElse(int bits, int absent) {
        return bits == AccessControlList.NONE ? absent : bits & 0xFF;
    }
}
