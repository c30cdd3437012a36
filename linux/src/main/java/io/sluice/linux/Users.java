package io.sluice.linux;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Users and groups by id and by name, from all the sources that the C library is configured for (files, LDAP …).
 * Answers are kept until {@link #forget}, or until there are {@value #MAX_KEPT} of a kind, as a peer may ask for any
 * name. A source that fails counts as one that knows nothing. Ids are unsigned 32-bit values in an {@code int}.
 */
public final class Users {
    private static final ConcurrentMap<Integer, Optional<String>> USER_NAMES = new ConcurrentHashMap<>();
    private static final ConcurrentMap<Integer, Optional<String>> GROUP_NAMES = new ConcurrentHashMap<>();
    private static final ConcurrentMap<String, Optional<User>> USERS = new ConcurrentHashMap<>();
    private static final ConcurrentMap<String, OptionalInt> GROUPS = new ConcurrentHashMap<>();

    private static final int MAX_KEPT = 10_000;

    private Users() {}

    /**
     * A user of the system.
     *
     * @param gid the primary group
     */
    public record User(String name, int uid, int gid, String home) {}

    /** The name of a user. */
    public static Optional<String> userName(int uid) {
        return kept(USER_NAMES, uid, id -> UserDatabase.userById(id).map(User::name));
    }

    /** The name of a group. */
    public static Optional<String> groupName(int gid) {
        return kept(GROUP_NAMES, gid, UserDatabase::groupName);
    }

    /** The user with a name. */
    public static Optional<User> user(String name) {
        return kept(USERS, name, UserDatabase::userByName);
    }

    /** The id of the user with a name. */
    public static OptionalInt userId(String name) {
        return user(name).map(user -> OptionalInt.of(user.uid())).orElse(OptionalInt.empty());
    }

    /** The id of the group with a name. */
    public static OptionalInt groupId(String name) {
        return kept(GROUPS, name, UserDatabase::groupId);
    }

    /** All groups of a user, {@code gid} among them. */
    public static int[] groupsOf(String user, int gid) {
        return UserDatabase.groupsOf(user, gid);
    }

    /** Asks outside of the map, as an answer may take seconds. */
    private static <K, V> V kept(ConcurrentMap<K, V> answers, K key, Function<K, V> source) {
        V known = answers.get(key);
        if (known != null) {
            return known;
        }
        V answer = source.apply(key);
        if (answers.size() >= MAX_KEPT) {
            answers.clear();
        }
        answers.put(key, answer);
        return answer;
    }

    /** Asks the sources again from now on. */
    public static void forget() {
        USER_NAMES.clear();
        GROUP_NAMES.clear();
        USERS.clear();
        GROUPS.clear();
    }
}
