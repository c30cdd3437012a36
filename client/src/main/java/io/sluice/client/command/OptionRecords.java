package io.sluice.client.command;

import io.sluice.client.Location;
import io.sluice.client.command.CommandLine.Display;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.AlgorithmOptions;
import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.CompressionType;
import java.util.List;
import java.util.OptionalInt;

/** Puts the settings of a command line into the engine's records. */
final class OptionRecords {
    private static final int UNSET = Integer.MIN_VALUE;

    private final OptionValues values;
    private final Display display;
    private final boolean listOnly;
    private final OptionDraft draft;

    OptionRecords(OptionValues values, Display display, boolean listOnly) {
        this.values = values;
        this.display = display;
        this.listOnly = listOnly;
        this.draft = values.begun();
    }

    TransferOptions transferOptions() throws TransferException {
        select();
        preserve();
        followLinks();
        own();
        update();
        place();
        placeByText();
        delete();
        chooseAlgorithms();
        draft.timeout = Math.max(0, values.number(Setting.TIMEOUT));
        draft.bandwidth = values.bandwidth();
        draft.stopAt = values.stopAt();
        draft.maxAllocation = values.maxAllocation();
        draft.maxAllocationText = values.maxAllocationText();
        try {
            return draft.toOptions().with(display.reporter().reporting());
        } catch (TransferException e) {
            throw new UsageException("rsync: " + e.getMessage());
        }
    }

    private void select() {
        int missing = values.number(Setting.MISSING_ARGS);
        draft.recurse = is(Setting.RECURSE);
        draft.directories = is(Setting.DIRECTORIES);
        draft.relative = is(Setting.RELATIVE);
        draft.impliedDirs = is(Setting.IMPLIED_DIRS);
        draft.oneFileSystem = values.number(Setting.ONE_FILE_SYSTEM);
        takeFilesFrom();
        draft.from0 = is(Setting.FROM0);
        draft.missingArgs = missing >= 2 ? MissingArgs.DELETE : missing == 1 ? MissingArgs.IGNORE : MissingArgs.ERROR;
        draft.maxSize = values.maxSize();
        draft.minSize = values.minSize();
        draft.pruneEmptyDirs = is(Setting.PRUNE);
        draft.listOnly = listOnly;
        draft.listImplied = listOnly && !is(Setting.LIST_ONLY);
        draft.cvsExclude = is(Setting.CVS_EXCLUDE);
        draft.copyDevices = is(Setting.COPY_DEVICES);
        draft.trustSender = is(Setting.TRUST_SENDER);
        draft.iconv = names();
        draft.incrementalRecursion = is(Setting.INC_RECURSIVE);
    }

    /** A list that is where the files come from or go to is the peer's to open. */
    private void takeFilesFrom() {
        String file = values.text(Setting.FILES_FROM);
        if (file == null) {
            draft.filesFrom = FilesFrom.NONE;
        } else if (!file.equals("-") && OperandParser.parse(file) instanceof Location.Remote remote) {
            draft.filesFrom = FilesFrom.PEER;
            draft.filesFromPath = ByteText.of(remote.path());
        } else {
            draft.filesFrom = FilesFrom.LOCAL;
        }
    }

    /** What {@code --iconv} says; a dash says nothing, and nothing is the locale's charset. */
    private String names() {
        String specification = values.text(Setting.ICONV);
        if (specification == null || specification.equals("-")) {
            return "";
        }
        return specification.isEmpty() || specification.startsWith(",") ? "." + specification : specification;
    }

    private void preserve() {
        draft.links = is(Setting.LINKS);
        draft.permissions = is(Setting.PERMISSIONS);
        draft.executability = is(Setting.EXECUTABILITY);
        draft.times = is(Setting.TIMES);
        draft.omitDirTimes = is(Setting.OMIT_DIR_TIMES);
        draft.omitLinkTimes = is(Setting.OMIT_LINK_TIMES);
        draft.owner |= is(Setting.OWNER);
        draft.group |= is(Setting.GROUP);
        draft.devices = is(Setting.DEVICES);
        draft.specials = is(Setting.SPECIALS);
        draft.numericIds = is(Setting.NUMERIC_IDS);
        draft.hardLinks = values.number(Setting.HARD_LINKS);
        draft.acls = is(Setting.ACLS);
        draft.xattrs = values.number(Setting.XATTRS);
        draft.atimes = values.number(Setting.ATIMES);
        draft.openNoAtime = is(Setting.OPEN_NOATIME) || draft.atimes > 1;
        draft.dropDevices = is(Setting.DROP_DEVICES);
        draft.chmod.addAll(values.chmod());
    }

    private void followLinks() {
        draft.copyLinks = is(Setting.COPY_LINKS);
        draft.copyUnsafeLinks = is(Setting.COPY_UNSAFE_LINKS);
        draft.safeLinks = is(Setting.SAFE_LINKS);
        draft.mungeLinks = is(Setting.MUNGE_LINKS);
        draft.insecureLinks = is(Setting.INSECURE_LINKS);
        draft.copyDirectoryLinks = is(Setting.COPY_DIRLINKS);
        draft.keepDirectoryLinks = is(Setting.KEEP_DIRLINKS);
        draft.confineRoot = text(Setting.CONFINE_ROOT);
    }

