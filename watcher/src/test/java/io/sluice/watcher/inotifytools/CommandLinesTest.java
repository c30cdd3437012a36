package io.sluice.watcher.inotifytools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines of both commands that end without an event; the texts are those of inotify-tools 3.22.6. */
class CommandLinesTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String command, String... words) {
        List<String> arguments = Arrays.asList(words);
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return command.equals("wait")
                ? InotifyWaitCommand.run("inotifywait", arguments, Map.of(), outStream, errStream)
                : InotifyWatchCommand.run("inotifywatch", arguments, outStream, errStream, run -> {});
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        wait  | --exclude a --excludei b x | --exclude and --excludei cannot both be specified.
        wait  | --include a --includei b x | --include and --includei cannot both be specified.
        watch | --include a --exclude b x  | include and exclude regexp cannot both be specified.
        wait  | -c --format %w x           | -c and --format cannot both be specified.
        wait  | --json --format %w x       | --json and --format cannot both be specified.
        wait  | --no-newline x             | --no-newline cannot be specified without --format.
        wait  | --timefmt %H x             | --timefmt cannot be specified without --format.
        wait  | --format %T x              | %T is in --format string, but --timefmt was not specified.
        wait  | -d x                       | -o must be specified with -d.
        wait  | -o a -o b x                | Multiple --outfile options given.
        watch | --fromfile a --fromfile b  | Multiple --fromfile options given.
        wait  | -t x                       | 'x' is not a valid timeout value.\\nPlease specify a long int value.
        watch | -t 9999999999999999999 x   | Something went wrong with the timeout value you provided.\\nNumerical result out of range
        wait  | -e bogus x                 | 'bogus' is not a valid event!  Run with the '--help' option to see a list of events.
        wait  | --exclude ( x              | Error in `exclude' regular expression.
        watch | --includei [ x             | Error in `include' regular expression.
        watch | -a total -d access x       | Please specify -a or -d once only!
        watch | -a move x                  | Cannot sort by `move' event; please use `moved_from' or `moved_to'.
        watch | -a close x                 | Cannot sort by `close' event; please use `close_write' or `close_nowrite'.
        watch | -d bogus x                 | 'bogus' is not a valid key for sorting!
        watch | -a access -e modify x      | Can't sort by an event which isn't being watched for!
        wait  | @x                         | No files specified to watch!
        wait  | -o /gone/x x               | Failed to open output file /gone/x
        wait  | --bogus                    | inotifywait: unrecognized option '--bogus'
        watch | -x                         | inotifywatch: invalid option -- 'x'
        wait  | -q /gone/x                 | Couldn't watch /gone/x: No such file or directory
        wait  | -qr /gone/x                | Couldn't watch /gone/x: No such file or directory
        watch | /gone/x                    | Establishing watches...\\nFailed to watch /gone/x: No such file or directory
        """)
    void saysWhatIsWrong(String command, String words, String text) {
        assertThat(run(command, words.split(" "))).isEqualTo(1);
        assertThat(said()).isEqualTo(text.replace("\\n", "\n") + "\n");
        assertThat(out.size()).isZero();
    }

    @Test
    void helpIsExitCodeOneAsWithTheOriginal() {
        assertThat(run("wait", "--help")).isEqualTo(1);
        assertThat(run("watch", "-h")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--no-newline", "--descending", "close_nowrite");
        assertThat(err.size()).isZero();
    }

    @Test
    void aTimeWithoutEventsIsExitCodeTwo() {
        assertThat(run("wait", "-t", "1", directory.toString())).isEqualTo(2);
        assertThat(said()).isEqualTo("Setting up watches.\nWatches established.\n");
    }

    @Test
    void statisticsWithoutEventsAreNone() {
        assertThat(run("watch", "-v", "-z", "-r", "-t", "1", directory.toString()))
                .isZero();
        assertThat(said())
                .isEqualTo("Establishing watches...\nSetting up watch(es) on %1$s\nOK, %1$s is now being watched.\n"
                                .formatted(directory)
                        + "Total of 1 watches.\nFinished establishing watches, now collecting statistics.\n"
                        + "Will listen for events for 1 seconds.\nNo events occurred.\n");
        assertThat(out.size()).isZero();
    }

    @Test
    void namesComeFromAFileToo() throws IOException {
        Path file = Files.writeString(directory.resolve("names"), "\n@\n@/gone/y\n/gone/x\n");
        assertThat(run("wait", "-q", "--fromfile", file.toString(), directory.toString()))
                .isEqualTo(1);
        assertThat(said()).isEqualTo("Couldn't watch /gone/x: No such file or directory\n");
    }

    @Test
    void aFileOfNamesThatIsNotThereLeavesTheOthers() {
        assertThat(run("wait", "-q", "--fromfile", "/gone/names", "/gone/x")).isEqualTo(1);
        assertThat(said()).isEqualTo("""
            Couldn't open /gone/names: No such file or directory
            Couldn't watch /gone/x: No such file or directory
            """);
    }
}
