package io.sluice.interop.parity;

import java.util.ArrayList;
import java.util.List;

/** All that a scenario came to with one daemon, as lines: what clients said and how they ended, what was logged, and what is there afterwards. */
record Observation(List<String> said, List<String> logged, List<String> left) {
    Observation {
        said = List.copyOf(said);
        logged = List.copyOf(logged);
        left = List.copyOf(left);
    }

    /**
     * Each line that only one has, with what tells it: {@code rsync logs: …}, {@code sluice says: …}, {@code rsync leaves: …}.
     *
     * @param mixed the order of lines does not count
     */
    static List<String> differences(Observation rsync, Observation sluice, boolean mixed) {
        List<String> all = new ArrayList<>();
        compare(all, "says", rsync.said, sluice.said, mixed);
        compare(all, "logs", rsync.logged, sluice.logged, mixed);
        compare(all, "leaves", rsync.left, sluice.left, true);
        return all;
    }

    private static void compare(
            List<String> into, String verb, List<String> rsync, List<String> sluice, boolean mixed) {
        List<String> missing = without(rsync, sluice);
        List<String> added = without(sluice, rsync);
        missing.forEach(line -> into.add("rsync " + verb + ": " + line));
        added.forEach(line -> into.add("sluice " + verb + ": " + line));
        if (missing.isEmpty() && added.isEmpty() && !mixed && !rsync.equals(sluice)) {
            into.add("sluice " + verb + " the same in another order: " + sluice);
        }
    }

    private static List<String> without(List<String> lines, List<String> others) {
        List<String> rest = new ArrayList<>(lines);
        others.forEach(rest::remove);
        return rest;
    }
}
