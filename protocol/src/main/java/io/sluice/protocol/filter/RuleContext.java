package io.sluice.protocol.filter;

import io.sluice.protocol.filter.FilterRule.Anchoring;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a rule's text is read as, depending on where it stands.
 *
 * @param syntax which prefixes there may be
 * @param inherited what each rule has from the option or merge rule
 * @param anchoring what a leading slash means
 * @param anchorLength for rules of a directory's file, the length of that directory's absolute path and its last slash
 * @param origin where it stands, as messages say it
 */
record RuleContext(Syntax syntax, Set<Modifier> inherited, Anchoring anchoring, int anchorLength, RuleOrigin origin) {
    enum Syntax {
        /** The rules of {@code --filter} and of merge files. */
        FULL,
        /** {@code --exclude}, {@code --include} and their files: at most {@code +} or {@code -} and a space, or {@code !}. */
        SIMPLE
    }

    /** Rules of the command line. */
    static RuleContext ofOption(Syntax syntax, Set<Modifier> inherited) {
        return new RuleContext(syntax, inherited, Anchoring.TRANSFER, 0, RuleOrigin.ARGUMENT);
    }

    boolean has(Modifier modifier) {
        return inherited.contains(modifier);
    }

    /** Returns the context of the rules in a file that a merge rule with {@code modifiers} names. */
    RuleContext inFile(Set<Modifier> modifiers, RuleOrigin fileOrigin) {
        EnumSet<Modifier> handedOn = EnumSet.noneOf(Modifier.class);
        handedOn.addAll(modifiers);
        handedOn.remove(Modifier.EXCLUDE_SELF);
        return new RuleContext(Syntax.FULL, handedOn, anchoring, anchorLength, fileOrigin);
    }

    RuleContext atLine(int line) {
        RuleOrigin place = origin.atLine(line);
        return place.equals(origin) ? this : new RuleContext(syntax, inherited, anchoring, anchorLength, place);
    }
}
