package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.transfer.GoldenTrees.Recorded;
import io.sluice.protocol.transfer.PacedClient.Turn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
 * Whole sessions that two rsync 3.5.0 had with each other, with our server in the place of theirs: it hears what the client sent then, has to answer with
 * the same bytes, and to leave the same tree. So everything is held here at once: indexes, items, block sums, tokens, end marks, and their order.
 */
@Timeout(60)
class SessionGoldenTest {
    /** The version comes first, both ways. */
    private static final int VERSION_BYTES = 4;
    /** A server's version, compatibility flags (which tell what else it can do) and seed; frames follow. */
    private static final int HANDSHAKE_BYTES = 10;
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
        Recorded recorded = Recorded.of("sessions.properties", "push-" + version);
        PacedClient client = client(recorded);
        trees.answer(recorded, client, client.heard());
        assertThat(client.answer()).isEqualTo(GoldenTrees.data(recorded.down(), HANDSHAKE_BYTES));
        trees.assertReceived();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 31, 32})
    void sendsAsRsyncDoes(int version) throws IOException {
        Recorded recorded = Recorded.of("sessions.properties", "pull-" + version);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        trees.answer(recorded, new ByteArrayInputStream(recorded.up()), said);
        String answer = GoldenTrees.data(said.toByteArray(), HANDSHAKE_BYTES);
        String expected = GoldenTrees.data(recorded.down(), HANDSHAKE_BYTES);
        int compared = expected.length() - 2 * FIGURES_BYTES;
        assertThat(answer).hasSizeGreaterThan(compared);
        assertThat(answer.substring(0, compared)).isEqualTo(expected.substring(0, compared));
    }

    /** What was deleted is told, by kinds, before the last end mark but one. */
    @ParameterizedTest
    @ValueSource(ints = {31, 32})
    void countsDeletionsAsRsyncDoes(int version) throws IOException {
        trees.addWhatIsDeleted();
        Recorded recorded = Recorded.of("sessions.properties", "delete-" + version);
        PacedClient client = client(recorded);
        trees.answer(recorded, client, client.heard());
        String expected = GoldenTrees.data(recorded.down(), HANDSHAKE_BYTES);
        assertThat(client.answer()).isEqualTo(expected).contains(DELETIONS);
        trees.assertReceived();
        trees.assertDeleted();
    }

    private static PacedClient client(Recorded recorded) {
        List<Turn> turns = new ArrayList<>();
        String up = GoldenTrees.data(recorded.up(), VERSION_BYTES);
        String down = GoldenTrees.data(recorded.down(), HANDSHAKE_BYTES);
        int files = up.indexOf(LIST_END) + LIST_END.length();
        int ends = withoutZeros(up);
        int deletions = down.indexOf(DELETIONS);
        int requests = withoutZeros(deletions < 0 ? down : down.substring(0, deletions)) / 2;
        turns.add(new Turn(0, Arrays.copyOf(recorded.up(), VERSION_BYTES)));
        turns.add(new Turn(0, frame(up.substring(0, files))));
        turns.add(new Turn(requests, frame(up.substring(files, ends))));
        for (int mark = 1; ends + 2 * mark <= up.length(); mark++) {
            turns.add(new Turn(Math.min(requests + mark, down.length() / 2), frame("00")));
        }
        return new PacedClient(turns, HANDSHAKE_BYTES);
    }

    private static int withoutZeros(String hex) {
        int end = hex.length();
        while (hex.startsWith("00", end - 2)) {
            end -= 2;
        }
        return end;
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
