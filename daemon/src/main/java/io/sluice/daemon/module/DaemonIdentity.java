package io.sluice.daemon.module;

import io.sluice.daemon.config.DaemonIdentityRules;
import io.sluice.linux.ProcessIdentity;
import io.sluice.linux.SystemCallException;
import io.sluice.linux.Users;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * As whom the process goes on once it has all that only root gets: {@code daemon gid} and {@code daemon uid}. All of its threads change, for good; a module
 * whose own {@code uid} is another one cannot be used any more, as with rsync.
 */
public record DaemonIdentity(OptionalInt uid, OptionalInt gid) {
    /**
     * Finds the user and group, either of which may be a number.
     *
     * @throws TransferException with rsync's text if there is none of that name
     */
    public static DaemonIdentity of(DaemonIdentityRules rules) throws TransferException {
        OptionalInt gid = id(rules.gid(), Users.groupId(rules.gid()), "gid");
        return new DaemonIdentity(id(rules.uid(), Users.userId(rules.uid()), "uid"), gid);
    }

    private static OptionalInt id(String name, OptionalInt named, String kind) throws TransferException {
        if (name.isEmpty() || named.isPresent()) {
            return named;
        }
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            try {
                return OptionalInt.of(Integer.parseUnsignedInt(name));
            } catch (NumberFormatException e) {
                throw new TransferException(ExitCode.SYNTAX, "Invalid daemon " + kind + ": " + name, e);
            }
        }
        throw new TransferException(ExitCode.SYNTAX, "Invalid daemon " + kind + ": " + name);
    }

    /** Makes the process that user and group. */
    public void assume() throws IOException {
        if (gid.isPresent()) {
            change("group", "gid", gid.getAsInt(), ProcessIdentity::setGroup);
        }
        if (uid.isPresent()) {
            change("user", "uid", uid.getAsInt(), ProcessIdentity::setUser);
        }
    }

    private interface Change {
        void to(int id) throws IOException;
    }

    private static void change(String what, String kind, int id, Change change) throws IOException {
        try {
            change.to(id);
        } catch (SystemCallException e) {
            String text = String.format(
                    Locale.ROOT,
                    "Unable to set %s to daemon %s %s: %s (%d)",
                    what,
                    kind,
                    Integer.toUnsignedString(id),
                    e.reason(),
                    e.errno());
            throw new TransferException(ExitCode.SYNTAX, text, e);
        }
    }
}
