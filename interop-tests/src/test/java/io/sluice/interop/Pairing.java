package io.sluice.interop;

import java.util.stream.Stream;

/** Who is the client, who the daemon, and whether the client sends. */
record Pairing(Program client, Program daemon, boolean push) {
    /** All in which Sluice takes part. */
    static Stream<Pairing> all() {
        return Stream.of(
                new Pairing(Program.SLUICE, Program.RSYNC, true),
                new Pairing(Program.SLUICE, Program.RSYNC, false),
                new Pairing(Program.RSYNC, Program.SLUICE, true),
                new Pairing(Program.RSYNC, Program.SLUICE, false),
                new Pairing(Program.SLUICE, Program.SLUICE, true),
                new Pairing(Program.SLUICE, Program.SLUICE, false));
    }

    /** Who writes files. */
    Program receiver() {
        return push ? daemon : client;
    }

    @Override
    public String toString() {
        return client + (push ? " pushes to " : " pulls from ") + daemon;
    }
}
