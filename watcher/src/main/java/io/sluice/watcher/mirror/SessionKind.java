package io.sluice.watcher.mirror;

import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import java.util.OptionalInt;

/**
 * The three sorts of rsync sessions that a mirror needs, as options of rsync(1) beside those of the user:
 *
 * <pre>
 * ENTRIES   -dR --files-from=- --from0 --delete --delete-missing-args    just the names, with the directories above them
 * SUBTREES  -rR --files-from=- --from0 --delete --delete-missing-args    the names and all below them
 * WHOLE     -r --delete                                                  the whole source
 * </pre>
 *
 * <p>With ENTRIES no directory's content is in the list, so that {@code --delete} looks at nothing on the replica: it
 * only lets a missing name stand for a directory that is not empty, and keeps what the filter rules protect in it.
 *
 * <p>All have {@code --modify-window=-1}: else two edits within a second that leave the size as it was would look like one.
 */
enum SessionKind {
    ENTRIES(false, true),
    SUBTREES(true, true),
    WHOLE(true, false);

    /** As a modify window: times are equal if they are to the nanosecond. */
    private static final int NANOSECONDS = -1;

    private final boolean recurse;
    private final boolean named;

    SessionKind(boolean recurse, boolean named) {
        this.recurse = recurse;
        this.named = named;
    }

    /** The options of such a session. */
    TransferOptions options(TransferOptions user, MirrorTimes times) {
        return user.edit(draft -> {
            draft.recurse = recurse;
            draft.directories = true;
            draft.relative = named;
            draft.impliedDirs = true;
            draft.filesFrom = named ? FilesFrom.LOCAL : FilesFrom.NONE;
            draft.from0 = named;
            draft.missingArgs = named ? MissingArgs.DELETE : MissingArgs.ERROR;
            draft.pruneEmptyDirs = false;
            draft.listOnly = false;
            draft.listImplied = false;
            draft.delete |= user.deletion().mode() == DeletionOptions.Mode.NONE;
            draft.dryRun = false;
            int window = draft.modifyWindow.orElse(0);
            draft.modifyWindow = OptionalInt.of(window == 0 ? NANOSECONDS : window);
            draft.timeout = Math.toIntExact(times.timeout().toSeconds());
        });
    }
}
