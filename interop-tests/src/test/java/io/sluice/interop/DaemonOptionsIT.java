package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines of a daemon that make no sense, which both programs refuse in the same words and with the same code. */
class DaemonOptionsIT {
    @TempDir
    private Path directory;

    @BeforeEach
    void needsRsync() {
        Program.RSYNC.assumeInstalled();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--daemon --nonsense",
                "--daemon -Z",
                "--daemon --port",
                "--daemon --port=x",
                "--daemon --port=99999999999",
                "--daemon --no-detach=1",
                "--daemon --dparam=foo",
                "--daemon --dparam=foo=1",
                "--daemon -M",
                "--daemon -a",
                "--daemon -4x",
                "--daemon --config",
                "--daemon --log-file",
                "--daemon --exclude=x",
                "--daemon --protocol=x",
                "-av --daemon --bogus",
                "--port=x --daemon",
                "--no-detach",
                "--config=x",
                "--detach a b",
                "--dparam=motdfile=b x y",
                "--no-detach --bogus"
            })
    void refusesAsRsync(String line) throws Exception {
        assertThat(refusal(Program.SLUICE, line))
                .isEqualTo(refusal(Program.RSYNC, line))
                .startsWith("1\n");
    }

    /** Without what tells the place in a program. */
    private String refusal(Program program, String line) throws Exception {
        Program.Run run = program.run(directory, line.split(" ", -1));
        return run.exitCode() + "\n" + run.out() + run.err().replaceAll("\\(code (\\d+)\\) at .*", "(code $1)");
    }

    /** The texts are each program's own; which options there are is not. */
    @Test
    void helpsWithAllOptionsOfRsync() throws Exception {
        Program.Run ours = Program.SLUICE.run(directory, "--daemon", "--help");
        Program.Run theirs = Program.RSYNC.run(directory, "--daemon", "--help");
        assertThat(ours.exitCode()).isEqualTo(theirs.exitCode());
        assertThat(ours.err()).isEqualTo(theirs.err());
        assertThat(options(ours.out())).hasSizeGreaterThan(10).containsAll(options(theirs.out()));
    }

    private static List<String> options(String help) {
        return Pattern.compile("(?m)^(--[a-z0-9-]+)")
                .matcher(help)
                .results()
                .map(MatchResult::group)
                .filter(option -> !option.equals("--daemon"))
                .toList();
    }
}
