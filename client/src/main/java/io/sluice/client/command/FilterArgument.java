package io.sluice.client.command;

/**
 * A rule of the command line, not yet parsed.
 *
 * @param text one character per byte: the rule, the pattern, or the name of a file
 */
public record FilterArgument(Kind kind, String text) {
    /** The option that it came with. */
    public enum Kind {
        FILTER,
        EXCLUDE,
        INCLUDE,
        EXCLUDE_FROM,
        INCLUDE_FROM
    }
}
