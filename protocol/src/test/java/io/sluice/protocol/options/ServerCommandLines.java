package io.sluice.protocol.options;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.ReportingOptions.OutFormat;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Command lines, each with the options it stands for and the server arguments that rsync 3.5.0 gave a remote shell for it, to push and to pull. A wrong letter,
 * order or value fails its row in both directions, as the expected text came from the other program.
 */
final class ServerCommandLines {
    private static final String E = "e.iLsfxCIvu";
    private static final String NE = "e.LsfxCIvu";

    private ServerCommandLines() {}

    static Stream<Arguments> rows() {
        return Stream.of(
                row("(no option)", d -> {}, "-" + NE, "-" + NE),
                row("-r", d -> d.recurse = true, "-r" + E, "-r" + E),
                row("-a", d -> {}, true, "-logDtpr" + E, "-logDtpr" + E),
                row("-av", d -> d.verbosity = 1, true, "-vlogDtpr" + E, "-vlogDtpr" + E),
                row("-avvv", d -> d.verbosity = 3, true, "-vvvlogDtpr" + E, "-vvvlogDtpr" + E),
                row("-aq", d -> d.quiet = true, true, "-qlogDtpr" + E, "-qlogDtpr" + E),
                row("-an", d -> d.dryRun = true, true, "-nlogDtpr" + E, "-nlogDtpr" + E),
                row("-ai", d -> d.itemize = 1, true, "-logDtpr" + E + " --log-format=%i", "-logDtpr" + E),
                row("-aii", d -> d.itemize = 2, true, "-logDtpr" + E + " --log-format=%i%I", "-logDtpr" + E),
                row("-ac", d -> d.checksum = true, true, "-logDtprc" + E, "-logDtprc" + E),
                row("-aI", d -> d.ignoreTimes = true, true, "-logDtprI" + E, "-logDtprI" + E),
                row("-au", d -> d.newerOnly = true, true, "-ulogDtpr" + E, "-ulogDtpr" + E),
                row("-aW", d -> d.wholeFile = Choice.YES, true, "-lWogDtpr" + E, "-lWogDtpr" + E),
                row("-az", d -> d.compress = true, true, "-logDtprz" + E, "-logDtprz" + E),
                row(
                        "-azz",
                        d -> {
                            d.compress = true;
                            d.compressChoice = List.of(CompressionType.ZLIBX);
                        },
                        true,
                        "-logDtpr" + E + " --new-compress",
                        "-logDtpr" + E + " --new-compress"),
                row(
                        "-a --iconv=utf8,latin1",
                        d -> d.iconv = "utf8,latin1",
                        true,
                        "-logDtpr" + E + " --iconv=latin1",
                        "-logDtpr" + E + " --iconv=latin1"),
                row("-aq --iconv=.", d -> d.iconv = ".", false, "-" + NE + " --iconv=.", "-" + NE + " --iconv=."),
                row(
                        "--write-devices",
                        d -> d.writeDevices = true,
                        false,
                        "-" + NE + " --inplace --write-devices",
                        "-" + NE + " --inplace"),
                row("-yy", d -> d.fuzzy = 2, false, "-y" + NE, "-" + NE),
                row("-xxx", d -> d.oneFileSystem = 3, false, "-xx" + NE, "-xx" + NE),
                row("--max-alloc=1g", d -> d.maxAllocation = 1L << 30, false, "-" + NE, "-" + NE),
                row("-aS", d -> d.sparse = true, true, "-logDtprS" + E, "-logDtprS" + E),
                row("-axx", d -> d.oneFileSystem = 2, true, "-logDtprxx" + E, "-logDtprxx" + E),
                row("-aR", d -> d.relative = true, true, "-logDtprR" + E, "-logDtprR" + E),
                row("-d", d -> d.directories = true, "-d" + NE, "-d" + NE),
                row(
                        "-d --delete",
                        d -> {
                            d.directories = true;
                            d.delete = true;
                        },
                        "-d" + NE + " --no-r --delete",
                        "-d" + NE),
                delete("--delete", d -> d.delete = true, "--delete", E),
                delete("--delete-before", d -> d.deleteBefore = true, "--delete-before", NE),
                delete("--delete-during", d -> d.deleteDuring = Mode.DURING, "--delete-during", E),
                delete("--delete-delay", d -> d.deleteDuring = Mode.DELAY, "--delete-delay", E),
                delete("--delete-after", d -> d.deleteAfter = true, "--delete-after", NE),
                delete("--delete-excluded", d -> d.deleteExcluded = true, "--delete-excluded", E),
                delete(
                        "--delete-after --delete-excluded",
                        d -> {
                            d.deleteAfter = true;
                            d.deleteExcluded = true;
                        },
                        "--delete-after --delete-excluded",
                        NE),
                filesFrom(
                        "--files-from=list", d -> d.relative = true, "-R" + NE, "-R" + NE + " --files-from=- --from0"),
                filesFrom(
                        "--files-from=list --no-R",
                        d -> {},
                        "-" + NE,
                        "-" + NE + " --files-from=- --from0 --no-relative"),
                filesFrom(
                        "--files-from=list -r",
                        d -> {
                            d.relative = true;
                            d.recurse = true;
                        },
                        "-rR" + E,
                        "-rR" + E + " --files-from=- --from0"),
                both("--delete-missing-args", d -> d.missingArgs = MissingArgs.DELETE),
                pull("--ignore-missing-args", d -> d.missingArgs = MissingArgs.IGNORE),
                push("--force", d -> d.force = true),
                push("--partial", d -> d.partial = true),
                row(
                        "-P",
                        d -> {
                            d.partial = true;
                            d.progress = 1;
                        },
                        "-" + NE + " --log-format=X --partial",
                        "-" + NE),
                both("--inplace", d -> d.inplace = true),
                row(
                        "--inplace -S -W",
                        d -> {
                            d.inplace = true;
                            d.sparse = true;
                            d.wholeFile = Choice.YES;
                        },
                        "-WS" + NE + " --inplace",
                        "-WS" + NE + " --inplace"),
                push("--existing", d -> d.existingOnly = true),
                push("--ignore-existing", d -> d.ignoreExisting = true),
                push("--size-only", d -> d.sizeOnly = true),
                push("--max-size=1572864", d -> d.maxSize = OptionalLong.of(1_572_864)),
                push("--min-size=1024", d -> d.minSize = OptionalLong.of(1024)),
                both("--numeric-ids", d -> d.numericIds = true),
                row("--chmod=u+x", d -> d.chmod.add("u+x"), "-" + NE, "-" + NE),
                both("--timeout=30", d -> d.timeout = 30),
                both("--bwlimit=1536", d -> d.bandwidth = 1536 * 1024),
                push("--stats", d -> d.stats = true),
                row("--progress", d -> d.progress = 1, "-" + NE + " --log-format=X", "-" + NE),
                info("progress2", "", "", ""),
                info("progress2,name0", "", "--info=NAME0", "--info=NAME0"),
                info("stats,del,copy", "", "--info=COPY,DEL,STATS", "--info=STATS"),
                info("del2,copy0", "", "--info=COPY0,DEL2", ""),
                info("all", "--log-format=X", "--info=ALL", "--info=ALL"),
                info("all2", "--log-format=X", "--info=ALL2", "--info=ALL2"),
                info("none", "", "--info=NONE", "--info=NONE"),
                info("none,name", "--log-format=X", "--info=NONE,NAME", "--info=NONE,NAME"),
                row(
                        "-v --info=name2",
                        d -> {
                            d.verbosity = 1;
                            d.addInfo("name2");
                        },
                        "-v" + NE + " --info=NAME2",
                        "-v" + NE + " --info=NAME2"),
                row("--out-format=%n", d -> d.outFormat = OutFormat.of("%n"), "-" + NE + " --log-format=X", "-" + NE),
                row("--out-format=%o", d -> d.outFormat = OutFormat.of("%o"), "-" + NE + " --log-format=%o", "-" + NE),
                row("--out-format=%i", d -> d.outFormat = OutFormat.of("%i"), "-" + NE + " --log-format=%i", "-" + NE),
                row("--out-format=%I", d -> d.outFormat = OutFormat.of("%I"), "-" + NE + " --log-format=X", "-" + NE),
                row(
                        "-ii --out-format=%i",
                        d -> {
                            d.outFormat = OutFormat.of("%i");
                            d.itemize = 2;
                        },
                        "-" + NE + " --log-format=%i%I",
                        "-" + NE),
                row(
                        "-i --out-format=%n",
                        d -> {
                            d.outFormat = OutFormat.of("%n");
                            d.itemize = 1;
                        },
                        "-" + NE + " --log-format=X",
                        "-" + NE),
                row(
                        "-v --out-format=%n",
                        d -> {
                            d.outFormat = OutFormat.of("%n");
                            d.verbosity = 1;
                        },
                        "-v" + NE,
                        "-v" + NE),
                row("--list-only", d -> d.listOnly = true, "-d" + NE + " --list-only", "-d" + NE + " --list-only"),
                row(
                        "(no destination)",
                        d -> {
                            d.listOnly = true;
                            d.listImplied = true;
                        },
                        "-d" + NE,
                        "-d" + NE),
                both("--compress-choice=zstd", d -> compress(d, CompressionType.ZSTD)),
                both("--compress-choice=lz4", d -> compress(d, CompressionType.LZ4)),
                both("--new-compress", d -> compress(d, CompressionType.ZLIBX)),
                row(
                        "--compress-choice=zlib",
                        d -> compress(d, CompressionType.ZLIB),
                        "-z" + NE + " --old-compress",
                        "-z" + NE + " --old-compress"),
                both("--compress-choice=none", d -> d.compressChoice = List.of(CompressionType.NONE)),
                row(
                        "-z --compress-level=3",
                        d -> {
                            d.compress = true;
                            d.compressLevel = OptionalInt.of(3);
                        },
                        "-z" + NE + " --compress-level=3",
                        "-z" + NE + " --compress-level=3"),
                both("--compress-level=3", d -> d.compressLevel = OptionalInt.of(3)),
                row(
                        "-z --compress-choice=none",
                        d -> {
                            d.compress = true;
                            d.compressChoice = List.of(CompressionType.NONE);
                        },
                        "-" + NE + " --compress-choice=none",
                        "-" + NE + " --compress-choice=none"),
                row("-H", d -> d.hardLinks = 1, false, "-H" + NE, "-H" + NE),
                row("-HHH", d -> d.hardLinks = 3, false, "-HH" + NE, "-HH" + NE),
                both("--max-alloc=1.5g", d -> {
                    d.maxAllocation = 3L << 29;
                    d.maxAllocationText = "1.5g";
                }),
                both("--max-alloc=2097152", d -> d.maxAllocation = 2 << 20),
                both("--checksum-choice=md5", d -> d.checksumChoice = List.of(ChecksumType.MD5)),
                both(
                        "--checksum-choice=xxh64,md5",
                        d -> d.checksumChoice = List.of(ChecksumType.XXH64, ChecksumType.MD5)),
                row(
                        "--checksum-choice=none",
                        d -> d.checksumChoice = List.of(ChecksumType.NONE),
                        "-W" + NE + " --checksum-choice=none",
                        "-W" + NE + " --checksum-choice=none"),
                both("--checksum-seed=5", d -> d.checksumSeed = OptionalInt.of(5)),
                both("-B2048", d -> d.blockSize = OptionalInt.of(2048)),
                push("--delay-updates", d -> d.delayUpdates = true),
                push("--fsync", d -> d.fsync = true),
                push("--modify-window=1", d -> d.modifyWindow = OptionalInt.of(1)),
                push("-@-1", d -> d.modifyWindow = OptionalInt.of(-1)),
                push("--modify-window=0", d -> d.modifyWindow = OptionalInt.of(0)),
                push("--max-delete=5", d -> d.maxDelete = OptionalInt.of(5)),
                push("--max-delete=-1", d -> d.maxDelete = OptionalInt.of(0)),
                row("-aE", d -> d.executability = true, true, "-logDtpr" + E, "-logDtpr" + E),
                row("-E", d -> d.executability = true, "-E" + NE, "-" + NE),
                row("-O", d -> d.omitDirTimes = true, "-O" + NE, "-" + NE),
                row("-J", d -> d.omitLinkTimes = true, "-J" + NE, "-" + NE),
                row(
                        "-r -m",
                        d -> {
                            d.recurse = true;
                            d.pruneEmptyDirs = true;
                        },
                        "-mr" + E,
                        "-r" + NE),
                both("--ignore-errors", d -> d.ignoreErrors = true),
                row(
                        "-a --no-specials",
                        d -> d.specials = false,
                        true,
                        "-logDtpr" + E + " --no-specials",
                        "-logDtpr" + E + " --no-specials"),
                row("-a --no-D", d -> d.devices = d.specials = false, true, "-logtpr" + E, "-logtpr" + E),
                both("--specials", d -> d.specials = true),
                row(
                        "-aR --no-implied-dirs",
                        d -> {
                            d.relative = true;
                            d.impliedDirs = false;
                        },
                        true,
                        "-logDtprR" + E + " --no-implied-dirs",
                        "-logDtprR" + E + " --no-implied-dirs"),
                row(
                        "-r --no-i-r",
                        d -> {
                            d.recurse = true;
                            d.incrementalRecursion = false;
                        },
                        "-r" + NE,
                        "-r" + NE),
                row(
                        "-rvi --delete -n",
                        d -> {
                            d.recurse = true;
                            d.verbosity = 1;
                            d.itemize = 1;
                            d.delete = true;
                            d.dryRun = true;
                        },
                        "-vnr" + E + " --log-format=%i --delete",
                        "-vnr" + E),
                row(
                        "-vzrtopg --delete --progress",
                        d -> {
                            d.verbosity = 1;
                            d.compress = true;
                            d.recurse = true;
                            d.times = true;
                            d.owner = true;
                            d.permissions = true;
                            d.group = true;
                            d.delete = true;
                            d.progress = 1;
                        },
                        "-vogtprz" + E + " --delete",
                        "-vogtprz" + E));
    }

