package io.sluice.interop.parity;

import java.util.List;

/**
 * Scenarios that one run of each daemon serves.
 *
 * @param globals what their rsyncd.conf begins with; {@code @H} is the directory of the daemon, which has one of each scenario in it
 * @param prepare a shell script, run there before the daemon starts
 * @param opening what the very first connection begins with
 * @param settled what the log has when that connection is over, a regular expression; empty: what any daemon logs that lets it speak
 */
record Group(String name, String globals, String prepare, String opening, String settled, List<Scenario> scenarios) {
    Group {
        scenarios = List.copyOf(scenarios);
    }

    @Override
    public String toString() {
        return name;
    }

    static Group of(String name, String globals, Scenario... scenarios) {
        return new Group(name, globals, "", "", "", List.of(scenarios));
    }

    Group prepare(String script) {
        return new Group(name, globals, script, opening, settled, scenarios);
    }

    Group opening(String bytes) {
        return new Group(name, globals, prepare, bytes, settled, scenarios);
    }

    Group settled(String logged) {
        return new Group(name, globals, prepare, opening, logged, scenarios);
    }
}
