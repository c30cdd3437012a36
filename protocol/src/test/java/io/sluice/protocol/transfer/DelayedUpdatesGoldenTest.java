package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stands on the wire while a receiver holds updates back, in sessions of two rsync 3.5.0: with our sender, which stops
 * there as long as it likes, and with our receiver, which shows nothing until the byte that was held comes, and all of it then.
 */
@Timeout(60)
class DelayedUpdatesGoldenTest {
    private static final String FILE = "sessions-delayed.properties";
    /** The last name of the list. */
    private static final String LAST_NAME = "73616d65";

    private static final int REQUEST_HEAD = 8;
    private static final String FIRST_ANSWER = "0108000100a0";
    /** The sum of the last file: all content has been sent then. */
    private static final String LAST_SUM = "9b2190dbff6eeb108d94d374dd663b75";

    /** The counts of what was deleted begin so: one file. */
    private static final String DELETIONS = "ff0201";
    /** A sender's figures depend on frames and time. */
    private static final int FIGURES_BYTES = 24;

    private static final String FILES = "empty 0, new 9, sub/changed 4898, sub/same 4";

    @TempDir
    private Path directory;

    private GoldenTrees trees;

    @BeforeEach
    void makeTrees() throws IOException {
        trees = new GoldenTrees(directory);
        trees.addOneThatIsDeleted();
    }

    private static int endOfContent(String data) {
        return data.indexOf(LAST_SUM) + LAST_SUM.length();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 31, 32})
    void aSenderHoldsTheSecondEndMarkBack(int version) throws IOException {
        GoldenSession session = new GoldenSession(trees, FILE, "pull-delayed-" + version);
        List<String> atGate = new ArrayList<>();
        session.pull((complete, millis) -> {
            atGate.add(answers(session.said()));
            assertThat(complete).isTrue();
            return true;
        });
        String expected = answers(session.down());
        int end = endOfContent(expected);
        assertThat(atGate).containsExactly(expected.substring(0, end) + GoldenSession.MARK);
        String answer = answers(session.said());
        int compared = expected.length() - 2 * FIGURES_BYTES;
        assertThat(answer.substring(0, compared)).isEqualTo(expected.substring(0, compared));
        assertThat(answer.substring(end)).startsWith(GoldenSession.MARK + GoldenSession.MARK);
    }

    /** What is behind the list, which is in the order of the directories here as there. */
    private static String answers(String data) {
        return data.substring(data.indexOf(FIRST_ANSWER));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 31, 32})
    void aReceiverPublishesWhenTheSecondEndMarkComes(int version) throws IOException {
        GoldenSession session = new GoldenSession(trees, FILE, "push-delayed-" + version);
        List<String> seen = new ArrayList<>();
        assertThat(push(session, () -> seen.add(received()))).isEqualTo(session.down());
        trees.assertReceived();
        String after = String.join(", ", trees.received());
        String before = ".~tmp~/empty 0, .~tmp~/new 9, gone 1, sub/.~tmp~/changed 4898, sub/changed 4890, sub/same 4";
        assertThat(seen.get(0)).as("before the first mark, all content").contains("gone 1", "sub/changed 4890");
        assertThat(seen.get(1)).as("before the second mark").isEqualTo(before);
        assertThat(seen.get(2)).as("before the third mark").contains("gone 1", "sub/changed 4898");
        assertThat(after).isEqualTo(FILES);
    }

    /** Looked at while files arrive: one that was listed may have got its name before it is measured. */
    private String received() {
        while (true) {
            try {
                return String.join(", ", trees.received());
            } catch (NoSuchFileException | UncheckedIOException e) {
                assertThat(e).hasStackTraceContaining("NoSuchFileException");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String push(GoldenSession session, Runnable beforeMark) throws IOException {
        String up = session.up();
        String firstRequest = session.down().substring(0, REQUEST_HEAD);
        int list = up.indexOf(firstRequest, up.indexOf(LAST_NAME)); // answers begin as requests do
        return session.push(list, endOfContent(up), DELETIONS, beforeMark);
    }
}
