package io.sluice.daemon.config;

import io.sluice.protocol.config.Parameter;
import java.util.OptionalInt;

/** Values of parameters that are yes, no, or perhaps unset, and of those that are numbers, as rsync takes them. */
final class Flags {
    private Flags() {}

    static boolean isFlag(String text, boolean orUnset) {
        return switch (Parameter.key(text)) {
            case "yes", "true", "1", "no", "false", "0" -> true;
            case "unset", "-1" -> orUnset;
            default -> false;
        };
    }

    /** Of a text that {@link #isFlag}. */
    static OptionalInt value(String text) {
        return switch (Parameter.key(text)) {
            case "yes", "true", "1" -> OptionalInt.of(1);
            case "unset", "-1" -> OptionalInt.empty();
            default -> OptionalInt.of(0);
        };
    }

    /** Whether all of a text is a number. */
    static boolean isNumber(String text) {
        return text.strip().matches("[+-]?[0-9]+");
    }

    /** The number that {@code text} begins with, 0 if that is none: C's {@code atoi}. */
    static int number(String text) {
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || (at < text.length() && text.charAt(at) == '+')) {
            at++;
        }
        long value = 0;
        boolean tooLarge = false;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            int digit = text.charAt(at++) - '0';
            tooLarge |= value > (Long.MAX_VALUE - digit) / 10;
            value = tooLarge ? Long.MAX_VALUE : value * 10 + digit;
        }
        if (tooLarge) {
            return (int) (negative ? Long.MIN_VALUE : Long.MAX_VALUE);
        }
        return (int) (negative ? -value : value);
    }
}
