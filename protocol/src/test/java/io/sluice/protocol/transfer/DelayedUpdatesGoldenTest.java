package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.transfer.GoldenTrees.Recorded;
import io.sluice.protocol.transfer.PacedClient.Turn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
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
    private static final int VERSION_BYTES = 4;
    private static final int HANDSHAKE_BYTES = 10;
    /** The last name of the list. */
    private static final String LAST_NAME = "73616d65";

    private static final int REQUEST_HEAD = 8;
    private static final String FIRST_ANSWER = "0108000100a0";
    /** The sum of the last file: all content has been sent then. */
    private static final String LAST_SUM = "9b2190dbff6eeb108d94d374dd663b75";

    private static final String MARK = "00";
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
        Recorded recorded = Recorded.of("sessions-delayed.properties", "pull-delayed-" + version);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        List<String> atGate = new ArrayList<>();
        trees.answer(recorded, new ByteArrayInputStream(recorded.up()), said, (complete, millis) -> {
            atGate.add(GoldenTrees.data(said.toByteArray(), HANDSHAKE_BYTES));
            assertThat(complete).isTrue();
            return true;
        });
        String expected = answers(GoldenTrees.data(recorded.down(), HANDSHAKE_BYTES));
        int end = endOfContent(expected);
        assertThat(atGate).hasSize(1);
        assertThat(answers(atGate.getFirst())).isEqualTo(expected.substring(0, end) + MARK);
        String answer = answers(GoldenTrees.data(said.toByteArray(), HANDSHAKE_BYTES));
        int compared = expected.length() - 2 * FIGURES_BYTES;
        assertThat(answer.substring(0, compared)).isEqualTo(expected.substring(0, compared));
        assertThat(answer.substring(end)).startsWith(MARK + MARK);
    }

    /** What is behind the list, which is in the order of the directories here as there. */
    private static String answers(String data) {
        return data.substring(data.indexOf(FIRST_ANSWER));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 31, 32})
    void aReceiverPublishesWhenTheSecondEndMarkComes(int version) throws IOException {
        Recorded recorded = Recorded.of("sessions-delayed.properties", "push-delayed-" + version);
        List<String> seen = new ArrayList<>();
        PacedClient client = client(recorded, () -> seen.add(received()));
        trees.answer(recorded, client, client.heard());
        assertThat(client.answer()).isEqualTo(GoldenTrees.data(recorded.down(), HANDSHAKE_BYTES));
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

    /** Files once they were asked for, and each end mark only after the server's. */
    private static PacedClient client(Recorded recorded, Runnable beforeMark) {
        List<Turn> turns = new ArrayList<>();
        String up = GoldenTrees.data(recorded.up(), VERSION_BYTES);
        String down = GoldenTrees.data(recorded.down(), HANDSHAKE_BYTES);
        int files = up.indexOf(down.substring(0, REQUEST_HEAD), up.indexOf(LAST_NAME)); // answers begin as requests do
        int ends = endOfContent(up);
        int deletions = down.indexOf(DELETIONS);
        String asked = deletions < 0 ? down : down.substring(0, deletions);
        int requests = asked.length();
        while (asked.startsWith(MARK, requests - 2)) {
            requests -= 2;
        }
        turns.add(new Turn(0, Arrays.copyOf(recorded.up(), VERSION_BYTES)));
        turns.add(new Turn(0, frame(up.substring(0, files))));
        turns.add(new Turn(requests / 2, frame(up.substring(files, ends))));
        for (int mark = 1; ends + 2 * mark <= up.length(); mark++) {
            turns.add(new Turn(Math.min(requests / 2 + mark, down.length() / 2), frame(MARK), beforeMark));
        }
        return new PacedClient(turns, HANDSHAKE_BYTES);
    }

    private static byte[] frame(String hex) {
        byte[] data = HexFormat.of().parseHex(hex);
        byte[] framed = new byte[4 + data.length];
        framed[0] = (byte) data.length;
        framed[1] = (byte) (data.length >> 8);
        framed[3] = 7;
        System.arraycopy(data, 0, framed, 4, data.length);
        return framed;
    }
}
