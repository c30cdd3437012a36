package io.sluice.protocol.filter;

/**
 * Where a rule's text stands, as messages say it. The text of a file is never shown: who may name the file need not be who may read it. Nor is the name of
 * a file that a rule in another file names.
 *
 * @param where "" if the text is an argument
 * @param numbered {@code where} is a file whose lines can be told
 */
record RuleOrigin(String where, boolean numbered) {
    /** An option, or a parameter of the configuration. */
    static final RuleOrigin ARGUMENT = new RuleOrigin("", false);
    /** A file that an earlier file named. */
    static final RuleOrigin FORGOTTEN = new RuleOrigin("a file read earlier", false);

    /** Returns the origin of what is in a file that an argument names. */
    static RuleOrigin ofFile(String name) {
        return new RuleOrigin(name, true);
    }

    boolean isFile() {
        return !where.isEmpty();
    }

    /** Returns the origin of a line; words of a file are not counted. */
    RuleOrigin atLine(int line) {
        return numbered ? new RuleOrigin(where + " line " + line, true) : this;
    }

    /** Returns the origin of what is in the file {@code name}, which a rule of this origin names. */
    RuleOrigin ofFileNamedHere(String name) {
        return isFile() ? new RuleOrigin("a file named at " + where, false) : ofFile(name);
    }

    /** Returns what is shown of {@code text}, which stands here. */
    String shown(String text) {
        return isFile() ? "<rule from " + where + ">" : text;
    }
}
