package io.sluice.protocol.options;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.OptionName.Argument;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.ReportingOptions.OutFormat;
import io.sluice.protocol.options.RuleArgument.Kind;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Fills an {@link OptionDraft} from a server's arguments, one option at a time. What the engine cannot do is refused by name. */
final class ServerOptionReader implements ArgumentScanner.Handler {
    private final OptionDraft draft = new OptionDraft();
    private final RefusedOptions refused;
    private Side clientSide = Side.SENDER;
    private String capabilities = "";
    private boolean secluded;
    private int compressCount;
    private boolean relativeGiven;
    private final List<RuleArgument> rules = new ArrayList<>();
    private int perDirectory;
    private String logFile = "";
    private String logFormat = "";

    ServerOptionReader(RefusedOptions refused) {
        this.refused = refused;
    }

    @Override
    public void option(OptionName option, String value, String written) throws TransferException {
        refused.check(option);
        int number = option.argument() == Argument.NUMBER ? ArgumentScanner.number(value, written) : 0;
        boolean known = select(option.canonical())
                || preserve(option.canonical())
                || followLinks(option.canonical())
                || own(option.canonical(), value)
                || update(option.canonical())
                || place(option.canonical())
                || placeByText(option.canonical(), value)
                || delete(option.canonical())
                || report(option.canonical())
                || takeText(option.canonical(), value)
                || takeRule(option.canonical(), value)
                || takeNumber(option.canonical(), number, written);
        if (!known) {
            throw new TransferException(ExitCode.UNSUPPORTED, "The server does not support " + option.display());
        }
    }

    Side clientSide() {
        return clientSide;
    }

    String capabilities() {
        return capabilities;
    }

    boolean secluded() {
        return secluded;
    }

    /** The filter rules among the arguments, in order. */
    List<RuleArgument> rules() {
        return rules;
    }

    ServerLog log() {
        return new ServerLog(logFile, logFormat);
    }

    /** Settles what depends on several options, and checks what they imply against what is refused. */
    TransferOptions finish() throws TransferException {
        if (compressCount > 0 && draft.compressChoice.isEmpty()) {
            draft.compressChoice = compressCount > 1 ? List.of(CompressionType.ZLIBX) : List.of();
        }
        draft.compress = compressCount > 0;
        draft.relative = relativeGiven ? draft.relative : draft.filesFrom != FilesFrom.NONE;
        refused.checkImplied(draft);
        return draft.toOptions();
    }