    private void own() {
        int root = values.number(Setting.SUPER);
        draft.superUser = root > 1 ? Choice.YES : root == 1 ? Choice.UNSET : Choice.NO;
        draft.fakeSuper = root < 0;
        draft.copyAs = text(Setting.COPY_AS);
    }

    private void update() {
        draft.dryRun = is(Setting.DRY_RUN);
        draft.batchOnly = values.text(Setting.ONLY_WRITE_BATCH) != null && !draft.dryRun;
        draft.checksum = is(Setting.CHECKSUM);
        draft.ignoreTimes = is(Setting.IGNORE_TIMES);
        draft.sizeOnly = is(Setting.SIZE_ONLY);
        draft.newerOnly = is(Setting.UPDATE);
        draft.existingOnly = is(Setting.EXISTING);
        draft.ignoreExisting = is(Setting.IGNORE_EXISTING);
        int window = values.number(Setting.MODIFY_WINDOW);
        draft.modifyWindow = window == UNSET ? OptionalInt.empty() : OptionalInt.of(window);
    }

    private void place() {
        int whole = values.number(Setting.WHOLE_FILE);
        draft.wholeFile = whole > 0 ? Choice.YES : whole < 0 ? Choice.UNSET : Choice.NO;
        draft.inplace = is(Setting.INPLACE);
        draft.sparse = is(Setting.SPARSE);
        draft.partial = is(Setting.PARTIAL) || values.text(Setting.PARTIAL_DIR) != null;
        draft.delayUpdates = is(Setting.DELAY_UPDATES);
        draft.blockSize = values.blockSize();
        draft.fsync = is(Setting.FSYNC);
        draft.preallocate = is(Setting.PREALLOCATE);
        int append = values.number(Setting.APPEND);
        draft.append = append > 1 ? Append.VERIFY : append == 1 ? Append.BLIND : Append.NO;
        draft.writeDevices = is(Setting.WRITE_DEVICES);
        draft.makePath = is(Setting.MKPATH);
        draft.fuzzy = values.number(Setting.FUZZY);
        draft.detectRenamed = is(Setting.DETECT_RENAMED) && !isBatchWritten();
    }

    /** Whoever reads a batch has to find each basis by what is in it. */
    private boolean isBatchWritten() {
        return values.text(Setting.WRITE_BATCH) != null || values.text(Setting.ONLY_WRITE_BATCH) != null;
    }

    private void placeByText() {
        draft.partialDirectory = text(Setting.PARTIAL_DIR);
        draft.temporaryDirectory = values.text(Setting.TEMP_DIR);
        draft.backup = is(Setting.BACKUP);
        String backups = values.text(Setting.BACKUP_DIR);
        draft.backupDirectory = backups == null ? "" : backups.isEmpty() ? "." : backups;
        draft.backupSuffix = values.text(Setting.SUFFIX);
    }

    private void delete() {
        int max = values.number(Setting.MAX_DELETE);
        draft.delete = is(Setting.DELETE);
        draft.deleteBefore = is(Setting.DELETE_BEFORE);
        draft.deleteAfter = is(Setting.DELETE_AFTER);
        draft.deleteDuring = !is(Setting.DELETE_DURING)
                ? DeletionOptions.Mode.NONE
                : values.number(Setting.DELETE_DURING) > 1 ? DeletionOptions.Mode.DELAY : DeletionOptions.Mode.DURING;
        draft.deleteExcluded = is(Setting.DELETE_EXCLUDED);
        draft.force = is(Setting.FORCE);
        draft.ignoreErrors = is(Setting.IGNORE_ERRORS);
        draft.removeSourceFiles = is(Setting.REMOVE_SOURCE);
        draft.maxDelete = max == UNSET ? OptionalInt.empty() : OptionalInt.of(Math.max(0, max));
    }

    private void chooseAlgorithms() throws TransferException {
        String choice = values.text(Setting.COMPRESS_CHOICE);
        if (choice == null && values.number(Setting.COMPRESS) > 1) {
            choice = "zlibx";
        }
        List<CompressionType> compressions = choice == null ? List.of() : AlgorithmOptions.compressionsOf(choice);
        int level = values.number(Setting.COMPRESS_LEVEL);
        draft.compress = is(Setting.COMPRESS);
        draft.compressChoice = compressions;
        draft.compressLevel = level == UNSET ? OptionalInt.empty() : OptionalInt.of(level);
        draft.compressThreads = Math.max(0, values.number(Setting.COMPRESS_THREADS));
        draft.skipCompress = values.text(Setting.SKIP_COMPRESS);
        String checksums = values.text(Setting.CHECKSUM_CHOICE);
        draft.checksumChoice = checksums == null ? List.of() : AlgorithmOptions.checksumsOf(checksums);
        int seed = values.number(Setting.CHECKSUM_SEED);
        draft.checksumSeed = seed == UNSET || seed == 0 ? OptionalInt.empty() : OptionalInt.of(seed);
    }

    private boolean is(Setting setting) {
        return values.isSet(setting);
    }

    private String text(Setting setting) {
        String text = values.text(setting);
        return text == null ? "" : text;
    }
}
