package io.sluice.daemon.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.config.HookRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of one connection, each of which leaves something in a file. What rsync's daemon gives them is compared in the interoperability tests. */
class ConnectionHooksTest {
    private static final ConnectionFacts FACTS = new ConnectionFacts(
            "mod", bytes("/srv//a/./b/../c/"), "192.0.2.1", "host", new byte[] {(byte) 0xFF, 'x'}, 77);

    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private ConnectionHooks hooks(String early, String before, String after, Map<String, String> environment)
            throws IOException {
        return ConnectionHooks.of(
                new HookRules(command(early), command(before), command(after), environment, ""),
                FACTS,
                new HookSetting(true));
    }

    private byte[] command(String text) {
        return bytes(text.replace("@", directory + "/"));
    }

    private String file(String name) throws IOException {
        return Files.readString(directory.resolve(name), StandardCharsets.ISO_8859_1);
    }

    private static void end(ConnectionHooks hooks) throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        hooks.end(released::countDown);
        assertThat(released.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void earlyGetsItsInputAndBytesAsTheyAre() throws Exception {
        ConnectionHooks hooks = hooks(
                "cat > @in; printf %s \"$RSYNC_USER_NAME|$RSYNC_MODULE_PATH|$RSYNC_PID|$RSYNC_REQUEST\" > @env",
                "", "", Map.of());
        assertThat(hooks.hasEarly()).isTrue();
        assertThat(hooks.hasBefore()).isFalse();
        assertThat(hooks.runEarly(bytes("in\u0000\u00FE"))).isZero();
        assertThat(file("in")).isEqualTo("in\u0000\u00FE");
        assertThat(file("env")).isEqualTo("\u00FFx|/srv/a/c|77|(NONE)");
    }

    @Test
    void beforeGetsTheRequestInBytes() throws Exception {
        ConnectionHooks hooks = hooks(
                "",
                "printf %s \"$RSYNC_REQUEST|$RSYNC_ARG0|$RSYNC_ARG1|$RSYNC_ARG2|$RSYNC_ARG3|\" > @env",
                "",
                Map.of());
        assertThat(hooks.runBefore(bytes("mod/\u00FF 'x'\n"), List.of(bytes("--server"), bytes("$(touch x)\u0001"))))
                .isEmpty();
        assertThat(file("env")).isEqualTo("mod/\u00FF 'x'\n|rsyncd|--server|$(touch x)\u0001||");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 3|pre-xfer exec returned failure (768)~",
                "printf 'a\\r\\nb\\rc'; exit 1|pre-xfer exec returned failure (256):~a~b^c",
                "echo no >&2; exit 1|pre-xfer exec returned failure (256)~",
                "kill -9 $$|pre-xfer exec returned failure (256)~",
                "no-such-program-at-all|pre-xfer exec returned failure (32512)~"
            })
    void tellsWhyTheTransferMustNotBe(String command, String told) throws Exception {
        byte[] text = hooks("", command, "", Map.of())
                .runBefore(bytes("mod/"), List.of())
                .orElseThrow();
        assertThat(new String(text, StandardCharsets.ISO_8859_1))
                .isEqualTo(told.replace('~', '\n').replace('^', '\r'));
    }

    @Test
    void afterIsToldTheStatusAndThenReleasesWhatIsHeld() throws Exception {
        ConnectionHooks hooks = hooks("", "", "echo $RSYNC_EXIT_STATUS $RSYNC_RAW_STATUS > @status", Map.of());
        hooks.setStatus(23);
        end(hooks);
        assertThat(file("status")).isEqualTo("23 5888\n");
    }

    @Test
    void whoSaysNothingOfTheEndHasLostThePeer() throws Exception {
        end(hooks("", "", "echo $RSYNC_EXIT_STATUS > @status", Map.of()));
        assertThat(file("status")).isEqualTo("12\n");
    }

    @Test
    void anotherShellRunsThemAll() throws Exception {
        Path shell = directory.resolve("shell");
        Files.writeString(shell, "#!/bin/sh\necho \"$@\" >> " + directory + "/shell.log\n");
        assertThat(shell.toFile().setExecutable(true)).isTrue();
        ConnectionHooks hooks = hooks("one", "two", "three", Map.of(HookShell.SHELL, shell.toString()));
        assertThat(hooks.runEarly(new byte[0])).isZero();
        assertThat(hooks.runBefore(bytes("mod/"), List.of())).isEmpty();
        end(hooks);
        assertThat(file("shell.log")).isEqualTo("-c one\n-c two\n-c three\n");
    }

    @Test
    void aShellThatIsNotThereFails() throws Exception {
        ConnectionHooks hooks = hooks("true", "", "", Map.of(HookShell.SHELL, "/no/such/shell"));
        assertThat(hooks.runEarly(new byte[0])).isEqualTo(1 << 8);
    }

    @Test
    void aVariableTurnsThemOff() throws Exception {
        assertThat(hooks("touch @x", "touch @x", "touch @x", Map.of("RSYNC_NO_XFER_EXEC", "")))
                .isSameAs(ConnectionHooks.NONE);
    }
}
