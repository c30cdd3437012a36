package io.sluice.protocol.filter;

/**
 * Shell-style pattern matching on bytes, as rsync's filter rules and {@code refuse options} use it.
 *
 * <pre>
 *   *      any bytes but /            [a-z]  one byte of a set, never /      \x  x itself
 *   **     any bytes, / included      [!a]   one byte not of the set         [:alpha:] and its like inside a set
 *   ?      one byte but /             (*** is the same as **)
 * </pre>
 *
 * No pattern makes it slow: it takes at most pattern length times the square of text length, and allocates nothing. A pattern that is
 * malformed (an open set, an unknown class, a backslash at its end) matches nothing.
 */
public final class WildMatch {
    static final int MISMATCH = 0;
    static final int MATCH = -1;
    static final int NEVER = -2;
    private static final int STAR = -3;

    private WildMatch() {}

    /** Returns true if {@code pattern} matches the whole of {@code text}. */
    public static boolean matches(byte[] pattern, byte[] text) {
        return match(pattern, text, 0, text.length) == MATCH;
    }

    /**
     * Compares the pattern with {@code text} from {@code from} to {@code to} (exclusive): {@link #MATCH}, {@link #MISMATCH}, or {@link #NEVER} if
     * it would match no later part of the text either.
     *
     * <p>Only the last {@code *} and the last {@code **} are ever tried again: what stands before a wildcard is best matched as early as
     * possible, because a wildcard takes whatever follows, up to the next slash or to the end.
     */
    static int match(byte[] pattern, byte[] text, int from, int to) {
        int p = 0;
        int t = from;
        int starPattern = -1;
        int starText = -1;
        int anyPattern = -1;
        int anyText = -1;
        while (true) {
            int step = p < pattern.length ? step(pattern, p, text, t, to) : (t == to ? MATCH : MISMATCH);
            if (step > 0) {
                p = step;
                t++;
                continue;
            }
            if (step == MATCH || step == NEVER) {
                return step;
            }
            if (step == STAR) {
                int after = skipStars(pattern, p);
                if (after - p > 1) {
                    anyPattern = after;
                    anyText = skip(pattern, after, text, t, to, false);
                    starPattern = -1;
                    if (after == pattern.length) {
                        return MATCH;
                    }
                    t = anyText;
                } else {
                    starPattern = after;
                    starText = skip(pattern, after, text, t, to, true);
                    t = starText;
                }
                p = after;
                continue;
            }
            if (starPattern >= 0 && starText < to && text[starText] != '/') {
                p = starPattern;
                starText = skip(pattern, starPattern, text, starText + 1, to, true);
                t = starText;
            } else if (anyPattern >= 0 && anyText < to) {
                p = anyPattern;
                anyText = skip(pattern, anyPattern, text, anyText + 1, to, false);
                t = anyText;
                starPattern = -1;
            } else {
                return MISMATCH;
            }
        }
    }

    /** Returns the next place at or after {@code t} that can match the literal at {@code p}, or {@code t} if no literal is there. */
    private static int skip(byte[] pattern, int p, byte[] text, int t, int to, boolean stopAtSlash) {
        if (p == pattern.length) {
            return t;
        }
        byte literal = pattern[p];
        if (literal == '?' || literal == '[' || literal == '\\') {
            return t;
        }
        int at = t;
        while (at < to && text[at] != literal && !(stopAtSlash && text[at] == '/')) {
            at++;
        }
        return at;
    }

    /** Compares one pattern element with the byte at {@code t}; returns the pattern index after it, or one of the outcomes above. */
    private static int step(byte[] pattern, int p, byte[] text, int t, int to) {
        byte c = pattern[p];
        if (c == '*') {
            return STAR;
        }
        if (t == to) {
            return NEVER; // a shorter rest of the text cannot match what this one was too short for
        }
        return switch (c) {
            case '?' -> text[t] == '/' ? MISMATCH : p + 1;
            case '[' -> set(pattern, p + 1, text[t] & 0xFF);
            case '\\' -> {
                if (p + 1 == pattern.length) {
                    yield NEVER;
                }
                yield pattern[p + 1] == text[t] ? p + 2 : MISMATCH;
            }
            default -> c == text[t] ? p + 1 : MISMATCH;
        };
    }

    private static int skipStars(byte[] pattern, int p) {
        int at = p;
        while (at < pattern.length && pattern[at] == '*') {
            at++;
        }
        return at;
    }

    /** Matches a set whose first byte after the bracket is at {@code from}; returns the index after it, {@link #MISMATCH} or {@link #NEVER}. */
    private static int set(byte[] pattern, int from, int value) {
        int p = from;
        boolean negated = p < pattern.length && (pattern[p] == '!' || pattern[p] == '^');
        if (negated) {
            p++;
        }
        int first = p;
        boolean found = false;
        int previous = -1; // what a range may begin with
        while (p < pattern.length && (pattern[p] != ']' || p == first)) {
            if (pattern[p] == '[' && p + 1 < pattern.length && pattern[p + 1] == ':') {
                int close = indexOf(pattern, ']', p + 2);
                if (close < 0) {
                    return NEVER;
                }
                if (close > p + 2 && pattern[close - 1] == ':') {
                    int member = CharacterClass.contains(pattern, p + 2, close - 1, value);
                    if (member < 0) {
                        return NEVER;
                    }
                    found |= member > 0;
                    previous = -1;
                    p = close + 1;
                    continue;
                }
            }
            boolean range = pattern[p] == '-' && previous > 0 && p + 1 < pattern.length && pattern[p + 1] != ']';
            if (range) {
                p++;
            }
            if (pattern[p] == '\\' && ++p == pattern.length) {
                return NEVER;
            }
            int member = pattern[p++] & 0xFF;
            found |= range ? value >= previous && value <= member : value == member;
            previous = range ? -1 : member;
        }
        if (p >= pattern.length) {
            return NEVER;
        }
        return found == negated || value == '/' ? MISMATCH : p + 1;
    }

    private static int indexOf(byte[] pattern, int wanted, int from) {
        for (int i = from; i < pattern.length; i++) {
            if (pattern[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
