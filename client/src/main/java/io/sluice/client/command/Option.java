package io.sluice.client.command;

/**
 * One option of rsync's command line.
 *
 * @param name after two dashes, or empty
 * @param letter after one dash, or 0
 * @param kind what it does
 * @param setting what {@link Kind#SET}, {@link Kind#BIT}, {@link Kind#COUNT}, {@link Kind#NUMBER} and {@link Kind#TEXT} change
 * @param value what SET and BIT put there
 */
record Option(String name, char letter, Kind kind, Setting setting, int value) {
    /** What an option does, and whether it takes an argument. */
    enum Kind {
        /** Sets a number. */
        SET(false),
        /** Sets bits of a number. */
        BIT(false),
        /** Adds one. */
        COUNT(false),
        /** Takes a number. */
        NUMBER(true),
        /** Takes a text; the last one counts. */
        TEXT(true),
        /** Several settings at once, or a rule: {@link OptionValues} knows it by name. */
        ACTION(false),
        /** As ACTION, with an argument. */
        ACTION_TEXT(true),
        /** Says that this is a daemon's command line, which is read anew. */
        DAEMON(false),
        /** Known to rsync and not to us: refused by name. */
        UNAVAILABLE(false);

        private final boolean takesArgument;

        Kind(boolean takesArgument) {
            this.takesArgument = takesArgument;
        }

        boolean takesArgument() {
            return takesArgument;
        }
    }
}
