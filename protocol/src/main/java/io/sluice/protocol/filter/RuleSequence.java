package io.sluice.protocol.filter;

import io.sluice.protocol.session.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Rules in order, ready to be asked: runs of patterns, and between them the places where per-directory rules come in. */
final class RuleSequence {
    /** Knows the rules of the directory that was entered last. */
    @FunctionalInterface
    interface DirectoryRules {
        /** Returns what the rules of {@code dirMerge}'s files say, as {@link RuleIndex#check} does. */
        int check(FilterRule dirMerge, PathText path, boolean ignorePerishable);

        /** Hears which rules had the answer. */
        default void decided(RuleIndex rules) {}
    }

    private final List<Part> parts = new ArrayList<>();
    private final List<FilterRule> dirMerges = new ArrayList<>();

    private sealed interface Part {}

    private record Patterns(RuleIndex index) implements Part {}

    private record Merge(FilterRule rule) implements Part {}

    /** Takes those of {@code rules} that are about names and count on {@code side}. */
    static RuleSequence of(List<FilterRule> rules, Side side, boolean deleteExcluded) {
        return new RuleSequence(rules, rule -> !rule.is(Modifier.XATTR) && rule.appliesTo(side, deleteExcluded));
    }

    /** Takes those that are about names of attributes. */
    static RuleSequence ofAttributes(List<FilterRule> rules, Side side, boolean deleteExcluded) {
        return new RuleSequence(rules, rule -> rule.is(Modifier.XATTR) && rule.appliesTo(side, deleteExcluded));
    }

    /**
     * Takes a module's rules. rsync reads them before it knows which side it will be, as a receiver: what protects also hides, and what only shows
     * is left out. What only hides is left out by rsync too; here it hides.
     */
    static RuleSequence ofModule(List<FilterRule> rules, Side side) {
        return new RuleSequence(rules, rule -> !rule.is(Modifier.XATTR) && countsInModule(rule, side));
    }

    /** The same of those that are about names of attributes. */
    static RuleSequence ofModuleAttributes(List<FilterRule> rules, Side side) {
        return new RuleSequence(rules, rule -> rule.is(Modifier.XATTR) && countsInModule(rule, side));
    }

    private static boolean countsInModule(FilterRule rule, Side side) {
        return rule.appliesTo(Side.RECEIVER, false) || (side == Side.SENDER && !rule.is(Modifier.INCLUDE));
    }

    private RuleSequence(List<FilterRule> rules, Predicate<FilterRule> applies) {
        List<FilterRule> run = new ArrayList<>();
        for (FilterRule rule : rules) {
            if (rule.isDirMerge()) {
                addRun(run);
                run.clear();
                parts.add(new Merge(rule));
                dirMerges.add(rule);
            } else if (!rule.standsForCvs() && applies.test(rule)) {
                run.add(rule);
            }
        }
        addRun(run);
    }

    /** Returns the rules that name per-directory files, in order. */
    List<FilterRule> dirMerges() {
        return dirMerges;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    int check(PathText path, DirectoryRules directoryRules, boolean ignorePerishable) {
        for (int i = 0; i < parts.size(); i++) {
            int verdict = switch (parts.get(i)) {
                case Patterns patterns -> check(patterns.index, path, directoryRules, ignorePerishable);
                case Merge merge ->
                    ignorePerishable && merge.rule.is(Modifier.PERISHABLE)
                            ? 0
                            : directoryRules.check(merge.rule, path, ignorePerishable);
            };
            if (verdict != 0) {
                return verdict;
            }
        }
        return 0;
    }

    private static int check(RuleIndex index, PathText path, DirectoryRules directoryRules, boolean ignorePerishable) {
        int verdict = index.check(path, ignorePerishable);
        if (verdict != 0) {
            directoryRules.decided(index);
        }
        return verdict;
    }

    private void addRun(List<FilterRule> run) {
        if (!run.isEmpty()) {
            parts.add(new Patterns(new RuleIndex(run)));
        }
    }
}
