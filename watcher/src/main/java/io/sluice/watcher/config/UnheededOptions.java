package io.sluice.watcher.config;

import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.SymlinkOptions;
import io.sluice.protocol.options.TransferOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Options of rsync that a mirror does not heed, since which files are in a session, and what is deleted, is its own affair,
 * or can heed only in part; each with what to do instead.
 */
final class UnheededOptions {
    private final List<String> texts = new ArrayList<>();

    private UnheededOptions() {}

    /**
     * Finds them.
     *
     * @param together whether replicas switch together, which leaves no choice of when to delete
     */
    static List<String> among(MirrorOptions options, boolean together) {
        TransferOptions transfer = options.transfer();
        SelectionOptions selection = transfer.selection();
        UnheededOptions found = new UnheededOptions();
        found.add(!selection.recurse(), "--no-recursive", "expected: exclude = /*/ for the top alone");
        found.add(selection.relative(), "--relative", "expected: the whole place in replicas");
        found.add(!selection.impliedDirs(), "--no-implied-dirs", "expected: none");
        found.add(selection.from0(), "--from0", "expected: none; a mirror makes its own lists");
        found.add(selection.pruneEmptyDirs(), "--prune-empty-dirs", "expected: exclude, for what is not to be there");
        found.add(
                selection.listOnly() && !selection.listImplied(),
                "--list-only",
                "expected: none; a mirror always acts");
        found.add(
                selection.missingArgs() != MissingArgs.ERROR,
                selection.missingArgs() == MissingArgs.DELETE ? "--delete-missing-args" : "--ignore-missing-args",
                "expected: none; what is gone is deleted");
        Mode mode = transfer.deletion().mode();
        found.add(
                together && mode != Mode.NONE && mode != Mode.PLAIN && mode != Mode.AFTER,
                "--delete-" + mode.toString().toLowerCase(Locale.ROOT),
                "expected: none beside publish = together, which deletes last");
        found.add(options.passwordFile().isPresent(), "--password-file", "expected: password file = FILE");
        found.addFollowed(transfer.preservation().symlinks());
        return found.texts;
    }

    /** What changes where a symlink leads to has an event by its own name at most, and none by the link's. */
    private void addFollowed(SymlinkOptions links) {
        addFollowed(links.copyAll(), "--copy-links");
        addFollowed(links.copyUnsafe(), "--copy-unsafe-links");
        addFollowed(links.copyDirectoryLinks(), "--copy-dirlinks");
    }

    private void addFollowed(boolean given, String option) {
        if (given) {
            texts.add("options: " + option + ": of a change where a symlink leads to nothing tells (expected: none, or"
                    + " verify interval, which finds it)");
        }
    }

    private void add(boolean given, String option, String instead) {
        if (given) {
            texts.add("options: " + option + ": it does not count (" + instead + ")");
        }
    }
}
