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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server reads from arguments, those too that no client of ours writes. */
class ServerOptionReaderTest {
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

    private static ServerArguments parse(String arguments) throws TransferException {
        return ServerArguments.parse(
                Stream.of(arguments.split(" "))
                        .map(ServerOptionReaderTest::bytes)
                        .toList(),
                List.of());
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
