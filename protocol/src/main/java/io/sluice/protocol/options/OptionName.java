package io.sluice.protocol.options;

/**
 * One spelling of an option that rsync knows.
 *
 * @param name the long name, without dashes; "" for an option that has a letter only
 * @param letter the short name, or 0
 * @param argument what follows
 * @param canonical the name of the option that this is another spelling of, or its own
 */
record OptionName(String name, char letter, Argument argument, String canonical) {
    /** What an option takes. */
    enum Argument {
        NONE,
        TEXT,
        NUMBER
    }

    /** Returns the option as rsync's messages write it: {@code --compress (-z)}. */
    String display() {
        if (name.isEmpty()) {
            return "-" + letter;
        }
        return letter == 0 ? "--" + name : "--" + name + " (-" + letter + ")";
    }
}
