package io.sluice.watcher.inotifytools;

import java.util.BitSet;
import java.util.regex.Pattern;

/**
 * Translates an extended regular expression of POSIX, with what the GNU C library adds ({@code \w \W \s \S \b \B \< \>
 * \` \'} and back-references), as it means it in the C locale, for text with one character per byte.
 *
 * <p>Whether something matches is the same in both worlds, though what would be matched may differ (the longest there, the
 * first here). Where both have the same sign for different things ({@code a*+}, {@code \d}, {@code $} before a last
 * newline, {@code [a&&b]}), POSIX's meaning is kept.
 */
final class PosixPattern {
    /** RE_DUP_MAX */
    private static final int MAX_REPEAT = 0x7FFF;

    private static final String META = "\\[](){}.*+?^$|";
    private static final String WORD = "[A-Za-z0-9_]";
    private static final String NOT_WORD = "[^A-Za-z0-9_]";
    private static final String SPACE = "[\\t-\\r ]";
    private static final String NOT_SPACE = "[^\\t-\\r ]";

    private final String pattern;
    private final boolean ignoreCase;
    private final StringBuilder java = new StringBuilder();
    private int at;
    private int groups;
    private final BitSet completeGroups = new BitSet();

    private PosixPattern(String pattern, boolean ignoreCase) {
        this.pattern = pattern;
        this.ignoreCase = ignoreCase;
    }

    /**
     * @throws PatternException if POSIX knows no such pattern, or it goes beyond what can be had
     */
    static Pattern compile(String pattern, boolean ignoreCase) throws PatternException {
        PosixPattern translation = new PosixPattern(pattern, ignoreCase);
        translation.alternatives(0);
        int flags = Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        try {
            return Pattern.compile(translation.java.toString(), flags);
        } catch (IllegalArgumentException e) {
            throw new PatternException(pattern + ": cannot be had");
        }
    }

    /** Up to the end, or to the parenthesis that ends this group. */
    private void alternatives(int depth) throws PatternException {
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == ')' && depth > 0) {
                return;
            }
            if (c == '|') {
                java.append('|');
                at++;
            } else if (isRepeat(c)) { // that of a piece is read with it
                throw new PatternException(c + ": repeats nothing");
            } else {
                piece(c, depth);
            }
        }
        if (depth > 0) {
            throw new PatternException("( without )");
        }
    }

    private static boolean isRepeat(char c) {
        return c == '*' || c == '+' || c == '?' || c == '{';
    }

    /** Something with all that repeats it; a place cannot be repeated. */
    private void piece(char c, int depth) throws PatternException {
        int start = java.length();
        if (c == '^' || c == '$') {
            java.append(c == '^' ? "\\A" : "\\z");
            at++;
            return;
        }
        boolean place = atom(c, depth);
        while (!place && at < pattern.length() && isRepeat(pattern.charAt(at))) {
            java.insert(start, "(?:").append(')').append(repeat());
        }
    }

    /** Returns whether it is a place instead of text. */
    private boolean atom(char c, int depth) throws PatternException {
        switch (c) {
            case '(' -> group(depth);
            case '[' -> {
                BracketSet.Read set = BracketSet.read(pattern, at, ignoreCase);
                java.append(set.java());
                at = set.end();
            }
            case '.' -> {
                java.append('.');
                at++;
            }
            case '\\' -> {
                return escape();
            }
            default -> {
                literal(c);
                at++;
            }
        }
        return false;
    }

    private void group(int depth) throws PatternException {
        at++;
        int number = ++groups;
        java.append('(');
        alternatives(depth + 1);
        at++;
        java.append(')');
        completeGroups.set(number);
    }

    private boolean escape() throws PatternException {
        if (at + 1 >= pattern.length()) {
            throw new PatternException("\\ at the end");
        }
        char c = pattern.charAt(at + 1);
        at += 2;
        switch (c) {
            case 'w' -> java.append(WORD);
            case 'W' -> java.append(NOT_WORD);
            case 's' -> java.append(SPACE);
            case 'S' -> java.append(NOT_SPACE);
            case 'b' -> java.append("(?:(?<=" + WORD + ")(?!" + WORD + ")|(?<!" + WORD + ")(?=" + WORD + "))");
            case 'B' -> java.append("(?:(?<=" + WORD + ")(?=" + WORD + ")|(?<!" + WORD + ")(?!" + WORD + "))");
            case '<' -> java.append("(?:(?<!" + WORD + ")(?=" + WORD + "))");
            case '>' -> java.append("(?:(?<=" + WORD + ")(?!" + WORD + "))");
            case '`' -> java.append("\\A");
            case '\'' -> java.append("\\z");
            default -> {
                if (c >= '1' && c <= '9') {
                    reference(c - '0');
                } else {
                    literal(c);
                }
                return false;
            }
        }
        return "bB<>`'".indexOf(c) >= 0;
    }

    private void reference(int group) throws PatternException {
        if (!completeGroups.get(group)) {
            throw new PatternException("\\" + group + ": no such group before it");
        }
        java.append("(?:\\").append(group).append(')');
    }

    private void literal(char c) {
        if (META.indexOf(c) >= 0) {
            java.append('\\');
        }
        java.append(c);
    }

    /** What repeats the text before: {@code * + ?} or an interval; greedy, whatever follows. */
    private String repeat() throws PatternException {
        char c = pattern.charAt(at++);
        return c == '{' ? interval() : String.valueOf(c);
    }

    private String interval() throws PatternException {
        int end = pattern.indexOf('}', at);
        if (end < 0) {
            throw new PatternException("{ without }");
        }
        String inside = pattern.substring(at, end);
        at = end + 1;
        int comma = inside.indexOf(',');
        int least = number(comma < 0 ? inside : inside.substring(0, comma), 0);
        int most = comma < 0 ? least : number(inside.substring(comma + 1), -1);
        if (inside.isEmpty() || (most >= 0 && most < least)) {
            throw new PatternException("{" + inside + "}: no interval");
        }
        return "{" + least + (comma < 0 ? "" : "," + (most < 0 ? "" : most)) + "}";
    }

    private static int number(String digits, int none) throws PatternException {
        if (digits.isEmpty()) {
            return none;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9' || value > MAX_REPEAT) {
                throw new PatternException("{" + digits + ": no number");
            }
            value = value * 10 + c - '0';
        }
        if (value > MAX_REPEAT) {
            throw new PatternException("{" + digits + ": too many");
        }
        return value;
    }
}
