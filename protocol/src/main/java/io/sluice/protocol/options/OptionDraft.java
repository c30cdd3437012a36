package io.sluice.protocol.options;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.ReportingOptions.OutFormat;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * {@link TransferOptions} while a command line is being read: one mutable field for each option, meaning what the record's component of that
 * name means. Every parser of options fills one and ends with {@link #toOptions}.
 */
public final class OptionDraft {
    public boolean recurse;
    public boolean directories;
    public boolean relative;
    public boolean impliedDirs = true;
    public int oneFileSystem;
    public FilesFrom filesFrom = FilesFrom.NONE;
    public boolean from0;
    public MissingArgs missingArgs = MissingArgs.ERROR;
    public OptionalLong maxSize = OptionalLong.empty();
    public OptionalLong minSize = OptionalLong.empty();
    public boolean pruneEmptyDirs;
    public boolean listOnly;
    public boolean listImplied;
    public boolean incrementalRecursion = true;

    public boolean links;
    public boolean permissions;
    public boolean executability;
    public boolean times;
    public boolean omitDirTimes;
    public boolean omitLinkTimes;
    public boolean owner;
    public boolean group;
    public boolean devices;
    public boolean specials;
    public boolean numericIds;
    public final List<String> chmod = new ArrayList<>();

    public boolean dryRun;
    public boolean checksum;
    public boolean ignoreTimes;
    public boolean sizeOnly;
    public boolean newerOnly;
    public boolean existingOnly;
    public boolean ignoreExisting;
    public int modifyWindow;

    public Choice wholeFile = Choice.UNSET;
    public boolean inplace;
    public boolean sparse;
    public boolean partial;
    public boolean delayUpdates;
    public OptionalInt blockSize = OptionalInt.empty();
    public boolean fsync;

    /** {@code --delete}. */
    public boolean delete;
    /** {@code --delete-before}. */
    public boolean deleteBefore;
    /** {@code --delete-during} ({@link Mode#DURING}) or {@code --delete-delay} ({@link Mode#DELAY}), the last one given; else {@link Mode#NONE}. */
    public Mode deleteDuring = Mode.NONE;
    /** {@code --delete-after}. */
    public boolean deleteAfter;

    public boolean deleteExcluded;
    public boolean force;
    public boolean ignoreErrors;
    public OptionalInt maxDelete = OptionalInt.empty();

    public boolean compress;
    public List<CompressionType> compressChoice = List.of();
    public OptionalInt compressLevel = OptionalInt.empty();
    public List<ChecksumType> checksumChoice = List.of();
    public OptionalInt checksumSeed = OptionalInt.empty();

    public int verbosity;
    public boolean quiet;
    public int itemize;
    public OutFormat outFormat = OutFormat.NONE;
    public boolean stats;
    public int progress;
    public final Map<InfoItem, Integer> info = new EnumMap<>(InfoItem.class);

    public int timeout;
    public long bandwidth;

    /**
     * Returns the options, after the checks that rsync makes on any end.
     *
     * @throws TransferException with code 1 and rsync's words, if options contradict each other
     */
    public TransferOptions toOptions() throws TransferException {
        Mode mode = deletionMode();
        SelectionOptions selection = selection();
        if (mode != Mode.NONE && !selection.directories()) {
            throw syntax("--delete does not work without --recursive (-r) or --dirs (-d).");
        }
        if (inplace && delayUpdates) {
            throw syntax("--inplace cannot be used with --delay-updates");
        }
        return new TransferOptions(
                selection,
                new PreservationOptions(
                        links,
                        permissions,
                        executability,
                        times,
                        omitDirTimes,
                        omitLinkTimes,
                        owner,
                        group,
                        devices,
                        specials,
                        numericIds,
                        chmod),
                new UpdateOptions(
                        dryRun, checksum, ignoreTimes, sizeOnly, newerOnly, existingOnly, ignoreExisting, modifyWindow),
                new PlacementOptions(wholeFile(), inplace, sparse, partial, delayUpdates, blockSize, fsync),
                new DeletionOptions(mode, deleteExcluded, force, ignoreErrors, maxDelete),
                new AlgorithmOptions(compress, compressChoice, compressLevel, checksumChoice, checksumSeed),
                new ReportingOptions(verbosity, quiet, itemize, outFormat, stats, progress, info),
                new LimitOptions(timeout, bandwidth));
    }

    /** Adds the comma-separated words of {@code --info}, such as {@code name2,del0} or {@code none}; returns the first that is no item, or "". */
    public String addInfo(String words) {
        String unknown = "";
        for (String word : words.split(",", -1)) {
            int digits = word.length();
            while (digits > 0 && Character.isDigit(word.charAt(digits - 1))) {
                digits--;
            }
            String name = word.substring(0, digits);
            int level = level(word.substring(digits));
            if (name.equalsIgnoreCase("all") || name.equalsIgnoreCase("none")) {
                for (InfoItem item : InfoItem.values()) {
                    info.put(item, name.equalsIgnoreCase("all") ? level : 0);
                }
            } else if (InfoItem.of(name).isPresent()) {
                info.put(InfoItem.of(name).get(), level);
            } else if (!word.isEmpty() && unknown.isEmpty()) {
                unknown = word;
            }
        }
        return unknown;
    }

    private static int level(String digits) {
        if (digits.isEmpty()) {
            return 1;
        }
        return digits.length() > 1 ? InfoItem.MAX_LEVEL : Math.min(InfoItem.MAX_LEVEL, digits.charAt(0) - '0');
    }

    SelectionOptions selection() {
        return new SelectionOptions(
                recurse,
                directories,
                relative,
                impliedDirs,
                oneFileSystem,
                filesFrom,
                from0,
                missingArgs,
                maxSize,
                minSize,
                pruneEmptyDirs,
                listOnly,
                listImplied,
                incrementalRecursion);
    }

    /** A transfer without a checksum cannot send differences. */
    private Choice wholeFile() {
        return !checksumChoice.isEmpty() && checksumChoice.getFirst() == ChecksumType.NONE ? Choice.YES : wholeFile;
    }

    private Mode deletionMode() throws TransferException {
        int given = (deleteBefore ? 1 : 0) + (deleteDuring != Mode.NONE ? 1 : 0) + (deleteAfter ? 1 : 0);
        if (given > 1) {
            throw syntax("You may not combine multiple --delete-WHEN options.");
        }
        if (deleteBefore) {
            return Mode.BEFORE;
        }
        if (deleteAfter) {
            return Mode.AFTER;
        }
        if (deleteDuring != Mode.NONE) {
            return deleteDuring;
        }
        return delete || deleteExcluded ? Mode.PLAIN : Mode.NONE;
    }

    private static TransferException syntax(String message) {
        return new TransferException(ExitCode.SYNTAX, message);
    }
}
