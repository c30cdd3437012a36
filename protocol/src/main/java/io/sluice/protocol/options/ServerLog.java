package io.sluice.protocol.options;

/**
 * The log that a client lets a server keep where it is: {@code --log-file} and {@code --log-file-format} of {@code --remote-option}.
 *
 * @param file one character per byte; empty: none
 * @param format of an item's line; empty: rsync's default
 */
public record ServerLog(String file, String format) {
    /** No log. */
    public static final ServerLog NONE = new ServerLog("", "");
}
