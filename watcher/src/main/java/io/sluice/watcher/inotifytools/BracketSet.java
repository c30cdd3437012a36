package io.sluice.watcher.inotifytools;

import java.util.BitSet;
import java.util.Locale;

/**
 * A bracket expression of POSIX, as {@code [^]a-z[:digit:]]}, in the C locale: a set of bytes.
 */
final class BracketSet {
    private static final int BYTES = 256;

    private final String pattern;
    private final BitSet set = new BitSet(BYTES);
    private int at;

    private BracketSet(String pattern, int at) {
        this.pattern = pattern;
        this.at = at;
    }

    /**
     * @param java the set as a class of java.util.regex
     * @param end where the pattern goes on
     */
    record Read(String java, int end) {}

    /**
     * Reads the expression that begins at {@code start}.
     *
     * @param ignoreCase letters stand for both cases
     * @throws PatternException if it has no end, or a range or a class that is none
     */
    static Read read(String pattern, int start, boolean ignoreCase) throws PatternException {
        BracketSet bracket = new BracketSet(pattern, start + 1);
        boolean negated = bracket.at < pattern.length() && pattern.charAt(bracket.at) == '^';
        if (negated) {
            bracket.at++;
        }
        bracket.items();
        if (ignoreCase) {
            bracket.foldCase();
        }
        if (negated) {
            bracket.set.flip(0, BYTES);
        }
        bracket.set.clear(0); // no name has it
        return new Read(bracket.java(), bracket.at);
    }

    private void items() throws PatternException {
        boolean first = true;
        while (first || peek() != ']') {
            if (peek() == '-' && !first && !isLast()) {
                throw new PatternException("- between ranges");
            }
            first = false;
            if (isClass()) {
                addClass(delimited(':'));
                if (peek() == '-' && !isLast()) {
                    throw new PatternException("range: it begins with a class");
                }
                continue;
            }
            int from = element();
            if (peek() != '-' || isLast()) {
                set.set(from);
                continue;
            }
            at++;
            int to = element();
            if (to < from) {
                throw new PatternException("range: its end is before its start");
            }
            set.set(from, to + 1);
        }
        at++;
    }

    private char peek() throws PatternException {
        if (at >= pattern.length()) {
            throw new PatternException("[ without ]");
        }
        return pattern.charAt(at);
    }

    private boolean isLast() {
        return at + 1 < pattern.length() && pattern.charAt(at + 1) == ']';
    }

    private boolean isClass() throws PatternException {
        return peek() == '[' && at + 1 < pattern.length() && pattern.charAt(at + 1) == ':';
    }

    /** A character, as itself, {@code [.x.]} or {@code [=x=]}. */
    private int element() throws PatternException {
        char c = peek();
        if (c == '[' && at + 1 < pattern.length() && ".=:".indexOf(pattern.charAt(at + 1)) >= 0) {
            String name = delimited(pattern.charAt(at + 1));
            if (name.length() != 1) {
                throw new PatternException(name + ": no character");
            }
            return name.charAt(0);
        }
        at++;
        return c;
    }

    private String delimited(char mark) throws PatternException {
        int end = pattern.indexOf(mark + "]", at + 2);
        if (end < 0) {
            throw new PatternException("[" + mark + " without " + mark + "]");
        }
        String name = pattern.substring(at + 2, end);
        at = end + 2;
        return name;
    }

    private void addClass(String name) throws PatternException {
        switch (name) {
            case "upper" -> set.set('A', 'Z' + 1);
            case "lower" -> set.set('a', 'z' + 1);
            case "alpha" -> addAll("upper", "lower");
            case "digit" -> set.set('0', '9' + 1);
            case "alnum" -> addAll("alpha", "digit");
            case "xdigit" -> {
                addClass("digit");
                set.set('A', 'F' + 1);
                set.set('a', 'f' + 1);
            }
            case "blank" -> {
                set.set(' ');
                set.set('\t');
            }
            case "space" -> {
                set.set(' ');
                set.set('\t', '\r' + 1);
            }
            case "cntrl" -> {
                set.set(0, ' ');
                set.set(0x7F);
            }
            case "graph" -> set.set('!', '~' + 1);
            case "print" -> set.set(' ', '~' + 1);
            case "punct" -> {
                set.set('!', '/' + 1);
                set.set(':', '@' + 1);
                set.set('[', '`' + 1);
                set.set('{', '~' + 1);
            }
            default -> throw new PatternException("[:" + name + ":]: no class of characters");
        }
    }

    private void addAll(String... names) throws PatternException {
        for (String name : names) {
            addClass(name);
        }
    }

    private void foldCase() {
        for (char c = 'a'; c <= 'z'; c++) {
            char upper = (char) (c - 'a' + 'A');
            if (set.get(c) || set.get(upper)) {
                set.set(c);
                set.set(upper);
            }
        }
    }

    private String java() {
        if (set.isEmpty()) {
            return "(?!)";
        }
        StringBuilder java = new StringBuilder("[");
        for (int from = set.nextSetBit(0); from >= 0; ) {
            int to = set.nextClearBit(from) - 1;
            java.append(String.format(Locale.ROOT, "\\x%02x-\\x%02x", from, to));
            from = set.nextSetBit(to + 1);
        }
        return java.append(']').toString();
    }
}
