package io.sluice.protocol.options;

import java.util.OptionalLong;

/**
 * Which files are in the list.
 *
 * @param recurse {@code -r}
 * @param directories {@code -d}: directories without their content (also set, as rsync does, by {@code -r}, list-only and files-from)
 * @param relative {@code -R}
 * @param impliedDirs {@code --implied-dirs}, on unless {@code --no-implied-dirs}
 * @param oneFileSystem {@code -x} given once, or 2 for twice
 * @param filesFrom names come from a list that the sender reads, one a line or NUL-terminated
 * @param filesFromPath the list's file where the options do not say {@code -}: to format, on the peer; parsed, on this end, which opens it; else empty
 * @param from0 lists of names and rules end each entry with NUL
 * @param missingArgs what to do with a source argument that does not exist
 * @param maxSize {@code --max-size} in bytes
 * @param minSize {@code --min-size} in bytes
 * @param pruneEmptyDirs {@code -m}
 * @param listOnly {@code --list-only}, or no destination given
 * @param listImplied {@code listOnly} because no destination was given: the peer is not told
 * @param cvsExclude {@code -C}; its rules are in the filter lists, and this tells the peer to have them too
 * @param copyDevices {@code --copy-devices}: a device is sent as a file with its content
 * @param trustSender {@code --trust-sender}: names that were not asked for are accepted
 * @param skipUnreadable what may not be read is not there; no option, but what a daemon says of a module ({@code ignore nonreadable})
 * @param iconv {@code --iconv}: the charset of this end's names, {@code .} for the locale's, or both ends' with a comma between; empty: names are bytes
 * @param incrementalRecursion {@code --inc-recursive}, on unless {@code --no-inc-recursive}
 */
public record SelectionOptions(
        boolean recurse,
        boolean directories,
        boolean relative,
        boolean impliedDirs,
        int oneFileSystem,
        FilesFrom filesFrom,
        String filesFromPath,
        boolean from0,
        MissingArgs missingArgs,
        OptionalLong maxSize,
        OptionalLong minSize,
        boolean pruneEmptyDirs,
        boolean listOnly,
        boolean listImplied,
        boolean cvsExclude,
        boolean copyDevices,
        boolean trustSender,
        boolean skipUnreadable,
        String iconv,
        boolean incrementalRecursion) {
    /** Nothing asked for. */
    public static final SelectionOptions DEFAULT = new DraftRecords(new OptionDraft()).selection();

    public SelectionOptions {
        directories |= recurse || listOnly || filesFrom != FilesFrom.NONE;
    }

    /** Where a {@code --files-from} list is. */
    public enum FilesFrom {
        NONE,
        /** This end opens it (the caller hands its bytes to the sending side). */
        LOCAL,
        /** The peer sends it, NUL-terminated, on the protocol stream before the file list. */
        PEER
    }

    /** {@code --ignore-missing-args}, {@code --delete-missing-args}. */
    public enum MissingArgs {
        ERROR,
        IGNORE,
        DELETE
    }
}
