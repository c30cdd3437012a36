package io.sluice.protocol.options;

import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.session.ChecksumType;

/** Makes the records of a draft: what its options say, and what they imply for one another. {@link DraftFiller} is the way back. */
final class DraftRecords {
    private final OptionDraft draft;

    DraftRecords(OptionDraft draft) {
        this.draft = draft;
    }

    /** Returns the options as they are. */
    TransferOptions options() {
        return new TransferOptions(
                selection(),
                preservation(),
                new UpdateOptions(
                        draft.dryRun,
                        draft.batchOnly,
                        draft.checksum,
                        draft.ignoreTimes,
                        draft.sizeOnly,
                        draft.newerOnly,
                        draft.existingOnly,
                        draft.ignoreExisting,
                        draft.modifyWindow),
                placement(),
                new DeletionOptions(
                        deletionMode(),
                        draft.deleteExcluded,
                        draft.force,
                        draft.ignoreErrors,
                        draft.removeSourceFiles,
                        draft.local,
                        draft.maxDelete),
                algorithms(),
                new ReportingOptions(
                        draft.verbosity,
                        draft.quiet,
                        draft.itemize,
                        draft.outFormat,
                        draft.stats,
                        draft.progress,
                        draft.info,
                        draft.debug),
                new LimitOptions(
                        draft.timeout, draft.bandwidth, draft.stopAt, draft.maxAllocation, draft.maxAllocationText));
    }

    SelectionOptions selection() {
        return new SelectionOptions(
                draft.recurse,
                draft.directories,
                draft.relative,
                draft.impliedDirs,
                draft.oneFileSystem,
                draft.filesFrom,
                draft.filesFromPath,
                draft.from0,
                draft.missingArgs,
                draft.maxSize,
                draft.minSize,
                draft.pruneEmptyDirs,
                draft.listOnly,
                draft.listImplied,
                draft.cvsExclude,
                draft.copyDevices,
                draft.trustSender,
                draft.skipUnreadable,
                draft.iconv,
                draft.incrementalRecursion);
    }

    PreservationOptions preservation() {
        return new PreservationOptions(
                draft.links,
                draft.permissions,
                draft.executability,
                draft.times,
                draft.omitDirTimes || backsUpBesideFiles(),
                draft.omitLinkTimes,
                draft.owner,
                draft.group,
                draft.devices,
                draft.specials,
                draft.numericIds,
                draft.hardLinks,
                draft.acls,
                draft.xattrs,
                draft.atimes,
                draft.openNoAtime,
                draft.dropDevices,
                draft.chmod,
                draft.ownChmod,
                new SymlinkOptions(
                        draft.copyLinks,
                        draft.copyUnsafeLinks,
                        draft.safeLinks,
                        draft.mungeLinks,
                        draft.sanitizeLinks,
                        draft.insecureLinks,
                        draft.copyDirectoryLinks,
                        draft.keepDirectoryLinks,
                        draft.confineRoot),
                new PrivilegeOptions(draft.superUser, draft.fakeSuper, draft.userMap, draft.groupMap, draft.copyAs));
    }

    /** Backups change the times of the directories that they are put into. */
    private boolean backsUpBesideFiles() {
        return backup().enabled() && backup().directory().isEmpty();
    }

    PlacementOptions placement() {
        boolean inPlace = updatesInPlace();
        return new PlacementOptions(
                wholeFile(),
                inPlace,
                draft.sparse,
                !inPlace
                        && (draft.partial
                                || draft.delayUpdates
                                || !partialDirectory().isEmpty()),
                draft.delayUpdates,
                draft.blockSize,
                draft.fsync,
                draft.preallocate,
                draft.append,
                draft.writeDevices,
                partialDirectory(),
                draft.temporaryDirectory,
                draft.makePath,
                backup(),
                new BasisOptions(draft.basisKind, draft.basisDirectories, draft.fuzzy, draft.detectRenamed));
    }

    /** A file is written where it stands, whichever option is the reason. */
    boolean updatesInPlace() {
        return draft.inplace || draft.append != Append.NO || draft.writeDevices;
    }

    /** A transfer without a checksum cannot send differences. */
    private Choice wholeFile() {
        return !draft.checksumChoice.isEmpty() && draft.checksumChoice.getFirst() == ChecksumType.NONE
                ? Choice.YES
                : draft.wholeFile;
    }

    /** A directory of {@code .} is none. */
    private String partialDirectory() {
        String directory = draft.partialDirectory;
        while (directory.length() > 1 && directory.endsWith("/")) {
            directory = directory.substring(0, directory.length() - 1);
        }
        return directory.equals(".") ? "" : directory;
    }

    /** A directory of {@code .} is none. */
    BackupOptions backup() {
        String directory = draft.backupDirectory;
        while (directory.startsWith("./")) {
            directory = directory.substring(2);
        }
        directory = directory.equals(".") ? "" : directory;
        String suffix =
                draft.backupSuffix == null ? BackupOptions.defaultSuffix(draft.backupDirectory) : draft.backupSuffix;
        return new BackupOptions(draft.backup || !draft.backupDirectory.isEmpty(), directory, suffix);
    }

    Mode deletionMode() {
        if (draft.deleteBefore) {
            return Mode.BEFORE;
        }
        if (draft.deleteAfter) {
            return Mode.AFTER;
        }
        if (draft.deleteDuring != Mode.NONE) {
            return draft.deleteDuring;
        }
        return draft.delete || draft.deleteExcluded ? Mode.PLAIN : Mode.NONE;
    }

    AlgorithmOptions algorithms() {
        return new AlgorithmOptions(
                draft.compress,
                draft.compressChoice,
                draft.compressLevel,
                draft.compressThreads,
                draft.skipCompress,
                draft.stored,
                draft.checksumChoice,
                draft.checksumSeed);
    }
}
