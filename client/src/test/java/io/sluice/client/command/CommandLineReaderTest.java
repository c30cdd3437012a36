package io.sluice.client.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.command.CommandLine.Request;
import io.sluice.client.output.ItemFormat;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.DeletionOptions.Mode;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.RuleArgument;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.SelectionOptions.MissingArgs;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.CompressionType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What command lines mean, and rsync 3.5.0's words for those that mean nothing; every test has a neighbour that would fail on the opposite. */
class CommandLineReaderTest {
    private static CommandLine read(String words) throws TransferException {
        return CommandLineReader.read(List.of(words.split(" ", -1)), Map.of());
    }

    private static TransferOptions options(String words) throws TransferException {
        return read(words).options();
    }

    @Test
    void readsTheNewcomersFirstCommand() throws Exception {
        CommandLine line = read("-vzrtopg --delete --progress --password-file=/etc/server.pass SRC user@host::module");
        TransferOptions options = line.options();
        assertThat(options.reporting().verbosity()).isEqualTo(1);
        assertThat(options.reporting().level(InfoItem.PROGRESS)).isEqualTo(1);
        assertThat(options.algorithms().compresses()).isTrue();
        assertThat(options.selection().recurse()).isTrue();
        assertThat(options.preservation().times()).isTrue();
        assertThat(options.preservation().owner()).isTrue();
        assertThat(options.preservation().permissions()).isTrue();
        assertThat(options.preservation().group()).isTrue();
        assertThat(options.preservation().links()).isFalse();
        assertThat(options.deletion().mode()).isEqualTo(Mode.PLAIN);
        assertThat(line.connection().passwordFile()).isEqualTo("/etc/server.pass");
        assertThat(line.operands()).containsExactly("SRC", "user@host::module");
    }

