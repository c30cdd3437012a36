package io.sluice.protocol.config;

/**
 * Something that is wrong in a configuration, or may be.
 *
 * @param file it stands in
 * @param line from 1
 * @param text what it is, in rsync's words where it has some
 */
public record Finding(Severity severity, String file, int line, String text) {
    /** How much it matters. */
    public enum Severity {
        /** It cannot be used as it stands, or a part of it cannot. */
        ERROR,
        /** It works, though perhaps not as it was meant. */
        WARNING
    }

    /** {@code file:line: error: text}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + (severity == Severity.ERROR ? "error: " : "warning: ") + text;
    }
}
