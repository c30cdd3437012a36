package io.sluice.protocol.options;

import io.sluice.protocol.options.PlacementOptions.Choice;

/**
 * On whose behalf files are written, and to whom they belong.
 *
 * @param superUser {@code --super} or {@code --no-super}; UNSET: whoever is root acts as such
 * @param fakeSuper {@code --fake-super}: what only root can set is kept in an extended attribute
 * @param userMap {@code --usermap}, as written; empty: none
 * @param groupMap {@code --groupmap}, as written; empty: none
 * @param copyAs {@code --copy-as=USER[:GROUP]}; empty: nobody else
 */
public record PrivilegeOptions(Choice superUser, boolean fakeSuper, String userMap, String groupMap, String copyAs) {
    /** As the process is. */
    public static final PrivilegeOptions DEFAULT = new PrivilegeOptions(Choice.UNSET, false, "", "", "");
}
