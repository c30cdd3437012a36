package io.sluice.watcher.mirror;

import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.LimitOptions;
import io.sluice.protocol.options.SelectionOptions;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.options.UpdateOptions;

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
        SelectionOptions given = user.selection();
        SelectionOptions selection = new SelectionOptions(
                recurse,
                true,
                named,
                true,
                given.oneFileSystem(),
                named ? FilesFrom.LOCAL : FilesFrom.NONE,
                named,
                named ? MissingArgs.DELETE : MissingArgs.ERROR,
                given.maxSize(),
                given.minSize(),
                false,
                false,
                false,
                given.incrementalRecursion());
        DeletionOptions deletion = new DeletionOptions(
                user.deletion().mode() == DeletionOptions.Mode.NONE
                        ? DeletionOptions.Mode.PLAIN
                        : user.deletion().mode(),
                user.deletion().excluded(),
                user.deletion().force(),
                user.deletion().ignoreErrors(),
                user.deletion().maxDelete());
        UpdateOptions update = user.update();
        UpdateOptions exact = new UpdateOptions(
                false,
                update.checksum(),
                update.ignoreTimes(),
                update.sizeOnly(),
                update.newerOnly(),
                update.existingOnly(),
                update.ignoreExisting(),
                update.modifyWindow() == 0 ? NANOSECONDS : update.modifyWindow());
        int timeout = Math.toIntExact(times.timeout().toSeconds());
        LimitOptions limits = new LimitOptions(timeout, user.limits().bandwidth());
        return user.with(selection).with(deletion).with(exact).with(limits);
    }
}
