package io.sluice.protocol.filter;

import io.sluice.protocol.session.Side;
import java.util.ArrayList;
import java.util.List;

/** The rules about names of extended attributes (modifier {@code x}). Any number of threads may ask. */
public final class AttributeFilter {
    /** No rules. */
    public static final AttributeFilter NONE = new AttributeFilter(List.of(), List.of());

    private final RuleIndex daemonRules;
    private final RuleIndex rules;
    private final boolean empty;

    private AttributeFilter(List<FilterRule> daemonRules, List<FilterRule> rules) {
        this.daemonRules = new RuleIndex(daemonRules);
        this.rules = new RuleIndex(rules);
        this.empty = daemonRules.isEmpty() && rules.isEmpty();
    }

    /**
     * Takes the rules about attributes out of two lists.
     *
     * @param daemon a module's rules, asked first
     */
    public static AttributeFilter of(FilterList list, FilterList daemon, Side side, boolean deleteExcluded) {
        List<FilterRule> own = select(list, side, deleteExcluded);
        List<FilterRule> module = select(daemon, side, false);
        return own.isEmpty() && module.isEmpty() ? NONE : new AttributeFilter(module, own);
    }

    private static List<FilterRule> select(FilterList list, Side side, boolean deleteExcluded) {
        List<FilterRule> selected = new ArrayList<>();
        for (FilterRule rule : list.rules()) {
            if (!rule.isDirMerge() && rule.is(Modifier.XATTR) && rule.appliesTo(side, deleteExcluded)) {
                selected.add(rule);
            }
        }
        return selected;
    }

    /** Whether there is no rule: then namespaces decide. */
    public boolean isEmpty() {
        return empty;
    }

    /** Whether the attribute {@code name}, such as {@code user.x}, is left alone. */
    public boolean excludes(byte[] name) {
        PathText text = new PathText();
        text.set(name, false);
        int verdict = daemonRules.check(text, false);
        return (verdict != 0 ? verdict : rules.check(text, false)) < 0;
    }
}
