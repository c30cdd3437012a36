package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole sessions that two rsync 3.5.0 had with each other, with our server in the place of theirs: it hears what the client sent then, has to answer with
 * the same bytes, and to leave the same tree. So everything is held here at once: indexes, items, block sums, tokens, end marks, and their order.
 */
@Timeout(60)
class SessionGoldenTest {
    private static final String FILE = "sessions.properties";
    /** The index that ends the list. */
    private static final String LIST_END = "fffe80020000";
    /** Index -3, and how many of each kind: files, directories, links, devices, others. */
    private static final String DELETIONS = "ff020202010001";
    /** The end of what a sender says: figures that depend on frames and time, and an end mark or two. */
    private static final int FIGURES_BYTES = 20;

    @TempDir
    private Path directory;

    private GoldenTrees trees;

    @BeforeEach
    void makeTrees() throws IOException {
        trees = new GoldenTrees(directory);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 31, 32})
    void receivesAsRsyncDoes(int version) throws IOException {
        GoldenSession session = new GoldenSession(trees, FILE, "push-" + version);
        assertThat(push(session)).isEqualTo(session.down());
        trees.assertReceived();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 31, 32})
    void sendsAsRsyncDoes(int version) throws IOException {
        GoldenSession session = new GoldenSession(trees, FILE, "pull-" + version);
        session.pull(PublishGate.OPEN);
        int compared = session.down().length() - 2 * FIGURES_BYTES;
        assertThat(session.said()).hasSizeGreaterThan(compared);
        assertThat(session.said().substring(0, compared))
                .isEqualTo(session.down().substring(0, compared));
    }

    /** What was deleted is told, by kinds, before the last end mark but one. */
    @ParameterizedTest
    @ValueSource(ints = {31, 32})
    void countsDeletionsAsRsyncDoes(int version) throws IOException {
        trees.addWhatIsDeleted();
        GoldenSession session = new GoldenSession(trees, FILE, "delete-" + version);
        assertThat(push(session)).isEqualTo(session.down()).contains(DELETIONS);
        trees.assertReceived();
        trees.assertDeleted();
    }

    private static String push(GoldenSession session) throws IOException {
        int list = session.up().indexOf(LIST_END) + LIST_END.length();
        return session.push(list, GoldenSession.withoutMarks(session.up()), DELETIONS, () -> {});
    }
}
