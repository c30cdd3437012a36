package io.sluice.protocol.options;

import io.sluice.protocol.options.DeletionOptions.Mode;

/** Fills a draft with what options say, component by component: what {@link DraftRecords} turns back. */
final class DraftFiller {
    private final OptionDraft draft;

    /** @param draft is new */
    DraftFiller(OptionDraft draft) {
        this.draft = draft;
    }

    void fill(TransferOptions options) {
        select(options.selection());
        preserve(options.preservation());
        update(options.update());
        place(options.placement());
        delete(options.deletion());
        algorithms(options.algorithms());
        report(options.reporting());
        draft.timeout = options.limits().timeout();
        draft.bandwidth = options.limits().bandwidth();
        draft.stopAt = options.limits().stopAt();
        draft.maxAllocation = options.limits().maxAllocation();
        draft.maxAllocationText = options.limits().maxAllocationText();
    }

    private void select(SelectionOptions from) {
        draft.recurse = from.recurse();
        draft.directories = from.directories();
        draft.relative = from.relative();
        draft.impliedDirs = from.impliedDirs();
        draft.oneFileSystem = from.oneFileSystem();
        draft.filesFrom = from.filesFrom();
        draft.filesFromPath = from.filesFromPath();
        draft.from0 = from.from0();
        draft.missingArgs = from.missingArgs();
        draft.maxSize = from.maxSize();
        draft.minSize = from.minSize();
        draft.pruneEmptyDirs = from.pruneEmptyDirs();
        draft.listOnly = from.listOnly();
        draft.listImplied = from.listImplied();
        draft.cvsExclude = from.cvsExclude();
        draft.copyDevices = from.copyDevices();
        draft.trustSender = from.trustSender();
        draft.skipUnreadable = from.skipUnreadable();
        draft.iconv = from.iconv();
        draft.incrementalRecursion = from.incrementalRecursion();
    }

    private void preserve(PreservationOptions from) {
        draft.links = from.links();
        draft.permissions = from.permissions();
        draft.executability = from.executability();
        draft.times = from.times();
        draft.omitDirTimes = from.omitDirTimes();
        draft.omitLinkTimes = from.omitLinkTimes();
        draft.owner = from.owner();
        draft.group = from.group();
        draft.devices = from.devices();
        draft.specials = from.specials();
        draft.numericIds = from.numericIds();
        draft.hardLinks = from.hardLinks();
        draft.acls = from.acls();
        draft.xattrs = from.xattrs();
        draft.atimes = from.atimes();
        draft.openNoAtime = from.openNoAtime();
        draft.dropDevices = from.dropDevices();
        draft.chmod.addAll(from.chmod());
        draft.ownChmod = from.ownChmod();
        draft.copyLinks = from.symlinks().copyAll();
        draft.copyUnsafeLinks = from.symlinks().copyUnsafe();
        draft.safeLinks = from.symlinks().safeOnly();
        draft.mungeLinks = from.symlinks().munge();
        draft.insecureLinks = from.symlinks().insecure();
        draft.copyDirectoryLinks = from.symlinks().copyDirectoryLinks();
        draft.keepDirectoryLinks = from.symlinks().keepDirectoryLinks();
        draft.confineRoot = from.symlinks().confineRoot();
        draft.superUser = from.privileges().superUser();
        draft.fakeSuper = from.privileges().fakeSuper();
        draft.userMap = from.privileges().userMap();
        draft.groupMap = from.privileges().groupMap();
        draft.copyAs = from.privileges().copyAs();
    }

    private void update(UpdateOptions from) {
        draft.dryRun = from.dryRun();
        draft.batchOnly = from.batchOnly();
        draft.checksum = from.checksum();
        draft.ignoreTimes = from.ignoreTimes();
        draft.sizeOnly = from.sizeOnly();
        draft.newerOnly = from.newerOnly();
        draft.existingOnly = from.existingOnly();
        draft.ignoreExisting = from.ignoreExisting();
        draft.modifyWindow = from.modifyWindow();
    }

    private void place(PlacementOptions from) {
        draft.wholeFile = from.wholeFile();
        draft.inplace = from.inplace();
        draft.sparse = from.sparse();
        draft.partial = from.partial();
        draft.delayUpdates = from.delayUpdates();
        draft.blockSize = from.blockSize();
        draft.fsync = from.fsync();
        draft.preallocate = from.preallocate();
        draft.append = from.append();
        draft.writeDevices = from.writeDevices();
        draft.partialDirectory = from.partialDirectory();
        draft.temporaryDirectory = from.temporaryDirectory();
        draft.makePath = from.makePath();
        draft.backup = from.backup().enabled();
        draft.backupDirectory = from.backup().directory();
        draft.backupSuffix = from.backup().suffix();
        draft.basisKind = from.basis().kind();
        draft.basisDirectories.addAll(from.basis().directories());
        draft.fuzzy = from.basis().fuzzy();
        draft.detectRenamed = from.basis().renamed();
    }

    private void delete(DeletionOptions from) {
        draft.delete = from.mode() == Mode.PLAIN;
        draft.deleteBefore = from.mode() == Mode.BEFORE;
        draft.deleteDuring = from.mode() == Mode.DURING || from.mode() == Mode.DELAY ? from.mode() : Mode.NONE;
        draft.deleteAfter = from.mode() == Mode.AFTER;
        draft.deleteExcluded = from.excluded();
        draft.force = from.force();
        draft.ignoreErrors = from.ignoreErrors();
        draft.removeSourceFiles = from.sourceFiles();
        draft.local = from.local();
        draft.maxDelete = from.maxDelete();
    }

    private void algorithms(AlgorithmOptions from) {
        draft.compress = from.compress();
        draft.compressChoice = from.compressChoice();
        draft.compressLevel = from.compressLevel();
        draft.compressThreads = from.compressThreads();
        draft.skipCompress = from.skipCompress();
        draft.stored = from.stored();
        draft.checksumChoice = from.checksumChoice();
        draft.checksumSeed = from.checksumSeed();
    }

    private void report(ReportingOptions from) {
        draft.verbosity = from.verbosity();
        draft.quiet = from.quiet();
        draft.itemize = from.itemize();
        draft.outFormat = from.outFormat();
        draft.stats = from.stats();
        draft.progress = from.progress();
        draft.info.putAll(from.info());
        draft.debug.putAll(from.debug());
    }
}
