package io.sluice.protocol.transfer;

import io.sluice.protocol.transfer.Victims.Victim;

/** What stands in the way of an entry of another type, as something to be removed. */
final class Room {
    private Room() {}

    /** It stays as writable as it is, and so perhaps in the way: rsync makes it writable only for a regular file. */
    static Victim of(Candidate item) {
        return of(item, false);
    }

    /** Where a regular file is to be: a directory of our own may be made writable. */
    static Victim forFile(Candidate item, Privileges privileges) {
        return of(item, item.status().uid() == privileges.uid());
    }

    private static Victim of(Candidate item, boolean owned) {
        return new Victim(
                item.path(), item.status().mode(), owned, item.status().device());
    }
}
