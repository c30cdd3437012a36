package io.sluice.protocol.options;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.PlacementOptions.Choice;
import java.util.List;

/** The checks that rsync makes of its options on any end, in its words. */
final class DraftCheck {
    private final OptionDraft draft;
    private final DraftRecords records;

    DraftCheck(OptionDraft draft) {
        this.draft = draft;
        this.records = new DraftRecords(draft);
    }

    /** @throws TransferException with code 1, if options contradict each other */
    void check() throws TransferException {
        checkDeletion();
        checkBackup();
        checkModeChanges();
        checkPlacement();
        if (!draft.confineRoot.isEmpty() && !draft.confineRoot.startsWith("/")) {
            throw syntax("--confine-root must be an absolute path");
        }
        if (!draft.confineRoot.isEmpty() && draft.insecureLinks) {
            throw syntax("--insecure-links cannot be combined with --confine-root");
        }
        if (draft.fakeSuper && draft.xattrs > 1) {
            throw syntax("--fake-super conflicts with -XX");
        }
    }

    private void checkDeletion() throws TransferException {
        int times =
                (draft.deleteBefore ? 1 : 0) + (draft.deleteDuring != Mode.NONE ? 1 : 0) + (draft.deleteAfter ? 1 : 0);
        if (times > 1) {
            throw syntax("You may not combine multiple --delete-WHEN options.");
        }
        if (records.deletionMode() != Mode.NONE && !records.selection().directories()) {
            throw syntax("--delete does not work without --recursive (-r) or --dirs (-d).");
        }
    }

    private void checkBackup() throws TransferException {
        String suffix = records.backup().suffix();
        if (suffix.contains("/")) {
            throw syntax("--suffix cannot contain slashes: " + suffix);
        }
        if (suffix.isEmpty() && records.backup().directory().isEmpty()) {
            throw syntax("--suffix cannot be empty "
                    + (draft.backupDirectory.isEmpty()
                            ? "without a --backup-dir"
                            : "when --backup-dir is the same as the dest dir"));
        }
    }

    private void checkModeChanges() throws TransferException {
        for (String change : draft.chmod) {
            try {
                ModeChange.parse(List.of(change));
            } catch (IllegalArgumentException e) {
                throw syntax("Invalid argument passed to --chmod (" + change + ")");
            }
        }
    }

    private void checkPlacement() throws TransferException {
        if (draft.append != Append.NO && draft.wholeFile == Choice.YES) {
            throw syntax("--append cannot be used with --whole-file");
        }
        if (records.updatesInPlace() && (draft.delayUpdates || !draft.partialDirectory.isEmpty())) {
            throw syntax((draft.append != Append.NO ? "--append" : "--inplace") + " cannot be used with "
                    + (draft.delayUpdates ? "--delay-updates" : "--partial-dir"));
        }
    }

    private static TransferException syntax(String message) {
        return new TransferException(ExitCode.SYNTAX, message);
    }
}
