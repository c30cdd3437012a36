package io.sluice.interop.parity;

import java.util.List;

/**
 * Scenarios that one run of each daemon serves.
 *
 * @param globals what their rsyncd.conf begins with
 */
record Group(String name, String globals, List<Scenario> scenarios) {
    Group {
        scenarios = List.copyOf(scenarios);
    }

    @Override
    public String toString() {
        return name;
    }

    static Group of(String name, String globals, Scenario... scenarios) {
        return new Group(name, globals, List.of(scenarios));
    }
}
