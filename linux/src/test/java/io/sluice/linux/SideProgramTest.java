package io.sluice.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.linux.SideProgram.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shells that this process starts and waits for; each says something that it can only know from what is tested. */
class SideProgramTest {
    private static final int MAX = 5000;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static SideProgram shell(String script, List<byte[]> variables, String input, Output output)
            throws IOException {
        return SideProgram.start(
                List.of(bytes("sh"), bytes("-c"), bytes(script)), variables, bytes(input), output, Optional.empty());
    }

    private static String output(String script, List<byte[]> variables, String input) throws Exception {
        try (SideProgram program = shell(script, variables, input, Output.READ)) {
            String text = new String(program.readOutput(MAX), StandardCharsets.ISO_8859_1);
            assertThat(program.await()).isZero();
            return text;
        }
    }

    @Test
    void givesVariablesInAnyBytes() throws Exception {
        assertThat(output("printf %s \"$EXTRA\"", List.of(bytes("EXTRA=\u00FF\n'$(x)\u0001=")), ""))
                .isEqualTo("\u00FF\n'$(x)\u0001=");
    }

    /** {@code env} shows all of the environment, so a second PATH would be seen. */
    @Test
    void aVariableReplacesTheInheritedOne() throws Exception {
        String path = System.getenv("PATH");
        assertThat(output("env | grep -c ^PATH=; env | grep ^PATH=", List.of(bytes("PATH=" + path + ":/x")), ""))
                .isEqualTo("1\nPATH=" + path + ":/x\n");
        assertThat(output("env | grep ^PATH=", List.of(bytes("PAT=1"), bytes("PATHS=2")), ""))
                .isEqualTo("PATH=" + path + "\n");
    }

    @Test
    void readsItsInputAndSeesItsEnd() throws Exception {
        assertThat(output("cat; echo '|'; cat", List.of(), "in\u0000put")).isEqualTo("in\u0000put|\n");
        assertThat(output("cat", List.of(), "")).isEmpty();
    }

    @Test
    void isNotKeptFromEndingByMoreOutputThanIsWanted() throws Exception {
        assertThat(output("head -c 300000 /dev/zero", List.of(), "")).hasSize(MAX);
    }

    @Test
    void doesNotInheritOurDescriptors() throws Exception {
        try (SideProgram waiting = shell("sleep 100", List.of(), "", Output.READ)) {
            assertThat(output("ls /proc/self/fd | wc -l", List.of(), "").strip())
                    .isEqualTo("4"); // 0, 1, 2, the directory
            kill(waiting);
        }
    }

    private static void kill(SideProgram program) throws InterruptedException {
        ProcessHandle.of(program.id()).orElseThrow().destroyForcibly();
        assertThat(program.await()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"exit 0, 0", "exit 3, 768", "exit 255, 65280", "kill -9 $$, 9", "kill -15 $$, 15"})
    void tellsTheRawStatus(String script, int status) throws Exception {
        try (SideProgram program = shell(script, List.of(), "", Output.NOWHERE)) {
            assertThat(program.await()).isEqualTo(status);
        }
    }

    @Test
    void saysThatThereIsNoSuchProgram() {
        assertThatThrownBy(() -> SideProgram.start(
                        List.of(bytes("/no/such/program")), List.of(), new byte[0], Output.NOWHERE, Optional.empty()))
                .isInstanceOfSatisfying(
                        SystemCallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }

    /** The shell would sleep for longer than the test may take. */
    @Test
    void whoWaitsOrReadsCanBeInterrupted() throws Exception {
        try (SideProgram program = shell("exec sleep 1000", List.of(), "", Output.READ)) {
            for (boolean reading : new boolean[] {true, false}) {
                AtomicReference<Throwable> ended = new AtomicReference<>();
                CompletableFuture<Thread> started = new CompletableFuture<>();
                Thread thread = Thread.ofPlatform().start(() -> {
                    started.complete(Thread.currentThread());
                    try {
                        assertThat(reading ? program.readOutput(MAX) : Arrays.asList(program.await()))
                                .isNull();
                    } catch (IOException | InterruptedException e) {
                        ended.set(e);
                    }
                });
                started.get(20, TimeUnit.SECONDS).interrupt();
                thread.join(20_000);
                assertThat(ended.get()).isNotNull();
            }
            ProcessHandle handle = ProcessHandle.of(program.id()).orElseThrow();
            handle.destroyForcibly();
            handle.onExit().get(20, TimeUnit.SECONDS);
        }
    }
}
