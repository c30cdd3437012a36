package io.sluice.protocol.filter;

import java.util.Set;

/**
 * One rule as it stands in text.
 *
 * @param kind what its prefix says
 * @param modifiers its own and those that it has from the file or option it stands in
 * @param from where its pattern or file name begins
 * @param to where that ends, exclusive
 */
record RuleToken(Kind kind, Set<Modifier> modifiers, int from, int to) {
    enum Kind {
        PATTERN,
        MERGE,
        DIR_MERGE,
        CLEAR
    }
}
