package io.sluice.protocol.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.ReportingOptions.OutFormat;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Server arguments against those that rsync 3.5.0 gave a remote shell for the command line that a row names. A wrong letter, order or
 * value fails its row in both directions, as the expected text came from the other program.
 */
class ServerArgumentsTest {
    private static final String E = "e.iLsfxCIvu";
    private static final String NE = "e.LsfxCIvu";

    static Stream<Arguments> commandLines() {
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("commandLines")
    void pushesAsRsyncDoes(String commandLine, TransferOptions options, String push, String pull) throws Exception {
        assertThat(join(arguments(Side.SENDER, options).format())).isEqualTo("--server " + push + " . dst");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("commandLines")
    void pullsAsRsyncDoes(String commandLine, TransferOptions options, String push, String pull) throws Exception {
        assertThat(join(arguments(Side.RECEIVER, options).format())).isEqualTo("--server --sender " + pull + " . dst");
    }

    /** Were an option dropped or misread, writing what was read would not give the same arguments again. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("commandLines")
    void readsBackWhatIsWritten(String commandLine, TransferOptions options, String push, String pull)
            throws Exception {
        for (Side side : Side.values()) {
            ServerArguments written = arguments(side, options);
            ServerArguments read = ServerArguments.parse(written.format(), List.of());
            assertThat(join(read.format())).isEqualTo(join(written.format()));
            assertThat(read.clientSide()).isEqualTo(side);
            assertThat(read.capabilities()).isEqualTo(written.capabilities());
            ServerArguments again = ServerArguments.parse(read.format(), List.of());
            assertThat(again.options()).isEqualTo(read.options());
        }
    }

    /** A client sends rules on the stream; only what it passes on as it is comes as arguments. */
    @Test
    void filterRulesMayBeAmongTheArguments() throws Exception {
        List<byte[]> words = Stream.of(
                        "--server",
                        "--sender",
                        "-FFr",
                        "--exclude=*.o",
                        "--include",
                        "a",
                        "-f",
                        "- b",
                        "--exclude-from=/x",
                        "--include-from=y",
                        "--filter=. z",
                        ".",
                        ".")
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
        assertThat(ServerArguments.parse(words, List.of()).rules().stream()
                        .map(rule -> rule.kind() + " " + rule.text()))
                .containsExactly(
                        "FILTER : /.rsync-filter",
                        "FILTER - .rsync-filter",
                        "EXCLUDE *.o",
                        "INCLUDE a",
                        "FILTER - b",
                        "EXCLUDE_FROM /x",
                        "INCLUDE_FROM y",
                        "FILTER . z");
        assertThatThrownBy(() -> ServerArguments.parse(words, List.of("filter")))
                .hasMessage("The server is configured to refuse --filter (-f)");
    }

    /** Field by field, so that two options swapped in both directions do not pass. */
    @Test
    void readsEachOptionIntoItsField() throws Exception {
        TransferOptions push = parse(
                        "--server -vvunldmOJWogDtEcIRxSze.iLs --no-r --compress-level=4 --log-format=%i%I -B700"
                                + " --timeout=9 --bwlimit=7 --checksum-choice=md5,sha1 --max-delete=3 --min-size=1"
                                + " --max-size=2 --delete-delay --delete-excluded --force --size-only --stats"
                                + " --delete-missing-args -@-1 --checksum-seed=8 --partial --ignore-errors --numeric-ids"
                                + " --ignore-existing --existing --fsync --info=NAME0,DEL2 --no-implied-dirs . a b")
                .options();
        TransferOptions expected = TransferOptions.DEFAULT.edit(draft -> {
            draft.directories = true;
            draft.relative = true;
            draft.impliedDirs = false;
            draft.oneFileSystem = 1;
            draft.missingArgs = MissingArgs.DELETE;
            draft.maxSize = OptionalLong.of(2);
            draft.minSize = OptionalLong.of(1);
            draft.pruneEmptyDirs = true;
            draft.archive();
            draft.permissions = false;
            draft.executability = true;
            draft.omitDirTimes = true;
            draft.omitLinkTimes = true;
            draft.numericIds = true;
            draft.dryRun = true;
            draft.checksum = true;
            draft.ignoreTimes = true;
            draft.sizeOnly = true;
            draft.newerOnly = true;
            draft.existingOnly = true;
            draft.ignoreExisting = true;
            draft.modifyWindow = OptionalInt.of(-1);
            draft.wholeFile = Choice.YES;
            draft.sparse = true;
            draft.partial = true;
            draft.blockSize = OptionalInt.of(700);
            draft.fsync = true;
            draft.deleteDuring = Mode.DELAY;
            draft.deleteExcluded = true;
            draft.force = true;
            draft.ignoreErrors = true;
            draft.maxDelete = OptionalInt.of(3);
            draft.compress = true;
            draft.compressLevel = OptionalInt.of(4);
            draft.checksumChoice = List.of(ChecksumType.MD5, ChecksumType.SHA1);
            draft.checksumSeed = OptionalInt.of(8);
            draft.verbosity = 2;
            draft.itemize = 2;
            draft.outFormat = OutFormat.ITEM;
            draft.stats = true;
            draft.info.putAll(java.util.Map.of(InfoItem.NAME, 0, InfoItem.DEL, 2));
            draft.timeout = 9;
            draft.bandwidth = 7 * 1024;
        });
        assertThat(push).isEqualTo(expected);
    }

    @Test
    void readsTheNamesThatFollow() throws Exception {
        ServerArguments arguments = parse("--server --sender -Re.iLsfxCIvu --files-from=- --from0 . mod/");
        assertThat(arguments.options().selection().filesFrom()).isEqualTo(FilesFrom.PEER);
        assertThat(arguments.options().selection().from0()).isTrue();
        assertThat(join(arguments.paths())).isEqualTo("mod/");
        assertThat(parse("--server --sender -e. --files-from=- --from0 . x")
                        .options()
                        .selection()
                        .relative())
                .isTrue();
    }

    /** Captured from rsync with {@code --temp-dir=} and {@code --link-dest= --link-dest=/x}: a name that is empty is one all the same. */
    @Test
    void sendsAndReadsNamesThatAreEmpty() throws Exception {
        OptionDraft draft = new OptionDraft();
        draft.temporaryDirectory = "";
        draft.addBasis(BasisOptions.Kind.LINK, "");
        draft.addBasis(BasisOptions.Kind.LINK, "/x");
        ServerArguments written = new ServerArguments(Side.SENDER, draft.toOptions(), "", false, List.of(bytes("dst")));
        assertThat(written.format())
                .containsSequence(
                        bytes("--temp-dir"),
                        bytes(""),
                        bytes("--link-dest"),
                        bytes(""),
                        bytes("--link-dest"),
                        bytes("/x"));
        assertThat(ServerArguments.parse(written.format(), List.of()).options().placement())
                .isEqualTo(draft.toOptions().placement());
        assertThat(TransferOptions.DEFAULT.placement().temporaryDirectory()).isNull();
    }

    /** As rsync, a server passes over words that it does not know: the client may be newer. */
    @Test
    void readsWhatToTell() throws Exception {
        ReportingOptions told = parse("--server -rv --debug=HLINK2,own,later,proto0 . x")
                .options()
                .reporting();
        assertThat(told.debug()).isEqualTo(Map.of(DebugItem.HLINK, 2, DebugItem.OWN, 1, DebugItem.PROTO, 0));
        assertThat(told.level(DebugItem.HLINK)).isEqualTo(2);
        assertThat(parse("--server -r --debug=all4,none . x")
                        .options()
                        .reporting()
                        .debug())
                .containsEntry(DebugItem.IO, 0)
                .hasSize(DebugItem.values().length);
    }

    /** With two {@code -v} at most, nothing is told that takes more of them, and nothing that no number of them brings. */
    @Test
    void holdsBackWhatMustNotBeTold() throws Exception {
        TransferOptions asked =
                parse("--server -rvvvv --debug=FLIST4,NSTR3 --info=name2 . x").options();
        ReportingOptions limited = asked.edit(draft -> draft.limitOutput(2)).reporting();
        assertThat(limited.verbosity()).isEqualTo(2);
        assertThat(limited.level(DebugItem.FLIST)).isEqualTo(1);
        assertThat(limited.level(DebugItem.NSTR)).isZero();
        assertThat(limited.level(DebugItem.GENR)).isZero();
        ReportingOptions free = asked.edit(draft -> draft.limitOutput(6)).reporting();
        assertThat(free.level(DebugItem.NSTR)).isEqualTo(3);
    }

    /** rsync sends a leading dash as {@code ./-x}; a peer that does not must not smuggle an option behind the dot. */
    @Test
    void takesEverythingAfterTheDotForPaths() throws Exception {
        ServerArguments arguments = parse("--server -re.i . dst --delete -n .");
        assertThat(join(arguments.paths())).isEqualTo("dst --delete -n .");
        assertThat(arguments.options().deletion().mode()).isEqualTo(Mode.NONE);
    }

    @Test
    void readsWhereToLog() throws Exception {
        assertThat(parse("--server -r --log-file=a --log-file-format=%n . x").log())
                .isEqualTo(new ServerLog("a", "%n"));
        assertThat(parse("--server -r . x").log()).isEqualTo(ServerLog.NONE);
    }

    /** A restricted shell's wrapper writes it, so that no path is taken for an option. */
    @Test
    void takesEverythingAfterTwoDashesForPaths() throws Exception {
        assertThat(join(parse("--server -re.i -- . dst -n").paths())).isEqualTo("dst -n");
        assertThat(join(parse("--server -re.i -- -n").paths())).isEqualTo("-n");
    }

    @Test
    void dropsAVersionBeforeTheCapabilities() throws Exception {
        assertThat(parse("--server -re31.14iLs . x").capabilities()).isEqualTo("iLs");
        assertThat(parse("--server -r . x").capabilities()).isEmpty();
    }

    /** Bytes captured from {@code rsync -avs --timeout=5 "host:a b*" host:~x dst}. */
    @Test
    void secludesAllButTheLetters() throws Exception {
        OptionDraft draft = archive();
        draft.verbosity = 1;
        draft.timeout = 5;
        ServerArguments arguments = new ServerArguments(
                Side.RECEIVER, draft.toOptions(), "iLsfxCIvu", true, List.of(bytes("a b*"), bytes("~x")));
        assertThat(join(arguments.format())).isEqualTo("--server --sender -svlogDtpre.iLsfxCIvu");
        assertThat(arguments.formatSecluded(ServerArguments.Extras.NONE))
                .containsExactly(bytes("rsync"), bytes("--timeout=5"), bytes("."), bytes("a b*"), bytes("~x"));

        assertThat(ServerArguments.parse(arguments.format(), List.of()).secluded())
                .isTrue();
        List<byte[]> all = new ArrayList<>(arguments.format());
        all.addAll(arguments.formatSecluded(ServerArguments.Extras.NONE).subList(1, 5));
        ServerArguments read = ServerArguments.parse(all, List.of());
        assertThat(read.options().limits().timeout()).isEqualTo(5);
        assertThat(read.paths()).containsExactly(bytes("a b*"), bytes("~x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonesuch", "-Q", "--timeout=foo", "--timeout=99999999999", "--recursive=4", "--timeout"})
    void namesWhatItDoesNotKnow(String argument) {
        assertThatThrownBy(() -> parse("--server -re. " + argument))
                .isInstanceOf(TransferException.class)
                .hasMessageStartingWith("on remote machine: " + argument + ": ")
                .satisfies(e -> assertThat(((TransferException) e).exitCode()).isEqualTo(ExitCode.SYNTAX));
    }

    @Test
    void refusesABoundOfNothing() {
        assertThatThrownBy(() -> parse("--server -r --max-alloc=0 . x"))
                .isInstanceOf(TransferException.class)
                .hasMessage("max-alloc must be greater than zero");
    }

    /** Nor can rsync on Linux, and these are its words. */
    @Test
    void refusesCreationTimes() {
        assertThatThrownBy(() -> parse("--server -rNe.i . x"))
                .isInstanceOf(TransferException.class)
                .hasMessage("The server does not support --crtimes (-N)")
                .satisfies(e -> assertThat(((TransferException) e).exitCode()).isEqualTo(ExitCode.SYNTAX));
    }

    @Test
    void refusesContradictions() {
        assertThatThrownBy(() -> parse("--server --delete . x"))
                .hasMessage("--delete does not work without --recursive (-r) or --dirs (-d).");
        assertThatThrownBy(() -> parse("--server -r --delete-before --delete-after . x"))
                .hasMessage("You may not combine multiple --delete-WHEN options.");
        assertThatThrownBy(() -> parse("--server -r --inplace --delay-updates . x"))
                .hasMessage("--inplace cannot be used with --delay-updates");
    }

    private static ServerArguments arguments(Side side, TransferOptions options) {
        return new ServerArguments(
                side, options, ServerArguments.capabilities(side, options), false, List.of(bytes("dst")));
    }

    private static ServerArguments parse(String arguments) throws TransferException {
        return ServerArguments.parse(
                Stream.of(arguments.split(" ")).map(ServerArgumentsTest::bytes).toList(), List.of());
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

    private static OptionDraft archive() {
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String join(List<byte[]> arguments) {
        return String.join(
                " ",
                arguments.stream()
                        .map(argument -> new String(argument, StandardCharsets.ISO_8859_1))
                        .toList());
    }
}
