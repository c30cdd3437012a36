package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.options.TransferOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole command copying on this host: lines as rsync 3.5.0 wrote them for the same tree, with the number of bytes on the wire left out. */
@Timeout(120)
class LocalCopyTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @BeforeEach
    void makeTree() throws IOException {
        Files.createDirectories(directory.resolve("src/d"));
        Files.writeString(directory.resolve("src/a"), "hello\n");
        Files.writeString(directory.resolve("src/d/f"), "");
        Files.createSymbolicLink(directory.resolve("src/l"), Path.of("a"));
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        List<String> inDirectory = new ArrayList<>();
        Arrays.stream(words)
                .map(word -> word.startsWith("@") ? directory + "/" + word.substring(1) : word)
                .forEach(inDirectory::add);
        return RsyncCommand.run(
                inDirectory, new RsyncCommand.Surroundings(Map.of(), InputStream.nullInputStream(), out, err));
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8)
                .replace(directory + "/", "@")
                .replaceAll("sent [0-9]+ bytes {2}received [0-9]+ bytes.*", "sent")
                .replaceAll("speedup is .*", "speedup");
    }

    @Test
    void tellsWhatItCopied() {
        assertThat(run("-av", "@src", "@dst")).isZero();
        assertThat(shown()).isEqualTo("""
                        sending incremental file list
                        created directory @dst
                        src/
                        src/a
                        src/l -> a
                        src/d/
                        src/d/f

                        sent
                        total size is 7  speedup
                        """);
        assertThat(err.size()).isZero();
    }

    @Test
    void itemizesAndDeletes() throws IOException {
        run("-a", "@src/", "@dst");
        Files.delete(directory.resolve("src/l"));
        Files.writeString(directory.resolve("src/a"), "longer than it was\n");
        assertThat(run("-ai", "--delete", "@src/", "@dst")).isZero();
        assertThat(shown()).contains("*deleting   l\n").contains(">f.s").doesNotContain("d/f");
        assertThat(directory.resolve("dst/l")).doesNotExist();
    }

    /** The limit is reached at once, and at that rate the copy would take a day: only the limit can end it. Nothing half done is left behind. */
    @Test
    void stopsAtTheRequestedLimit() throws IOException {
        Files.write(directory.resolve("src/large"), new byte[100_000_000]);
        RsyncClient client = RsyncClient.builder()
                .options(TransferOptions.DEFAULT.edit(draft -> {
                    draft.recurse = true;
                    draft.bandwidth = 1024;
                    draft.stopAt = 1;
                }))
                .build();
        try (SourceFiles sources = SourceFiles.of(List.of((directory + "/src/").getBytes(StandardCharsets.UTF_8)))) {
            byte[] target = (directory + "/dst").getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> client.push(sources, new Location.Local(target)))
                    .isInstanceOf(ClientException.class)
                    .hasMessage("stopping at requested limit")
                    .extracting(failure -> ((ClientException) failure).exitCode())
                    .isEqualTo(ExitCode.TIMEOUT);
        }
        assertThat(directory.resolve("dst/large")).doesNotExist();
    }

    @Test
    void missingSourceEndsWithCode23() {
        assertThat(run("-a", "@src/a", "@missing", "@dst/")).isEqualTo(23);
        assertThat(err.toString(StandardCharsets.UTF_8)
                        .replace(directory.toString(), "@")
                        .lines())
                .containsExactly(
                        "rsync: [sender] link_stat \"@/missing\" failed: No such file or directory (2)",
                        "rsync error: some files/attrs were not transferred (see previous errors) (code 23) at sluice(0)"
                                + " [sender=" + Version.TEXT + "]");
        assertThat(directory.resolve("dst/a")).exists();
    }

    @Test
    void directoryThatCannotBeMadeEndsWithCode11AndOneLastLine() {
        assertThat(run("-a", "@src/", "@no/such/place/")).isEqualTo(11);
        assertThat(err.toString(StandardCharsets.UTF_8).lines().toList())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("rsync error: error in file IO (code 11) at ");
    }

    @Test
    void listsThisHost() {
        assertThat(run("-r", "@src/")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceFirst(".* ", "")))
                .containsExactly(".", "a", "l", "d", "d/f");
    }

    @Test
    void showsProgressOfEachFile() {
        assertThat(run("-a", "--progress", "@src/", "@dst")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("100%").contains("(xfr#2, to-chk=0/5)\n");
    }

    @Test
    void logsWhatItDoes() throws IOException {
        assertThat(run("-a", "--log-file=" + directory.resolve("log"), "@src/", "@dst"))
                .isZero();
        assertThat(Files.readAllLines(directory.resolve("log")))
                .allMatch(line -> line.matches("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[\\d+] .*"))
                .anyMatch(line -> line.endsWith("] >f+++++++++ a"))
                .last()
                .asString()
                .contains("] sent ")
                .endsWith(" total size 7");
    }

    /** Whatever fails within the transfer, here what shows it, ends both of its sides; a side that waited would run into the time limit. */
    @Test
    void anErrorOfTheMachineHasAnExitCodeAndIsToldOnce() {
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int octet) {
                throw new OutOfMemoryError("in a test");
            }
        };
        List<String> words = List.of("-ai", directory + "/src/", directory + "/dst/");
        int code = RsyncCommand.run(
                words, new RsyncCommand.Surroundings(Map.of(), InputStream.nullInputStream(), failing, err));
        assertThat(code).isEqualTo(ExitCode.MALLOC.value());
        assertThat(err.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("out of memory: in a test")
                .containsOnlyOnce("rsync error: error allocating core memory buffers (code 22)");
    }
}
