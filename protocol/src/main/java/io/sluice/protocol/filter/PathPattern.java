package io.sluice.protocol.filter;

import java.util.Arrays;

/**
 * A rule's pattern, with what is known about it before any path is seen (rsync(1), PATTERN MATCHING RULES). Without a slash and {@code **} it is
 * compared with a path's last component; otherwise with the path, from its start if the pattern begins with a slash, else with as many of the
 * last components as it has itself, or after each slash if it has a {@code **}.
 */
final class PathPattern {
    private enum Place {
        /** The last component alone. */
        COMPONENT,
        /** From the path's start. */
        START,
        /** The last components, {@link #components} of them. */
        TAIL,
        /** From the start or after any slash. */
        ANY
    }

    private final byte[] pattern;
    private final boolean wild;
    private final boolean slashInFront;
    private final boolean slashBehindDirectory;
    private final Place place;
    private final int components;
    private final byte[] literalComponent;
    private final int literalTail;

    PathPattern(byte[] text) {
        boolean anchored = text.length > 0 && text[0] == '/';
        int any = indexOfAny(text);
        int slashes = count(text, '/');
        pattern = anchored ? Arrays.copyOfRange(text, 1, text.length) : text;
        wild = indexOfWild(text) >= 0;
        slashInFront = any == 0;
        slashBehindDirectory = any >= 0 && text.length >= 3 && endsWithThreeStars(text);
        components = slashes + 1;
        if (slashes == 0 && any < 0) {
            place = Place.COMPONENT;
        } else if (anchored || slashInFront) {
            place = Place.START;
        } else {
            place = any < 0 ? Place.TAIL : Place.ANY;
        }
        literalComponent = literalComponent(pattern, wild);
        literalTail = wild ? literalTail(pattern) : 0;
    }

    /** Returns what the last component of every path that matches must be, or an empty array if that is not known. */
    byte[] literalComponent() {
        return literalComponent;
    }

    /** Returns the byte, 0–255, that every path that matches must end with, or -1 if that is not known. */
    int lastByte() {
        boolean known = pattern.length > 0 && (literalTail > 0 || !wild);
        return known ? pattern[pattern.length - 1] & 0xFF : -1;
    }

    /** Returns the byte, 0–255, that the last component of every path that matches must begin with, or -1 if that is not known. */
    int firstByteOfComponent() {
        boolean known =
                place == Place.COMPONENT && pattern.length > 0 && !(wild && (isWild(pattern[0]) || pattern[0] == '\\'));
        return known ? pattern[0] & 0xFF : -1;
    }

    /**
     * Returns true if the path matches.
     *
     * @param firstByte where the text that counts begins: the path's start, the absolute path's, or that of a directory which the pattern is anchored at
     */
    boolean matches(PathText path, int firstByte) {
        int from = slashInFront && firstByte == path.start
                ? firstByte - 1
                : firstByte; // "**/x" matches an x at the top too
        byte[] bytes = path.bytes;
        int end = path.end;
        if (literalTail > 0 && !hasTail(bytes, from, end)) {
            return false;
        }
        if (slashBehindDirectory && path.directory) {
            end++;
        }
        return switch (place) {
            case COMPONENT -> matches(bytes, path.lastComponent, end);
            case START -> matches(bytes, from, end);
            case TAIL -> {
                int tail = startOfTail(bytes, from, end);
                yield tail >= 0 && matches(bytes, tail, end);
            }
            case ANY -> matchesAnywhere(bytes, from, end);
        };
    }

    private boolean matches(byte[] bytes, int from, int to) {
        if (wild) {
            return WildMatch.match(pattern, bytes, from, to) == WildMatch.MATCH;
        }
        return Arrays.equals(pattern, 0, pattern.length, bytes, from, to);
    }

    private boolean matchesAnywhere(byte[] bytes, int from, int end) {
        int outcome = WildMatch.match(pattern, bytes, from, end);
        for (int i = from; i < end && outcome == WildMatch.MISMATCH; i++) {
            if (bytes[i] == '/') {
                outcome = WildMatch.match(pattern, bytes, i + 1, end);
            }
        }
        return outcome == WildMatch.MATCH;
    }

    /** Returns where the last {@link #components} components begin, or -1 if there are fewer. */
    private int startOfTail(byte[] bytes, int from, int end) {
        int left = components;
        for (int i = end - 1; i >= from; i--) {
            if (bytes[i] == '/' && --left == 0) {
                return i + 1;
            }
        }
        return left == 1 ? from : -1;
    }

    private boolean hasTail(byte[] bytes, int from, int end) {
        int length = pattern.length;
        return end - from >= literalTail
                && Arrays.equals(pattern, length - literalTail, length, bytes, end - literalTail, end);
    }

    private static boolean endsWithThreeStars(byte[] text) {
        int n = text.length;
        return text[n - 1] == '*' && text[n - 2] == '*' && text[n - 3] == '*';
    }

    /** Returns the length of what follows the last wildcard, or 0 if a backslash makes that hard to tell. */
    private static int literalTail(byte[] pattern) {
        int at = pattern.length;
        while (at > 0 && pattern[at - 1] != ']' && !isWild(pattern[at - 1])) {
            if (pattern[at - 1] == '\\') {
                return 0;
            }
            at--;
        }
        return pattern.length - at;
    }

    private static byte[] literalComponent(byte[] pattern, boolean wild) {
        int at = pattern.length;
        while (at > 0 && pattern[at - 1] != '/') {
            at--;
            if (wild && (isWild(pattern[at]) || pattern[at] == ']' || pattern[at] == '\\')) {
                return new byte[0];
            }
        }
        return Arrays.copyOfRange(pattern, at, pattern.length);
    }

    private static boolean isWild(byte c) {
        return c == '*' || c == '?' || c == '[';
    }

    private static int indexOfWild(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (isWild(text[i])) {
                return i;
            }
        }
        return -1;
    }

    private static int indexOfAny(byte[] text) {
        for (int i = 0; i + 1 < text.length; i++) {
            if (text[i] == '*' && text[i + 1] == '*') {
                return i;
            }
        }
        return -1;
    }

    private static int count(byte[] text, int wanted) {
        int count = 0;
        for (byte c : text) {
            if (c == wanted) {
                count++;
            }
        }
        return count;
    }
}
