package io.sluice.daemon.module;

import io.sluice.daemon.config.TreeRules;
import io.sluice.daemon.config.Words;
import io.sluice.linux.Identity;
import io.sluice.linux.SystemCallException;
import io.sluice.linux.Users;
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

    /** Finds the ids; empty if the daemon's own identity is to be kept. */
    static Optional<Credentials> of(TreeRules rules) throws RefusedException {
        boolean root = Identity.effectiveUser() == 0;
        if (!root && rules.uid().isEmpty() && rules.gid().isEmpty()) {
            return Optional.empty();
        }
        int uid = user(rules.uid(), root);
        List<Integer> gids = groups(rules.gid(), uid, root);
        if (!root) {
            requireOwn(uid, gids, !Words.of(rules.gid()).isEmpty());
            return Optional.empty();
        }
        return Optional.of(new Credentials(uid, gids));
    }

    /** The user as whom a module's files are used. */
    static int userOf(TreeRules rules) throws RefusedException {
        return user(rules.uid(), Identity.effectiveUser() == 0);
    }

    private static int user(String name, boolean root) throws RefusedException {
        if (name.isEmpty() && !root) {
            return Identity.effectiveUser();
        }
        String wanted = name.isEmpty() ? NOBODY : name;
        OptionalInt id = id(wanted, Users.userId(wanted));
        if (id.isEmpty()) {
            throw new RefusedException("invalid uid " + wanted, "Invalid uid " + wanted);
        }
        return id.getAsInt();
    }

    private static List<Integer> groups(String value, int uid, boolean root) throws RefusedException {
        List<String> names = Words.of(value);
        if (names.isEmpty()) {
            String nobody = Users.groupId(NOBODY).isPresent() ? NOBODY : NOGROUP;
            return root ? List.of(group(nobody)) : List.of(Identity.effectiveGroup());
        }
        List<Integer> gids = new ArrayList<>();
        for (String name : names) {
            if (name.equals(ALL_GROUPS) && gids.isEmpty()) {
                gids.addAll(allGroups(uid));
            } else {
                gids.add(group(name));
            }
        }
        return gids;
    }

    private static List<Integer> allGroups(int uid) throws RefusedException {
        Optional<Users.User> user = Users.userName(uid).flatMap(Users::user);
        if (user.isEmpty()) {
            throw new RefusedException("getpwuid failed", "rsync: [Receiver] getpwuid failed: Success (0)");
        }
        List<Integer> gids = new ArrayList<>();
        int primary = user.get().gid();
        gids.add(primary);
        for (int gid : Users.groupsOf(user.get().name(), primary)) {
            if (gid != primary) {
                gids.add(gid);
            }
        }
        return gids;
    }

    private static int group(String name) throws RefusedException {
        OptionalInt id = id(name, Users.groupId(name));
        if (id.isEmpty()) {
            throw new RefusedException("invalid gid " + name, "Invalid gid " + name);
        }
        return id.getAsInt();
    }

    /** The id of a number, which may be as large as an unsigned int, or else what {@code named} says. */
    private static OptionalInt id(String name, OptionalInt named) {
        if (named.isPresent() || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return named;
        }
        try {
            return OptionalInt.of(Integer.parseUnsignedInt(name));
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
