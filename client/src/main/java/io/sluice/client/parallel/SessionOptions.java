package io.sluice.client.parallel;

import io.sluice.protocol.options.BasisOptions;
import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import java.util.OptionalInt;

/** What the sessions before the last one do: only what the last one would do, and never a deletion. */
final class SessionOptions {
    private static final int LEAST_BANDWIDTH = 1024;

    private SessionOptions() {}

    /** The whole transfer, told but not done. */
    static TransferOptions plan(TransferOptions options) {
        return options.edit(draft -> {
            withoutRemoving(draft);
            draft.dryRun = true;
            boolean basis = draft.basisKind != BasisOptions.Kind.NONE;
            draft.itemize = basis ? 2 : 1; // a missing directory that a basis has an equal one of is no news otherwise
        });
    }

    /** Just the entries that are named: no directories that lead to them, nothing below them. */
    static TransferOptions named(TransferOptions options, int connections) {
        return options.edit(draft -> {
            withoutRemoving(draft);
            draft.filesFrom = FilesFrom.LOCAL;
            draft.filesFromPath = "";
            draft.from0 = true;
            draft.relative = true;
            draft.impliedDirs = false; // they are there, and belong to all sessions
            draft.recurse = false;
            draft.directories = true;
            draft.pruneEmptyDirs = false;
            draft.hardLinks = 0; // the last session links what has arrived
            draft.cvsExclude = false;
            if (draft.bandwidth > 0) {
                draft.bandwidth = Math.max(LEAST_BANDWIDTH, draft.bandwidth / connections);
            }
        });
    }

    /** The same with the directories that lead to them. */
    static TransferOptions withParents(TransferOptions named) {
        return named.edit(draft -> draft.impliedDirs = true);
    }

    private static void withoutRemoving(OptionDraft draft) {
        draft.delete = false;
        draft.deleteBefore = false;
        draft.deleteAfter = false;
        draft.deleteDuring = Mode.NONE;
        draft.deleteExcluded = false;
        draft.force = false;
        draft.maxDelete = OptionalInt.empty();
        draft.removeSourceFiles = false;
        draft.missingArgs = MissingArgs.IGNORE;
        draft.verbosity = 0;
        draft.itemize = 1;
        draft.stats = false;
        draft.progress = 0;
        draft.info.clear();
        draft.debug.clear();
    }
}
