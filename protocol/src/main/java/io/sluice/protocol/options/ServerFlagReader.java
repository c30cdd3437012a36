package io.sluice.protocol.options;

import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.session.CompressionType;
import java.util.List;

/** Reads a server's options that have no value, and concern the transfer. */
final class ServerFlagReader {
    private final OptionDraft draft;
    private int compressCount;
    private boolean relativeGiven;

    ServerFlagReader(OptionDraft draft) {
        this.draft = draft;
    }

    /** Takes an option by its canonical name; false if it is none of these. */
    boolean read(String name) {
        return select(name)
                || preserve(name)
                || followLinks(name)
                || update(name)
                || place(name)
                || delete(name)
                || report(name);
    }

    /** Settles what hangs on several options, once all are read. */
    void settle() {
        if (compressCount > 0 && draft.compressChoice.isEmpty()) {
            draft.compressChoice = compressCount > 1 ? List.of(CompressionType.ZLIBX) : List.of();
        }
        draft.compress = compressCount > 0;
        draft.relative = relativeGiven ? draft.relative : draft.filesFrom != FilesFrom.NONE;
    }

    private boolean select(String name) {
        switch (name) {
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

    private boolean preserve(String name) {
        switch (name) {
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
            case "super", "no-super" -> {
                draft.superUser = name.equals("super") ? Choice.YES : Choice.NO;
                draft.fakeSuper = false;
            }
            case "fake-super" -> draft.fakeSuper = true;
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
            case "no-iconv" -> draft.iconv = "";
            case "qsort",
                    "msgs2stderr",
                    "no-msgs2stderr" -> {} // a sort that gives the same order; messages always travel
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
}
