package io.sluice.protocol.options;

/**
 * What becomes of a file that is replaced or deleted.
 *
 * @param enabled {@code -b}
 * @param directory {@code --backup-dir}, one character per byte; empty: beside the file
 * @param suffix {@code --suffix}; {@code ~} unless there is a directory
 */
public record BackupOptions(boolean enabled, String directory, String suffix) {
    /** The suffix of a backup beside its file. */
    public static final String DEFAULT_SUFFIX = "~";

    /** It is gone. */
    public static final BackupOptions DEFAULT = new BackupOptions(false, "", DEFAULT_SUFFIX);

    /** Returns the suffix that counts when none is given. */
    public static String defaultSuffix(String directory) {
        return directory.isEmpty() ? DEFAULT_SUFFIX : "";
    }
}
