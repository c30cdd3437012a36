package io.sluice.protocol.filter;

import io.sluice.protocol.session.Side;
import java.util.function.BooleanSupplier;

/**
 * The rules about names of extended attributes (modifier {@code x}). Any number of threads may ask, unless files of directories have a say: then it is one
 * walk's.
 */
public final class AttributeFilter {
    /** No rules. */
    public static final AttributeFilter NONE = of(FilterList.EMPTY, FilterList.EMPTY, Side.SENDER, false);

    private static final RuleSequence.DirectoryRules NO_FILES = (dirMerge, path, ignorePerishable) -> 0;

    private final RuleSequence daemonRules;
    private final RuleSequence rules;
    private final RuleSequence.DirectoryRules directoryRules;
    private final BooleanSupplier sawMore;

    private AttributeFilter(
            RuleSequence daemonRules,
            RuleSequence rules,
            RuleSequence.DirectoryRules directoryRules,
            BooleanSupplier sawMore) {
        this.daemonRules = daemonRules;
        this.rules = rules;
        this.directoryRules = directoryRules;
        this.sawMore = sawMore;
    }

    /**
     * Takes the rules about attributes out of two lists.
     *
     * @param daemon a module's rules, asked first
     */
    public static AttributeFilter of(FilterList list, FilterList daemon, Side side, boolean deleteExcluded) {
        RuleSequence module = RuleSequence.ofAttributes(daemon.rules(), side, false);
        RuleSequence own = RuleSequence.ofAttributes(list.rules(), side, deleteExcluded);
        return new AttributeFilter(module, own, NO_FILES, () -> false);
    }

    /**
     * Returns the same rules, with those that files of directories have.
     *
     * @param saw whether any file had one
     */
    AttributeFilter with(RuleSequence.DirectoryRules files, BooleanSupplier saw) {
        return new AttributeFilter(daemonRules, rules, files, saw);
    }

    /** Whether there is no rule: then namespaces decide. */
    public boolean isEmpty() {
        return !daemonRules.hasPatterns() && !rules.hasPatterns() && !sawMore.getAsBoolean();
    }

    /** Whether the attribute {@code name}, such as {@code user.x}, is left alone. */
    public boolean excludes(byte[] name) {
        PathText text = new PathText();
        text.set(name, false);
        int verdict = daemonRules.check(text, directoryRules, false);
        return (verdict != 0 ? verdict : rules.check(text, directoryRules, false)) < 0;
    }
}
