package io.sluice.watcher.mirror;

import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import java.util.OptionalInt;

/**
 * The sorts of rsync sessions that a mirror needs, as options of rsync(1) beside those of the user:
 *
 * <pre>
 * ENTRIES            -dR --files-from=- --from0 --delete --delete-missing-args    just the names, with the directories above them
 * WRITTEN            as ENTRIES, with --ignore-times
 * COMPARED           as ENTRIES, with --checksum
 * SUBTREES           -rR --files-from=- --from0 --delete --delete-missing-args    the names and all below them
 * COMPARED_SUBTREES  as SUBTREES, with --checksum
 * WHOLE              -r --delete                                                  the whole source
 * COMPARED_WHOLE     as WHOLE, with --checksum
 * </pre>
 *
 * <p>With ENTRIES no directory's content is in the list, so that {@code --delete} looks at nothing on the replica: it
 * only lets a missing name stand for a directory that is not empty, and keeps what the filter rules protect in it.
 *
 * <p>WRITTEN is for files that are known to have been written to: a program may have put size and time back, and before
 * Linux 6.13 two edits within some milliseconds have the same time.
 *
 * <p>The COMPARED ones are for places in which something was written to, and nobody knows any more what: most of it is
 * as it was, so that both ends read it, and neither sends nor writes it. A peer that reads a large file is silent for so
 * long, for which they have a longer {@code --timeout}.
 *
 * <p>All have {@code --modify-window=-1}: else two edits within a second that leave the size as it was would look like one.
 */
enum SessionKind {
    ENTRIES(false, true, Look.TIMES),
    WRITTEN(false, true, Look.NOTHING),
    COMPARED(false, true, Look.SUMS),
    SUBTREES(true, true, Look.TIMES),
    COMPARED_SUBTREES(true, true, Look.SUMS),
    WHOLE(true, false, Look.TIMES),
    COMPARED_WHOLE(true, false, Look.SUMS);

    /** What tells that a file need not be transferred. */
    private enum Look {
        TIMES,
        SUMS,
        NOTHING
    }

    /** As a modify window: times are equal if they are to the nanosecond. */
    private static final int NANOSECONDS = -1;
    /** Seconds in which a disk reads a file of some 100 GB. */
    private static final int READING = 600;

    private final boolean recurse;
    private final boolean named;
    private final Look look;

    SessionKind(boolean recurse, boolean named, Look look) {
        this.recurse = recurse;
        this.named = named;
        this.look = look;
    }

    /**
     * The options of such a session.
     *
     * @param deletesMissing else names that are missing are left alone: {@code --ignore-missing-args}
     */
    TransferOptions options(TransferOptions user, MirrorTimes times, boolean deletesMissing) {
        return user.edit(draft -> {
            draft.recurse = recurse;
            draft.directories = true;
            draft.relative = named;
            draft.impliedDirs = true;
            draft.filesFrom = named ? FilesFrom.LOCAL : FilesFrom.NONE;
            draft.from0 = named;
            draft.missingArgs = missingArgs(deletesMissing);
            draft.pruneEmptyDirs = false;
            draft.listOnly = false;
            draft.listImplied = false;
            draft.delete |= user.deletion().mode() == DeletionOptions.Mode.NONE;
            draft.dryRun = false;
            draft.ignoreTimes |= look == Look.NOTHING;
            draft.checksum |= look == Look.SUMS;
            int window = draft.modifyWindow.orElse(0);
            draft.modifyWindow = OptionalInt.of(window == 0 ? NANOSECONDS : window);
            int seconds = Math.toIntExact(times.timeout().toSeconds());
            draft.timeout = seconds > 0 && look == Look.SUMS ? Math.max(seconds, READING) : seconds;
        });
    }

    /** For the whole source, as a plan has it. */
    static SessionKind whole(PushPlan plan) {
        return plan.comparedSubtrees().isEmpty() ? WHOLE : COMPARED_WHOLE;
    }

    private MissingArgs missingArgs(boolean deletes) {
        if (!named) {
            return MissingArgs.ERROR;
        }
        return deletes ? MissingArgs.DELETE : MissingArgs.IGNORE;
    }

    /** Content comes first and becomes visible at once; what is to go goes after that. */
    static void delay(OptionDraft draft) {
        draft.delayUpdates = true;
        draft.deleteBefore = false;
        draft.deleteDuring = DeletionOptions.Mode.NONE;
        draft.deleteAfter = true;
    }
}
