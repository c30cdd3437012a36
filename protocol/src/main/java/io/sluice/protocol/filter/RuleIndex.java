package io.sluice.protocol.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A run of pattern rules, asked for the first that matches. Rules that can only match one last component are found by a hash of it, so that a
 * list of thousands of names costs no more than one of ten.
 */
final class RuleIndex {
    private static final int SMALL = 8;
    private static final int NONE = -1;

    private final FilterRule[] rules;
    private final int[] buckets; // first keyed rule of a hash, or NONE; empty: not worth it
    private final int[] next; // the next keyed rule of the same hash
    private final int[] unkeyed; // positions of the others, ascending
    private final int[] lastBytes; // of each unkeyed rule: what a path must end with, or -1
    private final int[] firstBytes; // and what its last component must begin with, or -1

    RuleIndex(List<FilterRule> list) {
        rules = list.toArray(new FilterRule[0]);
        next = new int[rules.length];
        boolean indexed = rules.length > SMALL;
        buckets = new int[indexed ? Integer.highestOneBit(rules.length) * 4 : 0];
        Arrays.fill(buckets, NONE);
        int[] others = new int[rules.length];
        int count = 0;
        for (int i = rules.length - 1; i >= 0; i--) {
            byte[] key = rules[i].literalComponent();
            if (indexed && key.length > 0) {
                int bucket = bucket(key, 0, key.length);
                next[i] = buckets[bucket];
                buckets[bucket] = i;
            } else {
                others[count++] = i;
            }
        }
        unkeyed = new int[count];
        lastBytes = new int[count];
        firstBytes = new int[count];
        for (int i = 0; i < count; i++) {
            unkeyed[i] = others[count - 1 - i];
            lastBytes[i] = rules[unkeyed[i]].lastByte();
            firstBytes[i] = rules[unkeyed[i]].firstByteOfComponent();
        }
    }

    /**
     * Returns 1 if the first rule that matches includes, -1 if it excludes, 0 if none matches.
     *
     * @param ignorePerishable perishable rules do not count
     */
    int check(PathText path, boolean ignorePerishable) {
        int best = firstKeyed(path, ignorePerishable);
        int last = path.end > path.start ? path.bytes[path.end - 1] & 0xFF : 0;
        int first = path.bytes[path.lastComponent] & 0xFF;
        for (int k = 0; k < unkeyed.length && (best == NONE || unkeyed[k] < best); k++) {
            boolean possible =
                    (lastBytes[k] < 0 || lastBytes[k] == last) && (firstBytes[k] < 0 || firstBytes[k] == first);
            if (possible && counts(rules[unkeyed[k]], ignorePerishable) && rules[unkeyed[k]].matches(path)) {
                best = unkeyed[k];
            }
        }
        if (best == NONE) {
            return 0;
        }
        return rules[best].is(Modifier.INCLUDE) ? 1 : -1;
    }

    /** Returns the rule that {@link #check} decided by: for messages, as it looks at one after the other. */
    Optional<FilterRule> deciding(PathText path, boolean ignorePerishable) {
        for (FilterRule rule : rules) {
            if (counts(rule, ignorePerishable) && rule.matches(path)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private int firstKeyed(PathText path, boolean ignorePerishable) {
        if (buckets.length == 0) {
            return NONE;
        }
        int i = buckets[bucket(path.bytes, path.lastComponent, path.end)];
        while (i != NONE && !(counts(rules[i], ignorePerishable) && rules[i].matches(path))) {
            i = next[i];
        }
        return i;
    }

    private static boolean counts(FilterRule rule, boolean ignorePerishable) {
        return !(ignorePerishable && rule.is(Modifier.PERISHABLE));
    }

    private int bucket(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash *= 0x9E3779B9;
        return (hash ^ (hash >>> 16)) & (buckets.length - 1);
    }
}
