package io.sluice.watcher.heal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.Notice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of two looks, with deletions as the differences, which are the shortest to make. */
class FoundDifferencesTest {
    private static final int MAX = 100_000;

    private static FoundDifferences of(String... paths) {
        FoundDifferences found = new FoundDifferences();
        for (String path : paths) {
            found.deleted(path.getBytes(UTF_8), path.endsWith("/"));
        }
        return found;
    }

    private static List<String> paths(List<Difference> differences) {
        return differences.stream()
                .map(difference -> new String(difference.path(), UTF_8))
                .toList();
    }

    @Test
    void namesPathsAsTheSourceDoes() {
        assertThat(paths(of("./b/c", "a/", ".", "./").list())).containsExactly("", "a", "b/c");
    }

    @Test
    void keepsWhatIsSeenTwice() {
        List<String> gone = new ArrayList<>();
        FoundDifferences lasting =
                of("a", "b", "c").lasting(of("c", "a", "new"), path -> gone.add(new String(path, UTF_8)));
        assertThat(paths(lasting.list())).containsExactly("a", "c");
        assertThat(gone).containsExactly("b");
    }

    /** Beyond the limit it is counted, and nothing is taken for gone that a list had no room for. */
    @Test
    void isBounded() {
        FoundDifferences many = new FoundDifferences();
        for (int i = 0; i < MAX + 5; i++) {
            many.deleted(String.valueOf(i).getBytes(UTF_8), false);
        }
        assertThat(many.list()).hasSize(MAX);
        assertThat(many.more()).isEqualTo(5);
        List<byte[]> gone = new ArrayList<>();
        assertThat(many.lasting(of("7"), gone::add).list()).hasSize(1);
        assertThat(gone).isEmpty();
    }

    @Test
    void tellsWhatItHeardOrElseTheCode() {
        FoundDifferences found = new FoundDifferences();
        assertThat(found.errors(ExitCode.VANISHED)).isEmpty();
        assertThat(found.errors(ExitCode.PARTIAL)).hasSize(1).first().asString().endsWith("(code 23)");
        found.notice(new Notice(Notice.Severity.INFO, true, "all is well".getBytes(UTF_8)));
        found.notice(new Notice(Notice.Severity.ERROR_XFER, true, "cannot read x".getBytes(UTF_8)));
        assertThat(found.errors(ExitCode.PARTIAL)).containsExactly("cannot read x");
        assertThat(found.explain(new TransferException(ExitCode.STREAM_IO, "broken")))
                .isEqualTo("cannot read x; broken");
    }
}
