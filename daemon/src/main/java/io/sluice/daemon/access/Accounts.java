package io.sluice.daemon.access;

import io.sluice.linux.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The system's users and groups, which may be kept far away (LDAP …): every method may take many seconds. Ids are unsigned 32-bit values in an {@code int}.
 */
public interface Accounts {
    /** All that the C library knows of. */
    Accounts SYSTEM = new Accounts() {
        @Override
        public OptionalInt userId(String name) {
            return Users.userId(name);
        }

        @Override
        public OptionalInt groupId(String name) {
            return Users.groupId(name);
        }

        @Override
        public List<Integer> groupsOf(int uid) {
            List<Integer> gids = new ArrayList<>();
            Users.userName(uid).flatMap(Users::user).ifPresent(user -> {
                gids.add(user.gid());
                for (int gid : Users.groupsOf(user.name(), user.gid())) {
                    if (gid != user.gid()) {
                        gids.add(gid);
                    }
                }
            });
            return gids;
        }

        @Override
        public List<String> groupNamesOf(String user) {
            List<String> names = new ArrayList<>();
            Optional<Users.User> known = Users.user(user);
            if (known.isPresent()) {
                for (int gid : Users.groupsOf(known.get().name(), known.get().gid())) {
                    Users.groupName(gid).ifPresent(names::add);
                }
            }
            return names;
        }

        @Override
        public void renew() {
            Users.forget();
        }
    };

    /** The id of the user with a name. */
    OptionalInt userId(String name);

    /** The id of the group with a name. */
    OptionalInt groupId(String name);

    /** The groups of a user, his own first; none if nobody has that id. */
    List<Integer> groupsOf(int uid);

    /** The names of the groups of a user; none if nobody has that name. */
    List<String> groupNamesOf(String user);

    /** Nothing that was found out before counts any more. */
    void renew();
}
