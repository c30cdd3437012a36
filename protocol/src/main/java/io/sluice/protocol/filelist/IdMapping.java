package io.sluice.protocol.filelist;

import io.sluice.protocol.wire.WireInput;
import java.io.IOException;

/** Turns a peer's user and group ids into ours: by name unless ids are numeric, and with the groups that this process may set. */
final class IdMapping {
    private final WireFormat format;
    private final ReceivedIds users;
    private final ReceivedIds groups;
    private final SettableGroups settable;

    IdMapping(WireFormat format, IdNames names, SettableGroups settable) {
        this.format = format;
        this.users = new ReceivedIds(names::userId);
        this.groups = new ReceivedIds(names::groupId);
        this.settable = settable;
    }

    int readUser(WireInput in, int id) throws IOException {
        return users.readName(in, id);
    }

    int readGroup(WireInput in, int id) throws IOException {
        return groups.readName(in, id);
    }

    int user(int id) {
        return users.map(id);
    }

    int group(int id) {
        return groups.map(id);
    }

    boolean isSettable(int gid) {
        return settable.contains(gid);
    }

    /** Reads the lists that follow a list without incremental recursion, and maps all its rows. */
    void readLists(WireInput in, ColumnsBuilder rows) throws IOException {
        if (format.idListsFollow() && format.kept().owner()) {
            users.readList(in, format);
        }
        if (format.idListsFollow() && format.kept().group()) {
            groups.readList(in, format);
        }
        for (int row = 0; row < rows.rows; row++) {
            if (format.kept().owner()) {
                rows.uids[row] = users.map(rows.uids[row]);
            }
            if (format.kept().group()) {
                int gid = groups.map(rows.gids[row]);
                rows.gids[row] = gid;
                rows.flags[row] = (byte) (isSettable(gid) ? rows.flags[row] : rows.flags[row] | Columns.SKIP_GROUP);
            }
        }
    }
}
