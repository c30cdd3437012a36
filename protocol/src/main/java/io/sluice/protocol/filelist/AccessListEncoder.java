package io.sluice.protocol.filelist;

import io.sluice.protocol.files.AccessControlList;
import io.sluice.protocol.files.AccessControlList.Named;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes access control lists after the entries that have them ({@code -A}, protocol ≥ 30): condensed, and each only once. Access lists and default
 * lists are numbered by themselves. All numbers are varints but for the two lengths and the flags.
 *
 * <pre>
 *  number + 1                                          one that went before
 *  0  flags(1)  [owner] [group] [mask] [others]        a new one; flags 1, 2, 4, 8 say which follow
 *     [count  {id  permissions&lt;&lt;2|user&lt;&lt;1|named  [length(1) name]} …]      flag 16
 * </pre>
 */
final class AccessListEncoder {
    static final int OWNER = 1;
    static final int GROUP = 1 << 1;
    static final int MASK = 1 << 2;
    static final int OTHERS = 1 << 3;
    static final int NAMED = 1 << 4;
    static final int NAME_FOLLOWS = 1;
    static final int IS_USER = 1 << 1;
    static final int PERMISSION_SHIFT = 2;

    private final WireFormat format;
    private final WireOutput out;
    private final SentIds users;
    private final SentIds groups;
    private final Map<AccessControlList, Integer> accessLists = new HashMap<>();
    private final Map<AccessControlList, Integer> defaultLists = new HashMap<>();

    AccessListEncoder(WireFormat format, WireOutput out, SentIds users, SentIds groups) {
        this.format = format;
        this.out = out;
        this.users = users;
        this.groups = groups;
    }

    /** Writes the list of a file of mode {@code mode}. */
    void writeAccess(AccessControlList list, int mode) throws IOException {
        write(list.condensed(mode), accessLists);
    }

    /** Writes the list that new files in a directory get. */
    void writeDefault(AccessControlList list) throws IOException {
        write(list, defaultLists);
    }

    private void write(AccessControlList list, Map<AccessControlList, Integer> known) throws IOException {
        Integer number = known.putIfAbsent(list, known.size());
        if (number != null) {
            out.writeVarInt(number + 1);
            return;
        }
        out.writeVarInt(0);
        Named named = list.named();
        out.writeByte(flag(list.owner(), OWNER)
                | flag(list.group(), GROUP)
                | flag(list.mask(), MASK)
                | flag(list.others(), OTHERS)
                | (named.count() > 0 ? NAMED : 0));
        writeBits(list.owner());
        writeBits(list.group());
        writeBits(list.mask());
        writeBits(list.others());
        if (named.count() > 0) {
            out.writeVarInt(named.count());
            for (int i = 0; i < named.count(); i++) {
                writeNamed(named, i);
            }
        }
    }

    private static int flag(int bits, int flag) {
        return bits == AccessControlList.NONE ? 0 : flag;
    }

    private void writeBits(int bits) throws IOException {
        if (bits != AccessControlList.NONE) {
            out.writeVarInt(bits);
        }
    }

    private void writeNamed(Named named, int at) throws IOException {
        SentIds ids = named.isUser(at) ? users : groups;
        byte[] name = format.kept().numericIds() ? Columns.NO_BYTES : ids.use(named.id(at));
        boolean follows = format.incremental() && name.length > 0;
        out.writeVarInt(named.id(at));
        out.writeVarInt(named.permission(at) << PERMISSION_SHIFT
                | (named.isUser(at) ? IS_USER : 0)
                | (follows ? NAME_FOLLOWS : 0));
        if (follows) {
            SentIds.writeName(out, name);
        }
    }
}
