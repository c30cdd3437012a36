package io.sluice.protocol.transfer;

import io.sluice.protocol.transfer.Victims.Victim;

/** What stands in the way of an entry of another type, as something to be removed. */
final class Room {
    private Room() {}

    static Victim of(Candidate item) {
        return new Victim(item.path(), item.status().mode(), true, item.status().device());
    }
}
