package io.sluice.protocol.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An open directory of a walk: which per-directory files are looked for in it, and the rules of each, its own before those of its parents. */
final class DirectoryFrame {
    private final byte[] path;
    private final List<FilterRule> dirMerges;
    private final int known;
    private final Map<FilterRule, Merged> merged = new HashMap<>();

    /** The rules of one file, about names and about attributes, and those of the files before it. */
    private record Merged(
            RuleSequence names,
            RuleSequence attributes,
            @Nullable Merged inherited) {}

    private DirectoryFrame(byte[] path, List<FilterRule> dirMerges, int known) {
        this.path = path;
        this.dirMerges = new ArrayList<>(dirMerges);
        this.known = known;
    }

    /** Makes the frame of a walk's first directory: nothing was read yet. */
    static DirectoryFrame first(byte[] directory, List<FilterRule> dirMerges) {
        return new DirectoryFrame(directory, dirMerges, 0);
    }

    /** Makes the frame of a directory in this one, with what it inherits. */
    DirectoryFrame below(byte[] directory) {
        DirectoryFrame frame = new DirectoryFrame(directory, dirMerges, dirMerges.size());
        for (FilterRule rule : dirMerges) {
            Merged rules = merged.get(rule);
            if (rules != null && !rule.is(Modifier.NO_INHERIT)) {
                frame.merged.put(rule, rules);
            }
        }
        return frame;
    }

    byte[] path() {
        return path;
    }

    /** Returns the rule at {@code index} of those whose files are looked for here; reading one may add more. */
    FilterRule dirMerge(int index) {
        return dirMerges.get(index);
    }

    /** Whether the files of the rule at {@code index} were not looked for in the directory above. */
    boolean isNew(int index) {
        return index >= known;
    }

    int dirMergeCount() {
        return dirMerges.size();
    }

    /** Returns true if a file of this name is looked for already. */
    boolean looksFor(byte[] mergeName) {
        return dirMerges.stream().anyMatch(rule -> Arrays.equals(rule.mergeName(), mergeName));
    }

    /**
     * Puts the rules of a file before those that are inherited.
     *
     * @param cleared the file has a clear rule: nothing is inherited
     */
    void put(FilterRule rule, RuleSequence names, RuleSequence attributes, boolean cleared) {
        merged.put(rule, new Merged(names, attributes, cleared ? null : merged.get(rule)));
        dirMerges.addAll(names.dirMerges());
    }

    /** Returns what the rules of {@code rule}'s files say, as {@link RuleIndex#check} does. */
    int check(FilterRule rule, PathText text, RuleSequence.DirectoryRules rules, boolean ignorePerishable) {
        for (Merged at = merged.get(rule); at != null; at = at.inherited) {
            int verdict = at.names.check(text, rules, ignorePerishable);
            if (verdict != 0) {
                return verdict;
            }
        }
        return 0;
    }

    /** As {@link #check}, for the rules about attributes. */
    int checkAttribute(FilterRule rule, PathText name, RuleSequence.DirectoryRules rules) {
        for (Merged at = merged.get(rule); at != null; at = at.inherited) {
            int verdict = at.attributes.check(name, rules, false);
            if (verdict != 0) {
                return verdict;
            }
        }
        return 0;
    }

    /** Returns true if {@code other} is this directory or in it. */
    boolean holds(byte[] other) {
        return RulePaths.holds(path, other);
    }
}
