package io.sluice.protocol.options;

/**
 * A filter rule of a command line, not yet parsed.
 *
 * @param text one character per byte: the rule, the pattern, or the name of a file
 */
public record RuleArgument(Kind kind, String text) {
    /** The option that it came with. */
    public enum Kind {
        FILTER,
        EXCLUDE,
        INCLUDE,
        EXCLUDE_FROM,
        INCLUDE_FROM
    }
}
