package io.sluice.watcher.heal;

import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.ReportingOptions.OutFormat;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.watcher.mirror.MirrorConfiguration;
import java.util.OptionalInt;

/**
 * The sessions of a comparison, as options of rsync(1) beside those of the section:
 *
 * <pre>
 * whole      -rcni --delete                                                       the whole source
 * named      -dRcni --files-from=- --from0 --delete --delete-missing-args          just these names
 * repairing  -dRci --files-from=- --from0 --delete --delete-missing-args           just these names, for good
 * </pre>
 */
final class SessionOptions {
    /** Reading a large file for its checksum is silent work. */
    private static final int LEAST_TIMEOUT_SECONDS = 600;

    private SessionOptions() {}

    static TransferOptions whole(MirrorConfiguration configuration) {
        return comparing(configuration).edit(draft -> {
            draft.recurse = true;
            draft.relative = false;
            draft.filesFrom = FilesFrom.NONE;
            draft.from0 = false;
            draft.missingArgs = MissingArgs.ERROR;
        });
    }

    static TransferOptions named(MirrorConfiguration configuration) {
        return comparing(configuration).edit(SessionOptions::byName);
    }

    static TransferOptions repairing(MirrorConfiguration configuration) {
        return named(configuration).edit(draft -> draft.dryRun = false);
    }

    private static void byName(OptionDraft draft) {
        draft.recurse = false;
        draft.relative = true;
        draft.filesFrom = FilesFrom.LOCAL;
        draft.from0 = true;
        draft.missingArgs = MissingArgs.DELETE;
    }

    /** Which entries there are is the mirror's affair, as is that nothing changes; which attributes count is the section's. */
    private static TransferOptions comparing(MirrorConfiguration configuration) {
        int timeout = Math.toIntExact(configuration.times().timeout().toSeconds());
        return configuration.options().edit(draft -> {
            draft.dryRun = true;
            draft.checksum = true;
            draft.ignoreTimes = false;
            draft.sizeOnly = false;
            draft.itemize = 1;
            draft.outFormat = OutFormat.NONE;
            draft.directories = true;
            draft.impliedDirs = true;
            draft.pruneEmptyDirs = false;
            draft.listOnly = false;
            draft.listImplied = false;
            draft.removeSourceFiles = false;
            draft.delete |= configuration.options().deletion().mode() == DeletionOptions.Mode.NONE;
            draft.maxDelete = OptionalInt.empty();
            draft.timeout = timeout == 0 ? 0 : Math.max(timeout, LEAST_TIMEOUT_SECONDS);
        });
    }
}