    @Test
    void archiveIsItsSevenOptionsAndLaterOnesTakeBack() throws Exception {
        TransferOptions archive = options("-a a b");
        assertThat(archive.selection().recurse()).isTrue();
        assertThat(archive.preservation().links()).isTrue();
        assertThat(archive.preservation().devices()).isTrue();
        assertThat(archive.preservation().specials()).isTrue();
        assertThat(archive.preservation().owner()).isTrue();
        assertThat(options("-a --no-o a b").preservation().owner()).isFalse();
        assertThat(options("--no-o -a a b").preservation().owner()).isTrue();
        assertThat(options("-a --no-D --specials a b").preservation().devices()).isFalse();
        assertThat(options("-a --no-D --specials a b").preservation().specials())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-e ssh a b",
                "-essh a b",
                "-e=ssh a b",
                "-ve ssh a b",
                "--rsh=ssh a b",
                "--rsh ssh a b",
                "a b -e ssh"
            })
    void findsAnArgumentInTheWordOrTheNext(String words) throws Exception {
        CommandLine line = read(words);
        assertThat(line.connection().remoteShell()).isEqualTo("ssh");
        assertThat(line.operands()).containsExactly("a", "b");
    }

    @Test
    void endsOptionsAtTwoDashesAndTakesOneForAnOperand() throws Exception {
        assertThat(read("-r - -- -v --x").operands()).containsExactly("-", "-v", "--x");
        assertThat(read("-r - -- -v --x").options().reporting().verbosity()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--delete,PLAIN",
        "--del,DURING",
        "--delete-before,BEFORE",
        "--delete-during,DURING",
        "--delete-delay,DELAY",
        "--delete-after,AFTER",
        "--delete-excluded,PLAIN",
        "-v,NONE"
    })
    void knowsTheTimesOfDeletion(String option, Mode mode) throws Exception {
        assertThat(options("-r " + option + " a b").deletion().mode()).isEqualTo(mode);
    }

    @Test
    void filesFromTurnsOnRelativeNamesAndTurnsOffTheRecursionOfArchive() throws Exception {
        TransferOptions list = options("-a --files-from=x a b");
        assertThat(list.selection().filesFrom()).isEqualTo(FilesFrom.LOCAL);
        assertThat(list.selection().relative()).isTrue();
        assertThat(list.selection().recurse()).isFalse();
        assertThat(list.selection().directories()).isTrue();
        assertThat(options("-ar --files-from=x a b").selection().recurse()).isTrue();
        assertThat(options("-a --no-R --files-from=x a b").selection().relative())
                .isFalse();
    }

    @Test
    void oneOperandIsAListingWithDirectories() throws Exception {
        assertThat(options("a").selection().listOnly()).isTrue();
        assertThat(options("a").selection().directories()).isTrue();
        assertThat(options("a").selection().recurse()).isFalse();
        assertThat(options("a b").selection().listOnly()).isFalse();
        assertThat(options("a b").selection().directories()).isFalse();
        assertThat(options("--list-only a b").selection().listOnly()).isTrue();
    }

    @Test
    void oldDirectoriesRecurseOneLevelByARule() throws Exception {
        CommandLine line = read("--old-d a b");
        assertThat(line.options().selection().recurse()).isTrue();
        assertThat(line.filters()).containsExactly(new RuleArgument(RuleArgument.Kind.FILTER, "- /*/*"));
    }

    @Test
    void keepsTheOrderOfRules() throws Exception {
        assertThat(read("--include=i --exclude e -f r -F -F -F --exclude-from=x a b")
                        .filters())
                .containsExactly(
                        new RuleArgument(RuleArgument.Kind.INCLUDE, "i"),
                        new RuleArgument(RuleArgument.Kind.EXCLUDE, "e"),
                        new RuleArgument(RuleArgument.Kind.FILTER, "r"),
                        new RuleArgument(RuleArgument.Kind.FILTER, ": /.rsync-filter"),
                        new RuleArgument(RuleArgument.Kind.FILTER, "- .rsync-filter"),
                        new RuleArgument(RuleArgument.Kind.EXCLUDE_FROM, "x"));
    }

    @Test
    void missingArgumentsAreDeletedIfBothWaysAreAskedFor() throws Exception {
        assertThat(options("--ignore-missing-args a b").selection().missingArgs())
                .isEqualTo(MissingArgs.IGNORE);
        assertThat(options("--delete-missing-args --ignore-missing-args a b")
                        .selection()
                        .missingArgs())
                .isEqualTo(MissingArgs.DELETE);
    }

    @Test
    void choosesCompression() throws Exception {
        assertThat(options("-z a b").algorithms().compressChoice()).isEmpty();
        assertThat(options("-zz a b").algorithms().compressChoice()).containsExactly(CompressionType.ZLIBX);
        assertThat(options("--zc=lz4 a b").algorithms().compresses()).isTrue();
        assertThat(options("-z --zc=none a b").algorithms().compresses()).isFalse();
        assertThat(options("-z --no-z a b").algorithms().compresses()).isFalse();
        assertThat(options("--zl=3 --no-z a b").algorithms().compresses()).isTrue();
        assertThat(options("--zl=3 a b").algorithms().compress()).isFalse();
        assertThat(options("--zl=5 a b").algorithms().compressLevel()).hasValue(5);
    }

    @Test
    void wholeFileHasThreeStates() throws Exception {
        assertThat(options("a b").placement().wholeFile()).isEqualTo(Choice.UNSET);
        assertThat(options("-W a b").placement().wholeFile()).isEqualTo(Choice.YES);
        assertThat(options("--no-W a b").placement().wholeFile()).isEqualTo(Choice.NO);
        assertThat(options("--cc=none a b").placement().wholeFile()).isEqualTo(Choice.YES);
    }

    @Test
    void limitsAreBytesPerSecondInWholeKilobytes() throws Exception {
        assertThat(options("--bwlimit=1.5m a b").limits().bandwidth()).isEqualTo(1_572_864);
        assertThat(options("--bwlimit=1000b a b").limits().bandwidth()).isEqualTo(1024);
        assertThat(options("--bwlimit=5 --no-bwlimit a b").limits().bandwidth()).isZero();
        assertThat(options("--max-size=5kb+1 a b").selection().maxSize()).hasValue(5001);
        assertThat(options("--min-size=.5k a b").selection().minSize()).hasValue(512);
    }

    @Test
    void progressNamesWhatItShowsButTheWholeTransfersDoesNot() throws Exception {
        assertThat(read("--progress a b").display().reporter().outFormat()).isSameAs(ItemFormat.NAMES);
        assertThat(read("--info=progress2 a b").display().reporter().outFormat())
                .isNull();
        assertThat(options("-P --info=progress2 a b").reporting().level(InfoItem.PROGRESS))
                .isEqualTo(2);
        assertThat(options("-P a b").placement().partial()).isTrue();
        assertThat(options("-v --info=name0 a b").reporting().level(InfoItem.NAME))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "-h,HELP",
        "--help,HELP",
        "-V,VERSION",
        "--version,VERSION",
        "-VV,VERSION_JSON",
        "--debug=help,DEBUG_HELP",
        "-avh --version,VERSION",
        "--info=help,INFO_HELP",
        "-h x,TRANSFER"
    })
    void answersWhatIsNoTransfer(String words, Request request) throws Exception {
        assertThat(read(words).request()).isEqualTo(request);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fuzz a b|rsync: --fuzz: unknown option",
                "-vQx a b|rsync: -vQx: unknown option",
                "--verb a b|rsync: --verb: unknown option",
                "--verbose=3 a b|rsync: --verbose=3: option does not take an argument",
                "-ve|rsync: -ve: missing argument",
                "--chmod|rsync: --chmod: missing argument",
                "--timeout=abc a b|rsync: --timeout=abc: invalid numeric value",
                "--timeout a|rsync: a: invalid numeric value",
                "--timeout=99999999999999 a b|rsync: --timeout=99999999999999: number too large or too small",
                "--modify-window=09 a b|rsync: --modify-window=09: invalid numeric value",
                "--max-size=12x a b|rsync: --max-size=12x is invalid",
                "--max-size=-5 a b|rsync: --max-size=-5 is too large",
                "--max-size=+1 a b|rsync: --max-size=+1 is invalid",
                "--max-size=8192p a b|rsync: --max-size=8192p is too large",
                "--block-size=1g a b|rsync: --block-size=1g is too large (max: 128.00K)",
                "--bwlimit=511b a b|rsync: --bwlimit=511b is too small (min: 512 or 0 for unlimited)",
                "--info=foo2 a b|Unknown --info item: \"foo\"",
                "-r --delete-before --delete-after a b|rsync: You may not combine multiple --delete-WHEN options.",
                "--delete a b|rsync: --delete does not work without --recursive (-r) or --dirs (-d).",
                "--inplace --delay-updates a b|rsync: --inplace cannot be used with --delay-updates",
                "--stderr=x a b|rsync: --stderr mode \"x\" is not one of errors, all, or client",
                "--outbuf=x a b|rsync: Invalid --outbuf setting -- specify N, L, or B.",
                "--chmod=D a b|rsync: Invalid argument passed to --chmod (D)",
                "--chmod=a+x,,b a b|rsync: Invalid argument passed to --chmod (a+x,,b)",
                "--chmod=888 a b|rsync: Invalid argument passed to --chmod (888)",
                "--chmod= a b|rsync: Invalid argument passed to --chmod ()",
                "--backup-dir= a b|rsync: --suffix cannot be empty when --backup-dir is the same as the dest dir",
                "--backup-dir=. -b a b|rsync: --suffix cannot be empty when --backup-dir is the same as the dest dir",
                "-b --suffix= a b|rsync: --suffix cannot be empty without a --backup-dir",
                "-b --suffix=/x a b|rsync: --suffix cannot contain slashes: /x",
                "--confine-root= a b|rsync: --confine-root must be an absolute path",
                "--confine-root=x a b|rsync: --confine-root must be an absolute path",
                "--confine-root=/x --insecure-links a b|rsync: --insecure-links cannot be combined with --confine-root",
                "--write-batch=x --read-batch=y a|rsync: --write-batch and --read-batch can not be used together",
                "--read-batch=y --files-from=l a|rsync: --read-batch cannot be used with --files-from",
                "--read-batch=y --remove-source-files a|rsync: --read-batch cannot be used with --remove-source-files",
                "--append -W a b|rsync: --append cannot be used with --whole-file",
                "--append-verify --whole-file a b|rsync: --append cannot be used with --whole-file",
                "--append --partial-dir=x a b|rsync: --append cannot be used with --partial-dir",
                "--inplace --partial-dir=x a b|rsync: --inplace cannot be used with --partial-dir",
                "--write-devices --partial-dir=x a b|rsync: --inplace cannot be used with --partial-dir",
                "--fake-super -XX a b|rsync: --fake-super conflicts with -XX",
                "--compare-dest=x --copy-dest=y a b|rsync: ERROR: the --copy-dest option conflicts with the"
                        + " --compare-dest option",
                "--link-dest=x --copy-dest=y a b|rsync: ERROR: the --copy-dest option conflicts with the --link-dest"
                        + " option",
                "--usermap=1:2 --usermap=2:3 a b|rsync: You can only specify --usermap once.",
                "--chown=3 --usermap=1:2 a b|rsync: --usermap conflicts with prior --chown.",
                "--groupmap=1:2 --chown=:3 a b|rsync: --chown conflicts with prior --groupmap.",
                "--chown=1 --chown=2 a b|rsync: You can only specify a user-affecting --chown once.",
                "-M-x -Mx a b|rsync: Remote option must start with a dash: x",
                "-s --old-args a b|rsync: --secluded-args conflicts with --old-args.",
                "--stop-after=x a b|rsync: invalid --stop-after value: x",
                "--stop-at=x a b|rsync: invalid --stop-at format: x",
                "--max-alloc=1k a b|rsync: --max-alloc=1k is too small (min: 1.00M or 0 for unlimited)"
            },
            quoteCharacter = '~')
    void complainsAsRsyncDoes(String words, String complaint) {
        assertThatThrownBy(() -> read(words))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SYNTAX))
                .hasMessage(complaint);
    }

    /** What options leave open, variables say. */
    @ParameterizedTest
    @CsvSource({
        "-P a b, RSYNC_PARTIAL_DIR, x, x",
        "-P --partial-dir=y a b, RSYNC_PARTIAL_DIR, x, y",
        "-a a b, RSYNC_PARTIAL_DIR, x, ''",
        "-P --inplace a b, RSYNC_PARTIAL_DIR, x, ''",
        "-P --delay-updates a b, RSYNC_PARTIAL_DIR, x, ''"
    })
    void partialFilesGoWhereTheEnvironmentSays(String words, String variable, String value, String expected)
            throws Exception {
        CommandLine line = CommandLineReader.read(List.of(words.split(" ")), Map.of(variable, value));
        assertThat(line.options().placement().partialDirectory()).isEqualTo(expected);
    }

    @Test
    void allocationsAreLimitedAsTheEnvironmentSays() throws Exception {
        Map<String, String> environment = Map.of("RSYNC_MAX_ALLOC", "3m");
        assertThat(CommandLineReader.read(List.of("a", "b"), environment)
                        .options()
                        .limits()
                        .maxAllocation())
                .isEqualTo(3 << 20);
        assertThat(CommandLineReader.read(List.of("--max-alloc=2m", "a", "b"), environment)
                        .options()
                        .limits()
                        .maxAllocation())
                .isEqualTo(2 << 20);
        assertThatThrownBy(() -> CommandLineReader.read(List.of("a", "b"), Map.of("RSYNC_MAX_ALLOC", "x")))
                .hasMessage("rsync: --max-alloc=x is invalid");
    }

    /** With a list of names there is one place where they are, and one where they go; and only a server is told that it sends. */
    @ParameterizedTest
    @ValueSource(strings = {"--files-from=l a", "--files-from=l a b c", "--sender a b"})
    void showsTheHelpForWhatFitsNowhere(String words) {
        assertThatThrownBy(() -> read(words))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SYNTAX))
                .hasMessageContaining("--files-from=FILE");
    }

    /** {@code --stderr} is for the peer too; as it comes, there is nothing to say. */
    @ParameterizedTest
    @CsvSource({
        "--stderr=all, --msgs2stderr",
        "--stderr=c, --no-msgs2stderr",
        "--stderr=errors, ''",
        "--no-msgs2stderr, --no-msgs2stderr",
        "-a, ''"
    })
    void tellsThePeerWhereMessagesGo(String words, String sent) throws Exception {
        assertThat(String.join(" ", read(words + " a b").connection().remoteOptions()))
                .isEqualTo(sent);
    }

    /** The last word counts, and the environment only without one; a dash is none, and none is the locale's. */
    @ParameterizedTest
    @CsvSource({
        "a b, '', ''",
        "--iconv=utf8 a b, '', utf8",
        "'--iconv utf8,latin1 a b', '', 'utf8,latin1'",
        "--iconv=utf8 --iconv=- a b, '', ''",
        "--iconv=utf8 --no-iconv a b, latin1, ''",
        "--iconv= a b, '', .",
        "'--iconv=,latin1 a b', '', '.,latin1'",
        "a b, latin1, latin1",
        "a b, -, ''",
        "--iconv=utf8 a b, latin1, utf8"
    })
    void namesAreConvertedAsOptionAndEnvironmentSay(String words, String environment, String expected)
            throws Exception {
        CommandLine line = CommandLineReader.read(List.of(words.split(" ")), Map.of("RSYNC_ICONV", environment));
        assertThat(line.options().selection().iconv()).isEqualTo(expected);
    }

    @Test
    void turningOffWhatIsNotThereIsNoError() throws Exception {
        assertThat(options("-a --no-A --no-H --no-fuzzy a b").selection().recurse())
                .isTrue();
    }

    @Test
    void unknownAlgorithmsAreUnsupported() {
        assertThatThrownBy(() -> read("--cc=foo a b"))
                .hasMessage("unknown checksum name: foo")
                .extracting(e -> ((TransferException) e).exitCode())
                .isEqualTo(ExitCode.UNSUPPORTED);
    }
}
