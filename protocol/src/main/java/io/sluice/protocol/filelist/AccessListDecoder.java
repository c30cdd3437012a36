package io.sluice.protocol.filelist;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.files.AccessControlList;
import io.sluice.protocol.files.AccessControlList.Named;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Reads the access control lists that {@link AccessListEncoder} describes. */
final class AccessListDecoder {
    private static final int MAX_NAMED = 65_536;
    private static final int PERMISSIONS = 7;
    private static final int GROUP_SHIFT = 3;

    private final WireFormat format;
    private final WireInput in;
    private final IdMapping ids;
    private final int validBits;
    private final List<AccessControlList> accessLists = new ArrayList<>();
    private final List<AccessControlList> defaultLists = new ArrayList<>();

    AccessListDecoder(WireFormat format, WireInput in, IdMapping ids) {
        this.format = format;
        this.in = in;
        this.ids = ids;
        // What is only kept beside the files may come from a system with other permissions.
        this.validBits = ids.authority() == Authority.FAKE ? 0x1FFFFFFF : PERMISSIONS;
    }

    /** Reads the list of a file of mode {@code mode}. */
    AccessControlList readAccess(int mode) throws IOException {
        return read(accessLists, mode >> GROUP_SHIFT & PERMISSIONS, "ACL_TYPE_ACCESS");
    }

    /** Reads the list that new files in a directory get. */
    AccessControlList readDefault() throws IOException {
        return read(defaultLists, -1, "ACL_TYPE_DEFAULT");
    }

    /** @param mask what a list with names has if it came without a mask; -1: all that anybody in it may do */
    private AccessControlList read(List<AccessControlList> known, int mask, String type) throws IOException {
        int number = in.readVarInt();
        if (number < 0 || number > known.size()) {
            throw new ProtocolException(
                    ExitCode.STREAM_IO, "recv_acl_index: " + type + " ACL index " + number + " > " + known.size());
        }
        if (number > 0) {
            return known.get(number - 1);
        }
        int flags = in.readByte();
        int owner = readBits(flags & AccessListEncoder.OWNER);
        int group = readBits(flags & AccessListEncoder.GROUP);
        int ownMask = readBits(flags & AccessListEncoder.MASK);
        int others = readBits(flags & AccessListEncoder.OTHERS);
        Named named = (flags & AccessListEncoder.NAMED) != 0 ? readNamed() : Named.NOBODY;
        if (named.count() > 0 && ownMask == AccessControlList.NONE) {
            ownMask = mask >= 0 ? mask : union(named) | (group & PERMISSIONS);
        }
        AccessControlList list = new AccessControlList(owner, group, ownMask, others, named);
        format.limit().require(known.size() + 1L, Integer.BYTES, "access control lists");
        known.add(list);
        return list;
    }

    private static int union(Named named) {
        int bits = 0;
        for (int i = 0; i < named.count(); i++) {
            bits |= named.permission(i);
        }
        return bits & PERMISSIONS;
    }

    private int readBits(int flag) throws IOException {
        return flag == 0 ? AccessControlList.NONE : valid(in.readVarInt()) & 0xFF;
    }

    private int valid(int bits) throws ProtocolException {
        if ((bits & ~validBits) != 0) {
            throw new ProtocolException(
                    ExitCode.STREAM_IO, "recv_acl_access: value out of range: " + Integer.toHexString(bits));
        }
        return bits;
    }

    private Named readNamed() throws IOException {
        int count = in.readVarInt();
        if (count < 0 || count > MAX_NAMED) {
            throw new ProtocolException("ACL count: " + count + " (expected: 0 to " + MAX_NAMED + ")");
        }
        Named named = new Named(count);
        for (int i = 0; i < count; i++) {
            int id = in.readVarInt();
            int access = in.readVarInt();
            boolean user = (access & AccessListEncoder.IS_USER) != 0;
            boolean hasName = (access & AccessListEncoder.NAME_FOLLOWS) != 0;
            int permission = valid(access >>> AccessListEncoder.PERMISSION_SHIFT);
            named.add(user, here(user, hasName, id), permission);
        }
        return named;
    }

    private int here(boolean user, boolean hasName, int id) throws IOException {
        if (hasName) {
            return user ? ids.readUser(in, id) : ids.readGroup(in, id);
        }
        if (!format.incremental() || format.kept().numericIds()) {
            return id;
        }
        return user ? ids.user(id) : ids.group(id);
    }

    /** Maps the ids of lists that came before the names did. */
    void mapIds(ColumnsBuilder rows) {
        IdentityHashMap<AccessControlList, AccessControlList> mapped = new IdentityHashMap<>();
        rows.attributes.replaceLists(rows.rows, list -> mapped.computeIfAbsent(list, this::mapped));
    }

    private AccessControlList mapped(AccessControlList list) {
        Named from = list.named();
        if (from.count() == 0) {
            return list;
        }
        Named to = new Named(from.count());
        for (int i = 0; i < from.count(); i++) {
            int id = from.isUser(i) ? ids.user(from.id(i)) : ids.group(from.id(i));
            to.add(from.isUser(i), id, from.permission(i));
        }
        return new AccessControlList(list.owner(), list.group(), list.mask(), list.others(), to);
    }
}