    private boolean select(String name) throws TransferException {
        switch (name) {
            case "server" -> {}
            case "sender" -> clientSide = Side.RECEIVER;
            case "secluded-args" -> secluded = true;
            case "recursive" -> draft.recurse = true;
            case "no-recursive" -> draft.recurse = false;
            case "inc-recursive" -> draft.incrementalRecursion = true;
            case "no-inc-recursive" -> draft.incrementalRecursion = false;
            case "dirs" -> draft.directories = true;
            case "no-dirs" -> draft.directories = false;
            case "relative", "no-relative" -> {
                draft.relative = name.equals("relative");
                relativeGiven = true;
            }
            case "implied-dirs" -> draft.impliedDirs = true;
            case "no-implied-dirs" -> draft.impliedDirs = false;
            case "one-file-system" -> draft.oneFileSystem = Math.min(2, draft.oneFileSystem + 1);
            case "no-one-file-system" -> draft.oneFileSystem = 0;
            case "from0" -> draft.from0 = true;
            case "ignore-missing-args" -> {
                if (draft.missingArgs == MissingArgs.ERROR) {
                    draft.missingArgs = MissingArgs.IGNORE;
                }
            }
            case "delete-missing-args" -> draft.missingArgs = MissingArgs.DELETE;
            case "prune-empty-dirs" -> draft.pruneEmptyDirs = true;
            case "no-prune-empty-dirs" -> draft.pruneEmptyDirs = false;
            case "list-only" -> draft.listOnly = true;
            case "cvs-exclude" -> draft.cvsExclude = true;
            case "copy-devices" -> draft.copyDevices = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean preserve(String name) throws TransferException {
        switch (name) {
            case "archive" -> archive();
            case "links" -> draft.links = true;
            case "no-links" -> draft.links = false;
            case "perms" -> draft.permissions = true;
            case "no-perms" -> draft.permissions = false;
            case "executability" -> draft.executability = true;
            case "times" -> draft.times = true;
            case "no-times" -> draft.times = false;
            case "omit-dir-times" -> draft.omitDirTimes = true;
            case "no-omit-dir-times" -> draft.omitDirTimes = false;
            case "omit-link-times" -> draft.omitLinkTimes = true;
            case "no-omit-link-times" -> draft.omitLinkTimes = false;
            case "owner" -> draft.owner = true;
            case "no-owner" -> draft.owner = false;
            case "group" -> draft.group = true;
            case "no-group" -> draft.group = false;
            case "D", "no-D" -> {
                draft.devices = name.equals("D");
                draft.specials = draft.devices;
            }
            case "devices" -> draft.devices = true;
            case "no-devices" -> draft.devices = false;
            case "specials" -> draft.specials = true;
            case "no-specials" -> draft.specials = false;
            case "numeric-ids" -> draft.numericIds = true;
            case "no-numeric-ids" -> draft.numericIds = false;
            case "hard-links" -> draft.hardLinks++;
            case "no-hard-links" -> draft.hardLinks = 0;
            case "acls" -> {
                draft.acls = true;
                draft.permissions = true;
            }
            case "no-acls" -> draft.acls = false;
            case "xattrs" -> draft.xattrs++;
            case "no-xattrs" -> draft.xattrs = 0;
            case "atimes" -> draft.atimes++;
            case "no-atimes" -> draft.atimes = 0;
            case "open-noatime", "no-open-noatime" -> draft.openNoAtime = name.equals("open-noatime");
            case "drop-D", "no-drop-D" -> draft.dropDevices = name.equals("drop-D");
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean followLinks(String name) {
        switch (name) {
            case "copy-links" -> draft.copyLinks = true;
            case "copy-unsafe-links" -> draft.copyUnsafeLinks = true;
            case "safe-links" -> draft.safeLinks = true;
            case "munge-links", "no-munge-links" -> draft.mungeLinks = name.equals("munge-links");
            case "insecure-links", "no-insecure-links" -> draft.insecureLinks = name.equals("insecure-links");
            case "copy-dirlinks" -> draft.copyDirectoryLinks = true;
            case "keep-dirlinks" -> draft.keepDirectoryLinks = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean own(String name, String value) throws TransferException {
        switch (name) {
            case "super", "no-super" -> {
                draft.superUser = name.equals("super") ? Choice.YES : Choice.NO;
                draft.fakeSuper = false;
            }
            case "fake-super" -> draft.fakeSuper = true;
            case "copy-as" -> draft.copyAs = value;
            case "crtimes" ->
                throw new TransferException(ExitCode.SYNTAX, "The server does not support --crtimes (-N)");
            case "usermap" -> draft.addUserMap(value);
            case "groupmap" -> draft.addGroupMap(value);
            case "chown" -> draft.addChown(value);
            case "confine-root" -> draft.confineRoot = value;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void archive() throws TransferException {
        refused.checkArchive();
        draft.recurse = true;
        draft.archive();
    }

    private boolean update(String name) {
        switch (name) {
            case "dry-run" -> draft.dryRun = true;
            case "checksum" -> draft.checksum = true;
            case "no-checksum" -> draft.checksum = false;
            case "ignore-times" -> draft.ignoreTimes = true;
            case "size-only" -> draft.sizeOnly = true;
            case "update" -> draft.newerOnly = true;
            case "existing" -> draft.existingOnly = true;
            case "ignore-existing" -> draft.ignoreExisting = true;
            case "compress" -> compressCount++;
            case "old-compress" -> draft.compressChoice = List.of(CompressionType.ZLIB);
            case "new-compress" -> draft.compressChoice = List.of(CompressionType.ZLIBX);
            case "no-compress" -> {
                compressCount = 0;
                draft.compressChoice = List.of();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean place(String name) {
        switch (name) {
            case "whole-file" -> draft.wholeFile = Choice.YES;
            case "no-whole-file" -> draft.wholeFile = Choice.NO;
            case "inplace" -> draft.inplace = true;
            case "no-inplace" -> draft.inplace = false;
            case "sparse" -> draft.sparse = true;
            case "no-sparse" -> draft.sparse = false;
            case "partial" -> draft.partial = true;
            case "no-partial" -> draft.partial = false;
            case "delay-updates" -> draft.delayUpdates = true;
            case "no-delay-updates" -> draft.delayUpdates = false;
            case "fsync" -> draft.fsync = true;
            case "preallocate" -> draft.preallocate = true;
            case "append" -> draft.append = draft.append == Append.NO ? Append.BLIND : Append.VERIFY;
            case "append-verify" -> draft.append = Append.VERIFY;
            case "no-append" -> draft.append = Append.NO;
            case "write-devices", "no-write-devices" -> draft.writeDevices = name.equals("write-devices");
            case "mkpath", "no-mkpath" -> draft.makePath = name.equals("mkpath");
            case "backup", "no-backup" -> draft.backup = name.equals("backup");
            case "fuzzy" -> draft.fuzzy++;
            case "detect-renamed", "no-detect-renamed" -> draft.detectRenamed = name.equals("detect-renamed");
            case "no-fuzzy" -> draft.fuzzy = 0;
            case "qsort",
                    "msgs2stderr",
                    "no-msgs2stderr" -> {} // a sort that gives the same order; messages always travel
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean placeByText(String name, String value) throws TransferException {
        switch (name) {
            case "partial-dir" -> draft.partialDirectory = value;
            case "temp-dir" -> draft.temporaryDirectory = value;
            case "backup-dir" -> draft.backupDirectory = value;
            case "suffix" -> draft.backupSuffix = value;
            case "compare-dest" -> draft.addBasis(BasisOptions.Kind.COMPARE, value);
            case "copy-dest" -> draft.addBasis(BasisOptions.Kind.COPY, value);
            case "link-dest" -> draft.addBasis(BasisOptions.Kind.LINK, value);
            case "skip-compress" -> draft.skipCompress = value;
            case "max-alloc" -> readMaxAllocation(value);
            case "iconv" -> {
                String ours = value.substring(value.indexOf(',') + 1);
                draft.iconv = ours.isEmpty() ? "." : ours;
            }
            case "no-iconv" -> draft.iconv = "";
            case "only-write-batch" -> draft.batchOnly = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean delete(String name) {
        switch (name) {
            case "delete" -> draft.delete = true;
            case "delete-before" -> draft.deleteBefore = true;
            case "delete-during" -> draft.deleteDuring = Mode.DURING;
            case "delete-delay" -> draft.deleteDuring = Mode.DELAY;
            case "delete-after" -> draft.deleteAfter = true;
            case "delete-excluded" -> draft.deleteExcluded = true;
            case "force" -> draft.force = true;
            case "no-force" -> draft.force = false;
            case "ignore-errors" -> draft.ignoreErrors = true;
            case "no-ignore-errors" -> draft.ignoreErrors = false;
            case "remove-source-files", "remove-sent-files" -> draft.removeSourceFiles = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean report(String name) {
        switch (name) {
            case "verbose" -> draft.verbosity++;
            case "no-verbose" -> draft.verbosity = 0;
            case "quiet" -> draft.quiet = true;
            case "itemize-changes" -> draft.itemize++;
            case "no-itemize-changes" -> draft.itemize = 0;
            case "stats" -> draft.stats = true;
            case "progress" -> draft.progress = 1;
            case "no-progress" -> draft.progress = 0;
            case "no-timeout" -> draft.timeout = 0;
            case "no-bwlimit" -> draft.bandwidth = 0;
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean takeText(String name, String value) throws TransferException {
        switch (name) {
            case "log-file" -> logFile = value;
            case "log-file-format" -> logFormat = value;
            case "rsh" -> capabilities = capabilityLetters(value);
            case "info" -> draft.addInfo(value);
            case "debug" -> draft.addDebug(value);
            case "out-format" -> readOutFormat(value);
            case "max-size" -> draft.maxSize = OptionalLong.of(SizeArgument.MAX_SIZE.parse(value));
            case "min-size" -> draft.minSize = OptionalLong.of(SizeArgument.MIN_SIZE.parse(value));
            case "block-size" -> {
                int size = (int) SizeArgument.BLOCK_SIZE.parse(value);
                draft.blockSize = size == 0 ? OptionalInt.empty() : OptionalInt.of(size);
            }
            case "bwlimit" -> draft.bandwidth = SizeArgument.BANDWIDTH.parseRate(value);
            case "checksum-choice" -> draft.checksumChoice = AlgorithmOptions.checksumsOf(value);
            case "compress-choice" -> draft.compressChoice = AlgorithmOptions.compressionsOf(value);
            case "files-from" -> readFilesFrom(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean takeRule(String name, String value) {
        switch (name) {
            case "filter" -> rules.add(new RuleArgument(Kind.FILTER, value));
            case "exclude" -> rules.add(new RuleArgument(Kind.EXCLUDE, value));
            case "include" -> rules.add(new RuleArgument(Kind.INCLUDE, value));
            case "exclude-from" -> rules.add(new RuleArgument(Kind.EXCLUDE_FROM, value));
            case "include-from" -> rules.add(new RuleArgument(Kind.INCLUDE_FROM, value));
            case "F" -> {
                if (perDirectory++ < 2) {
                    String rule = perDirectory == 1 ? ": /.rsync-filter" : "- .rsync-filter";
                    rules.add(new RuleArgument(Kind.FILTER, rule));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean takeNumber(String name, int number, String written) throws TransferException {
        switch (name) {
            case "timeout" -> {
                if (number < 0) {
                    throw ArgumentScanner.fail(written, "invalid numeric value");
                }
                draft.timeout = number;
            }
            case "max-delete" -> draft.maxDelete = OptionalInt.of(Math.max(0, number));
            case "modify-window" -> draft.modifyWindow = OptionalInt.of(Math.max(-1, number));
            case "compress-threads" -> draft.compressThreads = number;
            case "compress-level" -> draft.compressLevel = OptionalInt.of(number);
            case "checksum-seed" -> draft.checksumSeed = number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readMaxAllocation(String value) throws TransferException {
        draft.maxAllocation = SizeArgument.MAX_ALLOCATION.parse(value);
        draft.maxAllocationText = value;
        if (draft.maxAllocation == 0) {
            throw new TransferException(ExitCode.SYNTAX, "max-alloc must be greater than zero");
        }
    }

    private void readFilesFrom(String value) {
        boolean sent = value.equals("-");
        draft.filesFrom = sent ? FilesFrom.PEER : FilesFrom.LOCAL;
        draft.filesFromPath = sent ? "" : value;
    }

    private void readOutFormat(String format) {
        draft.outFormat = OutFormat.of(format);
        if (OutFormat.hasEscape(format, 'I')) {
            draft.outFormat = OutFormat.ITEM;
            draft.itemize = 2;
        }
    }

    /** What follows {@code -e} is a version number of a pre-release or nothing, a dot (and sub-version), and letters. */
    private static String capabilityLetters(String value) {
        int from = 0;
        while (from < value.length() && (value.charAt(from) == '.' || Character.isDigit(value.charAt(from)))) {
            from++;
        }
        return value.substring(from);
    }
}
