package io.sluice.protocol.options;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.PlacementOptions.Append;
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
import org.jspecify.annotations.Nullable;

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
    public String filesFromPath = "";
    public boolean from0;
    public MissingArgs missingArgs = MissingArgs.ERROR;
    public OptionalLong maxSize = OptionalLong.empty();
    public OptionalLong minSize = OptionalLong.empty();
    public boolean pruneEmptyDirs;
    public boolean listOnly;
    public boolean listImplied;
    public boolean cvsExclude;
    public boolean copyDevices;
    public boolean trustSender;
    public boolean skipUnreadable;
    public String iconv = "";
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
    public int hardLinks;
    public boolean acls;
    public int xattrs;
    public int atimes;
    public boolean openNoAtime;
    public boolean dropDevices;
    public final List<String> chmod = new ArrayList<>();
    public String ownChmod = "";

    public boolean copyLinks;
    public boolean copyUnsafeLinks;
    public boolean safeLinks;
    public boolean mungeLinks;
    public boolean sanitizeLinks;
    public boolean insecureLinks;
    public boolean copyDirectoryLinks;
    public boolean keepDirectoryLinks;
    public String confineRoot = "";

    public Choice superUser = Choice.UNSET;
    public boolean fakeSuper;
    public String userMap = "";
    public String groupMap = "";
    public String copyAs = "";

    public boolean dryRun;
    public boolean batchOnly;
    public boolean checksum;
    public boolean ignoreTimes;
    public boolean sizeOnly;
    public boolean newerOnly;
    public boolean existingOnly;
    public boolean ignoreExisting;
    public OptionalInt modifyWindow = OptionalInt.empty();

    public Choice wholeFile = Choice.UNSET;
    public boolean inplace;
    public boolean sparse;
    public boolean partial;
    public boolean delayUpdates;
    public OptionalInt blockSize = OptionalInt.empty();
    public boolean fsync;
    public boolean preallocate;
    public Append append = Append.NO;
    public boolean writeDevices;
    public String partialDirectory = "";
    /** {@code --temp-dir}; null: none was given. */
    public @Nullable String temporaryDirectory;

    public boolean makePath;

    public boolean backup;
    public String backupDirectory = "";
    /** {@code --suffix}; null: none was given. */
    public @Nullable String backupSuffix;

    public BasisOptions.Kind basisKind = BasisOptions.Kind.NONE;
    public final List<String> basisDirectories = new ArrayList<>();
    public int fuzzy;
    /** {@code --detect-renamed}. */
    public boolean detectRenamed;

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
    public boolean removeSourceFiles;
    public boolean local;
    public OptionalInt maxDelete = OptionalInt.empty();

    public boolean compress;
    public List<CompressionType> compressChoice = List.of();
    public OptionalInt compressLevel = OptionalInt.empty();
    public int compressThreads;
    public @Nullable String skipCompress;
    public boolean stored;
    public List<ChecksumType> checksumChoice = List.of();
    public OptionalInt checksumSeed = OptionalInt.empty();

    public int verbosity;
    public boolean quiet;
    public int itemize;
    public OutFormat outFormat = OutFormat.NONE;
    public boolean stats;
    public int progress;
    public final Map<InfoItem, Integer> info = new EnumMap<>(InfoItem.class);
    /** Levels that {@code --debug} set. */
    public final Map<DebugItem, Integer> debug = new EnumMap<>(DebugItem.class);

    public int timeout;
    public long bandwidth;
    public long stopAt;
    public long maxAllocation;
    /** {@code --max-alloc} as it was written; empty: nobody wrote it. */
    public String maxAllocationText = "";

    private final OwnerMaps ownerMaps = new OwnerMaps();

    /** Makes a draft with rsync's defaults. */
    public OptionDraft() {}

    /** Makes a draft of these options, to change some of them. */
    OptionDraft(TransferOptions options) {
        new DraftFiller(this).fill(options);
    }

    /**
     * Returns the options, after the checks that rsync makes on any end.
     *
     * @throws TransferException with code 1 and rsync's words, if options contradict each other
     */
    public TransferOptions toOptions() throws TransferException {
        new DraftCheck(this).check();
        return new DraftRecords(this).options();
    }

    /** What {@code -a} stands for, recursion aside. */
    public void archive() {
        links = true;
        permissions = true;
        times = true;
        group = true;
        owner = true;
        devices = true;
        specials = true;
    }

    /** Takes {@code --usermap}. */
    public void addUserMap(String map) throws TransferException {
        ownerMaps.user(this, map);
    }

    /** Takes {@code --groupmap}. */
    public void addGroupMap(String map) throws TransferException {
        ownerMaps.group(this, map);
    }

    /** Takes {@code --chown}. */
    public void addChown(String owner) throws TransferException {
        ownerMaps.both(this, owner);
    }

    /** Takes {@code --compare-dest}, {@code --copy-dest} or {@code --link-dest}: one kind of them, and not too many. */
    public void addBasis(BasisOptions.Kind kind, String directory) throws TransferException {
        if (basisKind != BasisOptions.Kind.NONE && basisKind != kind) {
            throw syntax(
                    "ERROR: the " + kind.option() + " option conflicts with the " + basisKind.option() + " option");
        }
        basisKind = kind;
        if (basisDirectories.size() >= BasisOptions.MAX_DIRECTORIES) {
            throw syntax(
                    "ERROR: at most " + BasisOptions.MAX_DIRECTORIES + " " + kind.option() + " args may be specified");
        }
        basisDirectories.add(directory);
    }

    /** Adds the comma-separated words of {@code --info}, such as {@code name2,del0} or {@code none}; returns the first that is no item, or "". */
    public String addInfo(String words) {
        return new LevelList<>(InfoItem.values(), InfoItem::of, info).add(words);
    }

    /** Adds the words of {@code --debug} in the same way. */
    public String addDebug(String words) {
        return new LevelList<>(DebugItem.values(), DebugItem::of, debug).add(words);
    }

    /** Takes back what is more than {@code most} times {@code -v} may ask for. */
    public void limitOutput(int most) {
        info.replaceAll((item, level) -> Math.min(level, most));
        debug.replaceAll((item, level) -> Math.min(level, item.highestLevel(most)));
        verbosity = Math.min(verbosity, most);
    }

    private static TransferException syntax(String message) {
        return new TransferException(ExitCode.SYNTAX, message);
    }
}
