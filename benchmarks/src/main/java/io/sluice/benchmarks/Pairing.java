package io.sluice.benchmarks;

/** Which program is the client and which the daemon of a transfer. */
enum Pairing {
    OURS_TO_OURS(Program.OURS, Program.OURS),
    OURS_TO_RSYNC(Program.OURS, Program.RSYNC),
    RSYNC_TO_OURS(Program.RSYNC, Program.OURS),
    RSYNC_TO_RSYNC(Program.RSYNC, Program.RSYNC);

    /** What the others are compared with. */
    static final Pairing REFERENCE = RSYNC_TO_RSYNC;

    private final Program client;
    private final Program daemon;

    Pairing(Program client, Program daemon) {
        this.client = client;
        this.daemon = daemon;
    }

    Program client() {
        return client;
    }

    Program daemon() {
        return daemon;
    }

    String label() {
        return client.label() + "→" + daemon.label();
    }

    boolean uses(Program program) {
        return client == program || daemon == program;
    }
}
