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

/** As {@link SessionGoldenTest}, for the versions before 30: a plain stream from the client, framed ints from the server. */
@Timeout(60)
class OldSessionGoldenTest {
    /** A server's version and seed; frames follow. */
    private static final int HANDSHAKE_BYTES = 8;
    /** The end of what a sender says: figures that depend on frames and time, and with version 29 two more of them. */
    private static final int FIGURES_BYTES = 20;

    private static final int MARK_BYTES = 4;

    @TempDir
    private Path directory;

    private GoldenTrees trees;

    @BeforeEach
    void makeTrees() throws IOException {
        trees = new GoldenTrees(directory);
    }

    @ParameterizedTest
    @ValueSource(ints = {27, 28, 29})
    void receivesAsRsyncDoes(int version) throws IOException {
        Recorded recorded = Recorded.of("sessions-old.properties", "push-" + version);
        PacedClient client = client(recorded);
        trees.answer(recorded, client, client.heard());
        assertThat(client.answer()).isEqualTo(GoldenTrees.data(recorded.down(), HANDSHAKE_BYTES));
        trees.assertReceived();
    }

    private static PacedClient client(Recorded recorded) {
        byte[] up = recorded.up();
        int ends = withoutMarks(up);
        String down = GoldenTrees.data(recorded.down(), HANDSHAKE_BYTES);
        int requests = withoutMarks(HexFormat.of().parseHex(down));
        List<Turn> turns = new ArrayList<>();
        turns.add(new Turn(0, Arrays.copyOf(up, recorded.list())));
        turns.add(new Turn(requests, Arrays.copyOfRange(up, recorded.list(), ends)));
        for (int mark = MARK_BYTES; ends + mark <= up.length; mark += MARK_BYTES) {
            int after = Math.min(requests + mark, down.length() / 2);
            turns.add(new Turn(after, Arrays.copyOfRange(up, ends + mark - MARK_BYTES, ends + mark)));
        }
        return new PacedClient(turns, HANDSHAKE_BYTES);
    }

    /** Where the marks at the end begin, each −1. */
    private static int withoutMarks(byte[] bytes) {
        int end = bytes.length;
        while (bytes[end - 1] == -1 && bytes[end - 2] == -1 && bytes[end - 3] == -1 && bytes[end - 4] == -1) {
            end -= MARK_BYTES;
        }
        return end;
    }

    @ParameterizedTest
    @ValueSource(ints = {27, 28, 29})
    void sendsAsRsyncDoes(int version) throws IOException {
        Recorded recorded = Recorded.of("sessions-old.properties", "pull-" + version);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        trees.answer(recorded, new ByteArrayInputStream(recorded.up()), said);
        String answer = GoldenTrees.data(said.toByteArray(), HANDSHAKE_BYTES);
        String expected = GoldenTrees.data(recorded.down(), HANDSHAKE_BYTES);
        int compared = expected.length() - 2 * FIGURES_BYTES;
        assertThat(answer).hasSizeGreaterThan(compared);
        assertThat(answer.substring(0, compared)).isEqualTo(expected.substring(0, compared));
    }
}
