package io.sluice.protocol.filelist;

import io.sluice.protocol.wire.WireInput;
import java.io.IOException;

/** Turns a peer's user and group ids into ours: by name unless ids are numeric, and with the groups that this process may set. */
final class IdMapping {
    private final WireFormat format;
    private final ReceivedIds users;
    private final ReceivedIds groups;
    private final IdRules rules;
    private final boolean mapsUsers;
    private final boolean mapsGroups;

    IdMapping(WireFormat format, IdNames names, IdRules rules) {
        this.format = format;
        this.users = new ReceivedIds(names::userId, rules.users());
        this.groups = new ReceivedIds(names::groupId, rules.groups());
        this.rules = rules;
        boolean numeric = format.kept().numericIds();
        this.mapsUsers = !numeric || !rules.users().isEmpty();
        this.mapsGroups = !numeric || !rules.groups().isEmpty();
        if (!format.idZeroNames()) {
            users.presumeZero(numeric ? "" : "root");
            groups.presumeZero(numeric ? "" : "root");
        }
    }

    /** From now on {@code witness} hears of users and groups; those whose names nobody told matter if they can be set. */
    void reportTo(ListWitness witness) {
        boolean sets = rules.authority().actsAsRoot();
        users.reportTo((id, name, here) -> {
            if (sets || !name.isEmpty()) {
                witness.user(id, name, here);
            }
        });
        groups.reportTo(new ReceivedIds.Hearer() {
            private boolean toldOwn = sets;

            @Override
            public void mapped(int id, String name, int here) {
                if (!toldOwn) {
                    toldOwn = true;
                    witness.ownGroups(rules.settable().distinct());
                }
                witness.group(id, name, here);
            }
        });
    }

    Authority authority() {
        return rules.authority();
    }

    int readUser(WireInput in, int id) throws IOException {
        return users.readName(in, id);
    }

    int readGroup(WireInput in, int id) throws IOException {
        return groups.readName(in, id);
    }

    int user(int id) {
        return mapsUsers ? users.map(id) : id;
    }

    int group(int id) {
        return mapsGroups ? groups.map(id) : id;
    }

    boolean isSettable(int gid) {
        return rules.settable().contains(gid);
    }

    /** Whether ids of access control lists are mapped once the names are here. */
    boolean mapsLists() {
        return mapsUsers || mapsGroups;
    }

    /** Reads the lists that follow a list without incremental recursion, and maps all its rows. */
    void readLists(WireInput in, ColumnsBuilder rows) throws IOException {
        if (format.idListsFollow() && format.usersListed()) {
            users.readList(in, format);
        }
        if (format.idListsFollow() && format.groupsListed()) {
            groups.readList(in, format);
        }
        for (int row = 0; row < rows.rows; row++) {
            if (format.kept().owner()) {
                rows.uids[row] = user(rows.uids[row]);
            }
            if (format.kept().group()) {
                int gid = group(rows.gids[row]);
                rows.gids[row] = gid;
                rows.flags[row] = (byte) (isSettable(gid) ? rows.flags[row] : rows.flags[row] | Columns.SKIP_GROUP);
            }
        }
    }
}
