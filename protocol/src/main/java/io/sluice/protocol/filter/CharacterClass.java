package io.sluice.protocol.filter;

/** The named classes of a pattern's set, such as {@code [:alpha:]}, for single ASCII bytes. Bytes above 127 are in none. */
enum CharacterClass {
    ALNUM,
    ALPHA,
    BLANK,
    CNTRL,
    DIGIT,
    GRAPH,
    LOWER,
    PRINT,
    PUNCT,
    SPACE,
    UPPER,
    XDIGIT;

    private static final CharacterClass[] ALL = values();

    /** Returns 1 if {@code value} is in the class that the pattern names from {@code from} to {@code to}, 0 if not, -1 for no such class. */
    static int contains(byte[] pattern, int from, int to, int value) {
        for (CharacterClass candidate : ALL) {
            if (candidate.isNamed(pattern, from, to)) {
                return candidate.contains(value) ? 1 : 0;
            }
        }
        return -1;
    }

    private boolean isNamed(byte[] pattern, int from, int to) {
        String name = name();
        if (name.length() != to - from) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (pattern[from + i] != name.charAt(i) + ('a' - 'A')) {
                return false;
            }
        }
        return true;
    }

    private boolean contains(int c) {
        return switch (this) {
            case ALNUM -> isAlpha(c) || isDigit(c);
            case ALPHA -> isAlpha(c);
            case BLANK -> c == ' ' || c == '\t';
            case CNTRL -> c < ' ' || c == 127;
            case DIGIT -> isDigit(c);
            case GRAPH -> c > ' ' && c < 127;
            case LOWER -> c >= 'a' && c <= 'z';
            case PRINT -> c >= ' ' && c < 127;
            case PUNCT -> c > ' ' && c < 127 && !isAlpha(c) && !isDigit(c);
            case SPACE -> c == ' ' || (c >= '\t' && c <= '\r');
            case UPPER -> c >= 'A' && c <= 'Z';
            case XDIGIT -> isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        };
    }

    private static boolean isAlpha(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
