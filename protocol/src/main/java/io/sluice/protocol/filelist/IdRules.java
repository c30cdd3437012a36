package io.sluice.protocol.filelist;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.PrivilegeOptions;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Whose ids a receiving side may set, and who a peer's users and groups are here.
 *
 * @param users {@code --usermap}
 * @param groups {@code --groupmap}
 */
record IdRules(Authority authority, SettableGroups settable, OwnerMap users, OwnerMap groups) {
    /**
     * Those of the calling thread.
     *
     * @param unknown is told of a name in a map that is nobody's here
     * @throws TransferException with code 1 if a map is no map
     */
    static IdRules of(PrivilegeOptions options, IdNames names, Consumer<String> unknown) throws IOException {
        Authority authority = Authority.of(options);
        SettableGroups settable =
                authority.actsAsRoot() ? new SettableGroups(true, Columns.NO_INTS) : SettableGroups.ofThread();
        OwnerMap users = OwnerMap.parse(options.userMap(), "user", names::userId, unknown);
        OwnerMap groups = OwnerMap.parse(options.groupMap(), "group", names::groupId, unknown);
        return new IdRules(authority, settable, users, groups);
    }
}
