package io.sluice.interop.parity;

import java.util.List;

/**
 * Scenarios that one run of each daemon serves.
 *
 * @param globals what their rsyncd.conf begins with; {@code @H} is the directory of the daemon, which has one of each scenario in it
 * @param prepare a shell script, run there before the daemon starts
 * @param opening what the very first connection begins with
 * @param starter who starts them
 * @param settled what the log has when that connection is over, a regular expression; empty: what any daemon logs that lets it speak
 */
record Group(
        String name,
        String globals,
        Starter starter,
        String prepare,
        String opening,
        String settled,
        List<Scenario> scenarios) {
    /** Who starts a daemon. */
    enum Starter {
        WHOEVER_TESTS,
        ORDINARY_USER
    }

    Group {
        scenarios = List.copyOf(scenarios);
    }

    @Override
    public String toString() {
        return name;
    }

    static Group of(String name, String globals, Scenario... scenarios) {
        return new Group(name, globals, Starter.WHOEVER_TESTS, "", "", "", List.of(scenarios));
    }

    Group prepare(String script) {
        return new Group(name, globals, starter, script, opening, settled, scenarios);
    }

    Group opening(String bytes) {
        return new Group(name, globals, starter, prepare, bytes, settled, scenarios);
    }

    Group settled(String logged) {
        return new Group(name, globals, starter, prepare, opening, logged, scenarios);
    }

    /** The same scenarios with daemons of an ordinary user. */
    Group byOrdinaryUser(String otherName, String otherGlobals) {
        return new Group(otherName, otherGlobals, Starter.ORDINARY_USER, prepare, opening, settled, scenarios);
    }
}
