package io.sluice.protocol.filter;

import io.sluice.protocol.session.Side;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The rules about names of extended attributes (modifier {@code x}). Any number of threads may ask, unless files of directories have a say: then it is one
 * walk's.
 */
public final class AttributeFilter {
    /** No rules. */
    public static final AttributeFilter NONE = of(FilterList.EMPTY, FilterList.EMPTY, Side.SENDER, false);

    private static final RuleSequence.DirectoryRules NO_FILES = (dirMerge, path, ignorePerishable) -> 0;

    private static final byte[] NO_ROOT = {};

    private final RuleSequence daemonRules;
    private final RuleSequence rules;
    private final RuleSequence.DirectoryRules directoryRules;
    private final BooleanSupplier sawAny;
    private final Supplier<byte[]> root;

    private AttributeFilter(
            RuleSequence daemonRules,
            RuleSequence rules,
            RuleSequence.DirectoryRules directoryRules,
            BooleanSupplier sawAny,
            Supplier<byte[]> root) {
        this.daemonRules = daemonRules;
        this.rules = rules;
        this.directoryRules = directoryRules;
        this.sawAny = sawAny;
        this.root = root;
    }

    /**
     * Takes the rules about attributes out of two lists.
     *
     * @param daemon a module's rules, asked first
     */
    public static AttributeFilter of(FilterList list, FilterList daemon, Side side, boolean deleteExcluded) {
        RuleSequence module = RuleSequence.ofModuleAttributes(daemon.rules(), side);
        RuleSequence own = RuleSequence.ofAttributes(list.rules(), side, deleteExcluded);
        return new AttributeFilter(
                module, own, NO_FILES, () -> list.sawAttributeRules() || daemon.sawAttributeRules(), () -> NO_ROOT);
    }

    /**
     * Returns the same rules, with those that files of directories have.
     *
     * @param saw whether any file had one
     */
    AttributeFilter with(RuleSequence.DirectoryRules files, BooleanSupplier saw) {
        return new AttributeFilter(daemonRules, rules, files, () -> sawAny.getAsBoolean() || saw.getAsBoolean(), root);
    }

    /** Returns the same rules for a transfer that has its root there: a rule with {@code /} is about the name as if it were that of a file. */
    AttributeFilter rootedAt(Supplier<byte[]> place) {
        return new AttributeFilter(daemonRules, rules, directoryRules, sawAny, place);
    }

    /** Whether there is no rule: then namespaces decide. */
    public boolean isEmpty() {
        return !sawAny.getAsBoolean();
    }

    /** Whether the attribute {@code name}, such as {@code user.x}, is left alone. */
    public boolean excludes(byte[] name) {
        PathText text = new PathText();
        text.setPrefix(root.get());
        text.set(name, false);
        return daemonRules.check(text, directoryRules, false) < 0 || rules.check(text, directoryRules, false) < 0;
    }
}
