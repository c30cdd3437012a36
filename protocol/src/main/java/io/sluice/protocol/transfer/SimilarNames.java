package io.sluice.protocol.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How unlike two file names are ({@code --fuzzy}): the least number of characters to insert, delete and replace, in units; of equally many the changes between
 * characters that are nearer to each other count less. A different suffix counts ten times as much.
 */
final class SimilarNames {
    /** One changed character. */
    static final long UNIT = 1 << 16;

    private static final int SUFFIX_WEIGHT = 10;
    private static final String[] BACKUP_SUFFIXES = {".bak", ".old", ".orig"};

    private final byte[] name;
    private final byte[] suffix;

    SimilarNames(byte[] name) {
        this.name = name;
        this.suffix = suffix(name);
    }

    /** Returns how unlike {@code other} is, or {@link Long#MAX_VALUE} if it is certainly more than {@code limit}. */
    long distance(byte[] other, long limit) {
        if (Math.abs(name.length - other.length) * UNIT > limit) {
            return Long.MAX_VALUE;
        }
        return edits(other, name) + edits(suffix(other), suffix) * SUFFIX_WEIGHT;
    }

    private static long edits(byte[] from, byte[] to) {
        long[] row = new long[to.length + 1];
        for (int column = 1; column < row.length; column++) {
            row[column] = row[column - 1] + cost(to[column - 1]);
        }
        for (byte octet : from) {
            long diagonal = row[0];
            row[0] += cost(octet);
            for (int column = 1; column < row.length; column++) {
                byte wanted = to[column - 1];
                long replaced = diagonal + (octet == wanted ? 0 : cost(octet, wanted));
                diagonal = row[column];
                row[column] = Math.min(replaced, Math.min(diagonal + cost(octet), row[column - 1] + cost(wanted)));
            }
        }
        return row[to.length];
    }

    private static long cost(byte octet) {
        return UNIT + Byte.toUnsignedInt(octet);
    }

    private static long cost(byte octet, byte other) {
        return UNIT + Math.abs(Byte.toUnsignedInt(octet) - Byte.toUnsignedInt(other));
    }

    /** The part from the last dot that tells something: not that of a backup, nor a number if there is a better one before it. */
    static byte[] suffix(byte[] name) {
        int start = 0;
        int end = name.length;
        while (start < end && name[start] == '.') {
            start++;
        }
        boolean tilde = end - start > 1 && name[end - 1] == '~';
        if (tilde) {
            end--;
        }
        byte[] number = {};
        for (int dot = lastDot(name, start, end); dot > start; dot = lastDot(name, start, end)) {
            byte[] part = Arrays.copyOfRange(name, dot, end);
            end = dot;
            if (isBackup(part, tilde)) {
                continue;
            }
            if (!isNumber(part)) {
                return part;
            }
            number = part;
        }
        return number;
    }

    private static int lastDot(byte[] name, int start, int end) {
        int at = end - 1;
        while (at > start && name[at] != '.') {
            at--;
        }
        return at;
    }

    private static boolean isBackup(byte[] part, boolean tilde) {
        String text = new String(part, StandardCharsets.ISO_8859_1);
        return Arrays.asList(BACKUP_SUFFIXES).contains(text)
                || (tilde && part.length > 2 && part[1] == '~' && Character.isDigit(part[2]));
    }

    private static boolean isNumber(byte[] part) {
        for (int at = 1; at < part.length; at++) {
            if (part[at] < '0' || part[at] > '9') {
                return false;
            }
        }
        return part.length > 1;
    }
}
