package io.sluice.protocol.filelist;

import io.sluice.linux.Users;
import java.util.Optional;
import java.util.OptionalInt;

/** Where names of users and groups come from: owners travel by name where the other end has the same name. Ids are unsigned 32-bit values in an int. */
public interface IdNames {
    /** The system's users and groups. */
    IdNames SYSTEM = new IdNames() {
        @Override
        public Optional<String> userName(int uid) {
            return Users.userName(uid);
        }

        @Override
        public Optional<String> groupName(int gid) {
            return Users.groupName(gid);
        }

        @Override
        public OptionalInt userId(String name) {
            return Users.userId(name);
        }

        @Override
        public OptionalInt groupId(String name) {
            return Users.groupId(name);
        }
    };

    /** No names: ids travel as numbers, and the peer's names mean nothing here (a module with {@code numeric ids = yes}). */
    IdNames NONE = new IdNames() {};

    default Optional<String> userName(int uid) {
        return Optional.empty();
    }

    default Optional<String> groupName(int gid) {
        return Optional.empty();
    }

    default OptionalInt userId(String name) {
        return OptionalInt.empty();
    }

    default OptionalInt groupId(String name) {
        return OptionalInt.empty();
    }
}
