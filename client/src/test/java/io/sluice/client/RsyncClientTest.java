package io.sluice.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.command.CommandLineReader;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.transfer.PathLabel;
import io.sluice.protocol.transfer.TransferResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The API over both sides in this process: what is on disk afterwards is compared, so a transfer that does nothing fails. */
@Timeout(120)
class RsyncClientTest {
    @TempDir
    private Path directory;

    private Path source;
    private Path target;

    @BeforeEach
    void makeTree() throws IOException {
        source = directory.resolve("source");
        target = directory.resolve("target");
        Files.createDirectories(source.resolve("sub/deep"));
        Files.writeString(source.resolve("a"), "hello\n");
        Files.writeString(source.resolve("sub/b"), "x".repeat(100_000));
        Files.createSymbolicLink(source.resolve("sub/link"), Path.of("b"));
    }

    private static TransferOptions options(String words) throws TransferException {
        return CommandLineReader.read(List.of((words + " a b").split(" ", -1)), Map.of())
                .options();
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(UTF_8);
    }

    private TransferResult push(RsyncClient client, String slash) throws IOException {
        try (SourceFiles files = SourceFiles.of(List.of((source + slash).getBytes(UTF_8)))) {
            return client.push(files, new Location.Local(bytes(target)));
        }
    }

    private List<String> targetNames() throws IOException {
        try (var paths = Files.walk(target)) {
            return paths.map(path -> target.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void pushesATreeAndTellsWhatItDid() throws IOException {
        List<String> items = Collections.synchronizedList(new ArrayList<>());
        TransferListener listener = new TransferListener() {
            @Override
            public void item(Item item) {
                items.add(new String(item.path(), UTF_8));
            }
        };
        RsyncClient client =
                RsyncClient.builder().options(options("-a")).listener(listener).build();
        TransferResult result = push(client, "/");
        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(result.statistics().transferredFiles()).isEqualTo(2);
        assertThat(result.statistics().literalData()).isEqualTo(100_006);
        assertThat(items).contains("a", "sub", "sub/b", "sub/link", "sub/deep");
        assertThat(targetNames()).containsExactly("", "a", "sub", "sub/b", "sub/deep", "sub/link");
        assertThat(target.resolve("sub/b")).hasSameBinaryContentAs(source.resolve("sub/b"));
        assertThat(Files.getLastModifiedTime(target.resolve("a")))
                .isEqualTo(Files.getLastModifiedTime(source.resolve("a")));
        items.clear();
        assertThat(push(client, "/").statistics().transferredFiles()).isZero();
        assertThat(items).isEmpty();
    }

    @Test
    void withoutATrailingSlashTheDirectoryItselfGoes() throws IOException {
        push(RsyncClient.builder().options(options("-a")).build(), "");
        assertThat(target.resolve("source/sub/b")).exists();
    }

    @Test
    void pullsATree() throws IOException {
        RsyncClient client = RsyncClient.builder().options(options("-r")).build();
        Location from = new Location.Local((source + "/sub/").getBytes(UTF_8));
        TransferResult result = client.pull(List.of(from), bytes(target));
        assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(targetNames()).containsExactly("", "b", "deep");
    }

    @Test
    void listsWithoutTouchingAnything() throws IOException {
        List<String> listed = Collections.synchronizedList(new ArrayList<>());
        TransferListener listener = new TransferListener() {
            @Override
            public void listed(Item item) {
                listed.add(new String(item.path(), UTF_8));
            }
        };
        RsyncClient client = RsyncClient.builder()
                .options(options("-r --list-only"))
                .listener(listener)
                .build();
        client.pull(List.of(new Location.Local((source + "/").getBytes(UTF_8))), new byte[0]);
        assertThat(listed).containsExactlyInAnyOrder(".", "a", "sub", "sub/b", "sub/link", "sub/deep");
        assertThat(target).doesNotExist();
    }

    @Test
    void pushesJustTheNamesItIsGivenAndDeletesThoseThatAreGone() throws IOException {
        RsyncClient all = RsyncClient.builder().options(options("-a")).build();
        push(all, "/");
        Files.writeString(source.resolve("a"), "changed\n");
        Files.writeString(source.resolve("sub/b"), "changed too\n");
        Files.delete(source.resolve("sub/link"));
        Files.createDirectory(source.resolve("sub/new"));
        List<byte[]> names = List.of("sub/b".getBytes(UTF_8), "sub/link".getBytes(UTF_8), "sub/new".getBytes(UTF_8));
        RsyncClient some = RsyncClient.builder()
                .options(options("-a --files-from=x --delete-missing-args"))
                .build();
        try (FileTree base = FileTree.open(bytes(source), TreePolicy.OPERATOR)) {
            SourceFiles files = SourceFiles.named(base, PathLabel.NONE, names);
            assertThat(some.push(files, new Location.Local(bytes(target))).exitCode())
                    .isEqualTo(ExitCode.OK);
        }
        assertThat(target.resolve("a")).hasContent("hello\n");
        assertThat(target.resolve("sub/b")).hasContent("changed too\n");
        assertThat(targetNames()).contains("sub/new").doesNotContain("sub/link");
    }

    @Test
    void failuresOfSingleFilesAreInTheResult() throws IOException {
        RsyncClient client = RsyncClient.builder().options(options("-a")).build();
        Path missing = directory.resolve("missing");
        try (SourceFiles files = SourceFiles.of(List.of(bytes(missing), bytes(source.resolve("a"))))) {
            TransferResult result = client.push(files, new Location.Local(bytes(target)));
            assertThat(result.exitCode()).isEqualTo(ExitCode.PARTIAL);
        }
        assertThat(target).exists();
    }

    @Test
    void abortedClientFailsWithTheCodeOfASignal() throws IOException {
        RsyncClient client = RsyncClient.builder().options(options("-a")).build();
        client.abort();
        assertThatThrownBy(() -> push(client, "/"))
                .isInstanceOfSatisfying(
                        TransferException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SIGNAL));
        assertThat(target).doesNotExist();
    }
}
