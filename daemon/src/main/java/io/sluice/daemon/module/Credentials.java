package io.sluice.daemon.module;

import io.sluice.daemon.access.Accounts;
import io.sluice.daemon.config.TreeRules;
import io.sluice.daemon.config.Words;
import io.sluice.linux.Identity;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * As whom a module's files are used: {@code uid} and {@code gid} of its configuration. A daemon that runs as root becomes nobody unless it is told
 * otherwise; any other daemon stays who it is.
 *
 * @param uid user
 * @param gids group and supplementary groups, the group first
 */
record Credentials(int uid, List<Integer> gids) {
    private static final String NOBODY = "nobody";
    private static final String NOGROUP = "nogroup";
    private static final String ALL_GROUPS = "*";

    Credentials {
        gids = List.copyOf(gids);
    }

    /** Whether the ids have to be found by names. */
    static boolean asksAccounts(TreeRules rules) {
        boolean root = Identity.effectiveUser() == 0;
        boolean user = rules.uid().isEmpty() ? root : !isNumber(rules.uid());
        List<String> groups = Words.of(rules.gid());
        return user || (groups.isEmpty() ? root : !groups.stream().allMatch(Credentials::isNumber));
    }

    /** Finds the ids; empty if the daemon's own identity is to be kept. */
    static Optional<Credentials> of(TreeRules rules, Accounts accounts) throws RefusedException {
        boolean root = Identity.effectiveUser() == 0;
        if (!root && rules.uid().isEmpty() && rules.gid().isEmpty()) {
            return Optional.empty();
        }
        int uid = userOf(rules, accounts);
        List<Integer> gids = groups(rules.gid(), uid, accounts);
        if (!root) {
            requireOwn(uid, gids, !Words.of(rules.gid()).isEmpty());
            return Optional.empty();
        }
        return Optional.of(new Credentials(uid, gids));
    }

    /** The user as whom a module's files are used. */
    static int userOf(TreeRules rules, Accounts accounts) throws RefusedException {
        String name = rules.uid();
        if (name.isEmpty() && Identity.effectiveUser() != 0) {
            return Identity.effectiveUser();
        }
        String wanted = name.isEmpty() ? NOBODY : name;
        OptionalInt id = isNumber(wanted) ? number(wanted) : accounts.userId(wanted);
        if (id.isEmpty()) {
            throw new RefusedException("invalid uid " + wanted, "Invalid uid " + wanted);
        }
        return id.getAsInt();
    }

    private static List<Integer> groups(String value, int uid, Accounts accounts) throws RefusedException {
        List<String> names = Words.of(value);
        if (names.isEmpty()) {
            if (Identity.effectiveUser() != 0) {
                return List.of(Identity.effectiveGroup());
            }
            String nobody = accounts.groupId(NOBODY).isPresent() ? NOBODY : NOGROUP;
            return List.of(group(nobody, accounts));
        }
        List<Integer> gids = new ArrayList<>();
        for (String name : names) {
            if (name.equals(ALL_GROUPS) && gids.isEmpty()) {
                gids.addAll(allGroups(uid, accounts));
            } else {
                gids.add(group(name, accounts));
            }
        }
        return gids;
    }

    private static List<Integer> allGroups(int uid, Accounts accounts) throws RefusedException {
        List<Integer> gids = accounts.groupsOf(uid);
        if (gids.isEmpty()) {
            throw new RefusedException("getpwuid failed", "rsync: [Receiver] getpwuid failed: Success (0)");
        }
        return gids;
    }

    private static int group(String name, Accounts accounts) throws RefusedException {
        OptionalInt id = isNumber(name) ? number(name) : accounts.groupId(name);
        if (id.isEmpty()) {
            throw new RefusedException("invalid gid " + name, "Invalid gid " + name);
        }
        return id.getAsInt();
    }

    /** A number is one even if there should be an account of that name, as with rsync. */
    private static boolean isNumber(String name) {
        return name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** As large as an unsigned int at most. */
    private static OptionalInt number(String digits) {
        try {
            return OptionalInt.of(Integer.parseUnsignedInt(digits));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** Without root's rights nobody becomes anybody else, nor chooses groups, not even those that he has. */
    private static void requireOwn(int uid, List<Integer> gids, boolean choosesGroups) throws RefusedException {
        if (gids.getFirst() != Identity.effectiveGroup()) {
            throw notPermitted("setgid", " " + Integer.toUnsignedString(gids.getFirst()));
        }
        if (choosesGroups) {
            throw notPermitted("setgroups", "");
        }
        if (uid != Identity.effectiveUser()) {
            throw notPermitted("setuid", " " + Integer.toUnsignedString(uid));
        }
    }

    private static RefusedException notPermitted(String call, String id) {
        return new RefusedException(
                call + " failed", "rsync: [Receiver] " + call + id + " failed: Operation not permitted (1)");
    }

    /** Takes them on for the calling thread, and those it starts, until what is returned is closed. */
    Identity assume() throws IOException {
        int[] groups = gids.stream().mapToInt(Integer::intValue).toArray();
        try {
            return Identity.assume(uid, groups[0], groups);
        } catch (SystemCallException e) {
            throw new IOException("cannot become user " + Integer.toUnsignedString(uid) + ": " + e.reason(), e);
        }
    }
}
