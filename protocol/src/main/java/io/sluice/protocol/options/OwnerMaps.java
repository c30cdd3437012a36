package io.sluice.protocol.options;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;

/** Takes {@code --usermap}, {@code --groupmap} and {@code --chown}, each of which sets what another may have set before: rsync allows one of them. */
final class OwnerMaps {
    private boolean userByChown;
    private boolean groupByChown;

    void user(OptionDraft draft, String map) throws TransferException {
        requireFirst("user", draft.userMap, userByChown);
        draft.userMap = map;
        draft.owner = true;
    }

    void group(OptionDraft draft, String map) throws TransferException {
        requireFirst("group", draft.groupMap, groupByChown);
        draft.groupMap = map;
        draft.group = true;
    }

    /** @param owner {@code USER}, {@code USER:GROUP} or {@code :GROUP} */
    void both(OptionDraft draft, String owner) throws TransferException {
        int colon = owner.indexOf(':');
        String user = colon < 0 ? owner : owner.substring(0, colon);
        String group = colon < 0 ? "" : owner.substring(colon + 1);
        if (!user.isEmpty()) {
            requireFirstChown("user", draft.userMap, userByChown);
            draft.userMap = "*:" + user;
            draft.owner = true;
            userByChown = true;
        }
        if (!group.isEmpty()) {
            requireFirstChown("group", draft.groupMap, groupByChown);
            draft.groupMap = "*:" + group;
            draft.group = true;
            groupByChown = true;
        }
    }

    private static void requireFirst(String what, String before, boolean byChown) throws TransferException {
        if (!before.isEmpty()) {
            throw syntax(
                    byChown
                            ? "--" + what + "map conflicts with prior --chown."
                            : "You can only specify --" + what + "map once.");
        }
    }

    private static void requireFirstChown(String what, String before, boolean byChown) throws TransferException {
        if (!before.isEmpty()) {
            throw syntax(
                    byChown
                            ? "You can only specify a " + what + "-affecting --chown once."
                            : "--chown conflicts with prior --" + what + "map.");
        }
    }

    private static TransferException syntax(String message) {
        return new TransferException(ExitCode.SYNTAX, message);
    }
}