    private static Arguments row(String name, Consumer<OptionDraft> change, String push, String pull) {
        return row(name, change, false, push, pull);
    }

    private static Arguments row(String name, Consumer<OptionDraft> change, boolean archive, String push, String pull) {
        OptionDraft draft = archive ? archive() : new OptionDraft();
        change.accept(draft);
        try {
            return Arguments.of(name, draft.toOptions(), push, pull);
        } catch (TransferException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    private static Arguments both(String argument, Consumer<OptionDraft> change) {
        return row(argument, change, "-" + NE + " " + argument, "-" + NE + " " + argument);
    }

    private static Arguments push(String argument, Consumer<OptionDraft> change) {
        return row(argument, change, "-" + NE + " " + argument, "-" + NE);
    }

    private static Arguments pull(String argument, Consumer<OptionDraft> change) {
        return row(argument, change, "-" + NE, "-" + NE + " " + argument);
    }

    private static Arguments delete(String name, Consumer<OptionDraft> change, String push, String pullCapabilities) {
        Consumer<OptionDraft> recurse = d -> d.recurse = true;
        return row("-r " + name, recurse.andThen(change), "-r" + E + " " + push, "-r" + pullCapabilities);
    }

    private static Arguments filesFrom(String name, Consumer<OptionDraft> change, String push, String pull) {
        Consumer<OptionDraft> local = d -> d.filesFrom = FilesFrom.LOCAL;
        return row(name, local.andThen(change), push, pull);
    }

    private static Arguments info(String words, String format, String push, String pull) {
        String pushed = ("-" + NE + " " + format + " " + push).strip().replaceAll(" +", " ");
        return row("--info=" + words, d -> d.addInfo(words), pushed, ("-" + NE + " " + pull).strip());
    }

    private static void compress(OptionDraft draft, CompressionType type) {
        draft.compress = true;
        draft.compressChoice = List.of(type);
    }

    /** What {@code -a} stands for. */
    static OptionDraft archive() {
        OptionDraft draft = new OptionDraft();
        draft.recurse = true;
        draft.links = true;
        draft.permissions = true;
        draft.times = true;
        draft.group = true;
        draft.owner = true;
        draft.devices = true;
        draft.specials = true;
        return draft;
    }
}
