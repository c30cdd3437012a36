package io.sluice.protocol.filter;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.RuleException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.RuleContext.Syntax;
import io.sluice.protocol.filter.RuleToken.Kind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/**
 * Reads rules from a text (rsync(1), FILTER RULES).
 *
 * <pre>
 *   NAME[,MODIFIERS] PATTERN      exclude,p *.tmp
 *   LETTER[,][MODIFIERS] PATTERN  -p *.tmp        (an underscore may stand for the space)
 * </pre>
 */
final class RuleScanner {
    private static final Map<String, Character> NAMES = Map.of(
            "clear", '!',
            "dir-merge", ':',
            "exclude", '-',
            "hide", 'H',
            "include", '+',
            "merge", '.',
            "protect", 'P',
            "risk", 'R',
            "show", 'S');

    private final byte[] text;
    private final RuleContext context;
    private int at;
    private int begin;

    RuleScanner(byte[] text, RuleContext context) {
        this.text = text;
        this.context = context;
    }

    /**
     * Returns the next rule, or nothing at the text's end.
     *
     * @throws TransferException with code 1 if it makes no sense
     */
    Optional<RuleToken> next() throws TransferException {
        if (context.has(Modifier.WORDS)) {
            while (at < text.length && isSpace(text[at])) {
                at++;
            }
        }
        if (at == text.length) {
            return Optional.empty();
        }
        begin = at;
        EnumSet<Modifier> modifiers = inherited();
        Kind kind;
        boolean clearIfAlone = false;
        if (context.has(Modifier.PATTERNS)) {
            kind = Kind.PATTERN;
            clearIfAlone = text[at] == '!' && context.has(Modifier.CVS);
        } else if (context.syntax() == Syntax.SIMPLE) {
            kind = Kind.PATTERN;
            clearIfAlone = text[at] == '!';
            simplePrefix(modifiers);
        } else {
            kind = fullPrefix(modifiers);
        }
        inheritSides(modifiers);
        int from = at;
        at = end();
        if (clearIfAlone && at - from == 1) {
            kind = Kind.CLEAR;
        }
        check(kind, modifiers, from, clearIfAlone);
        return Optional.of(new RuleToken(kind, modifiers, from, at));
    }

    private void check(Kind kind, EnumSet<Modifier> modifiers, int from, boolean aloneIsClear)
            throws TransferException {
        if (kind == Kind.CLEAR) {
            if (!aloneIsClear && at > from) {
                throw fail("'!' rule has trailing characters");
            }
        } else if (at == from && !modifiers.contains(Modifier.CVS)) {
            throw fail("unexpected end of filter rule");
        }
    }

    private EnumSet<Modifier> inherited() {
        EnumSet<Modifier> modifiers = EnumSet.of(Modifier.ABSOLUTE, Modifier.INCLUDE, Modifier.PERISHABLE);
        modifiers.retainAll(context.inherited());
        return modifiers;
    }

    private void inheritSides(EnumSet<Modifier> modifiers) throws TransferException {
        EnumSet<Modifier> sides = EnumSet.of(Modifier.SENDER, Modifier.RECEIVER);
        sides.retainAll(context.inherited());
        if (sides.isEmpty()) {
            return;
        }
        if (modifiers.contains(Modifier.SENDER) || modifiers.contains(Modifier.RECEIVER)) {
            throw fail("specified-side merge file contains specified-side filter");
        }
        modifiers.addAll(sides);
    }

    private void simplePrefix(EnumSet<Modifier> modifiers) {
        if (at + 1 < text.length && text[at + 1] == ' ') {
            if (text[at] == '-') {
                modifiers.remove(Modifier.INCLUDE);
                at += 2;
            } else if (text[at] == '+') {
                modifiers.add(Modifier.INCLUDE);
                at += 2;
            }
        }
    }

