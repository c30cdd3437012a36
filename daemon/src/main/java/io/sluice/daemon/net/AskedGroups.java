package io.sluice.daemon.net;

import io.sluice.daemon.access.Accounts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Accounts that remember which groups they were asked for: those of a user who logs in. */
final class AskedGroups implements Accounts {
    private final Accounts accounts;
    private Optional<List<String>> groups = Optional.empty();

    AskedGroups(Accounts accounts) {
        this.accounts = accounts;
    }

    /** The last answer; empty: nobody has asked. */
    Optional<List<String>> groups() {
        return groups;
    }

    @Override
    public OptionalInt userId(String name) {
        return accounts.userId(name);
    }

    @Override
    public OptionalInt groupId(String name) {
        return accounts.groupId(name);
    }

    @Override
    public List<Integer> groupsOf(int uid) {
        return accounts.groupsOf(uid);
    }

    @Override
    public List<String> groupNamesOf(String user) {
        List<String> names = accounts.groupNamesOf(user);
        groups = Optional.of(names);
        return names;
    }

    @Override
    public void renew() {
        accounts.renew();
    }
}
