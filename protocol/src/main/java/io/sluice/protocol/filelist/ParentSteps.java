package io.sluice.protocol.filelist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which parents of an argument rsync enters before it, when recursion is not incremental: those that the path of the argument before it does not have. Each is
 * entered at a depth, and what was entered at that depth or below before is left then; all others stay entered, though the argument is not in them.
 */
final class ParentSteps {
    private byte[] last = {};

    /** A parent to enter. */
    record Step(byte[] directory, int depth) {}

    /** Arguments are relative to something else from now on. */
    void forget() {
        last = new byte[0];
    }

    /** Returns the steps to {@code parent}, none if the last one is the same or in it. */
    List<Step> to(byte[] parent) {
        int common = Arrays.mismatch(parent, last);
        common = common < 0 ? parent.length : common;
        boolean wholly = common == parent.length && (common == last.length || last[common] == '/');
        List<Step> steps = new ArrayList<>();
        if (wholly) {
            return steps;
        }
        int from = 0;
        int depth = 0;
        for (int i = 0; i < common; i++) {
            if (parent[i] == '/') {
                from = i;
                depth++;
            }
        }
        for (int i = from + 1; i < parent.length; i++) {
            if (parent[i] == '/') {
                steps.add(new Step(Arrays.copyOf(parent, i), ++depth));
            }
        }
        steps.add(new Step(parent, depth + 1));
        last = parent;
        return steps;
    }
}