    /** Reads name or letter, modifiers and the one separator. */
    private Kind fullPrefix(EnumSet<Modifier> modifiers) throws TransferException {
        char letter = letter();
        boolean saysSide = "HSPR".indexOf(letter) >= 0;
        if (letter == '+' || letter == 'S' || letter == 'R') {
            modifiers.add(Modifier.INCLUDE);
        }
        if (letter == 'H' || letter == 'S') {
            modifiers.add(Modifier.SENDER);
        } else if (saysSide) {
            modifiers.add(Modifier.RECEIVER);
        }
        Kind kind = switch (letter) {
            case '+', '-', 'H', 'S', 'P', 'R' -> Kind.PATTERN;
            case '.' -> Kind.MERGE;
            case ':' -> Kind.DIR_MERGE;
            case '!' -> Kind.CLEAR;
            default -> throw fail("Unknown filter rule");
        };
        while (kind != Kind.CLEAR && at < text.length && text[at] != ' ' && text[at] != '_') {
            if (context.has(Modifier.WORDS) && isSpace(text[at])) {
                return kind;
            }
            modifier(text[at], kind, saysSide, modifiers);
            at++;
        }
        boolean fileOfWords =
                context.has(Modifier.WORDS) && context.origin().isFile(); // there a space always ends the rule
        if (kind != Kind.CLEAR && at < text.length && !(fileOfWords && isSpace(text[at]))) {
            at++;
        }
        return kind;
    }

    private char letter() throws TransferException {
        int from = at;
        if (text[at] >= 'a' && text[at] <= 'z') {
            while (at < text.length && ((text[at] >= 'a' && text[at] <= 'z') || text[at] == '-')) {
                at++;
            }
            Character letter = NAMES.get(new String(text, from, at - from, StandardCharsets.US_ASCII));
            boolean ends = at == text.length || text[at] == ',' || text[at] == '_' || isSpace(text[at]);
            if (letter == null || !ends) {
                throw fail("Unknown filter rule");
            }
            skipComma();
            return letter;
        }
        at++;
        skipComma();
        return (char) (text[from] & 0xFF);
    }

    private void skipComma() {
        if (at < text.length && text[at] == ',') {
            at++;
        }
    }

    private void modifier(byte given, Kind kind, boolean saysSide, EnumSet<Modifier> modifiers)
            throws TransferException {
        boolean merge = kind != Kind.PATTERN;
        boolean patterns = modifiers.contains(Modifier.PATTERNS);
        boolean valid = switch (given) {
            case '-' -> merge && !patterns && modifiers.add(Modifier.PATTERNS);
            case '+' -> merge && !patterns && modifiers.add(Modifier.PATTERNS) && add(modifiers, Modifier.INCLUDE);
            case '/' -> add(modifiers, Modifier.ABSOLUTE);
            case '!' -> !merge && add(modifiers, Modifier.NEGATED);
            case 'C' ->
                !patterns
                        && !saysSide
                        && add(modifiers, Modifier.PATTERNS)
                        && add(modifiers, Modifier.WORDS)
                        && add(modifiers, Modifier.NO_INHERIT)
                        && add(modifiers, Modifier.CVS);
            case 'e' -> merge && add(modifiers, Modifier.EXCLUDE_SELF);
            case 'n' -> merge && add(modifiers, Modifier.NO_INHERIT);
            case 'w' -> merge && add(modifiers, Modifier.WORDS);
            case 'p' -> add(modifiers, Modifier.PERISHABLE);
            case 'r' -> !saysSide && add(modifiers, Modifier.RECEIVER);
            case 's' -> !saysSide && add(modifiers, Modifier.SENDER);
            case 'x' -> add(modifiers, Modifier.XATTR);
            default -> false;
        };
        if (!valid) {
            String where =
                    context.origin().isFile() ? "" : " '" + (char) (given & 0xFF) + "' at position " + (at - begin);
            throw fail("invalid modifier" + where + " in filter rule");
        }
    }

    /** Adds a modifier, which is never wrong to say twice. */
    private static boolean add(EnumSet<Modifier> modifiers, Modifier modifier) {
        modifiers.add(modifier);
        return true;
    }

    private int end() {
        if (!context.has(Modifier.WORDS)) {
            return text.length;
        }
        int end = at;
        while (end < text.length && !isSpace(text[end])) {
            end++;
        }
        return end;
    }

    static boolean isSpace(byte c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private TransferException fail(String what) {
        String rule = context.origin().shown(new String(text, begin, text.length - begin, StandardCharsets.UTF_8));
        return new RuleException(ExitCode.SYNTAX, what + ": " + rule);
    }
}
