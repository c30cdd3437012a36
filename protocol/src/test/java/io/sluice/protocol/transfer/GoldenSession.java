package io.sluice.protocol.transfer;

import io.sluice.protocol.transfer.GoldenTrees.Recorded;
import io.sluice.protocol.transfer.PacedClient.Turn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A session that two rsync 3.5.0 had with each other, of protocol 30 or later, with our server in the place of theirs. What is said is told as the content of
 * data frames in hexadecimal, see {@link GoldenTrees#data}.
 */
final class GoldenSession {
    static final String MARK = "00";

    /** The version comes first, both ways. */
    private static final int VERSION_BYTES = 4;
    /** A server's version, compatibility flags (which tell what else it can do) and seed; frames follow. */
    private static final int HANDSHAKE_BYTES = 10;

    private static final byte DATA = 7;

    private final GoldenTrees trees;
    private final Recorded recorded;
    private final String up;
    private final String down;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    GoldenSession(GoldenTrees trees, String file, String name) throws IOException {
        this.trees = trees;
        this.recorded = Recorded.of(file, name);
        this.up = GoldenTrees.data(recorded.up(), VERSION_BYTES);
        this.down = GoldenTrees.data(recorded.down(), HANDSHAKE_BYTES);
    }

    /** What the client said. */
    String up() {
        return up;
    }

    /** What rsync's server said. */
    String down() {
        return down;
    }

    /** Lets our sender answer the client, which says all at once. */
    void pull(PublishGate gate) throws IOException {
        trees.answer(recorded, new ByteArrayInputStream(recorded.up()), said, gate);
    }

    /** What our sender has said until now. */
    String said() {
        return GoldenTrees.data(said.toByteArray(), HANDSHAKE_BYTES);
    }

    /**
     * Lets our receiver answer the client, which sends files once they were asked for, and each end mark only after the server's; returns the answer.
     *
     * @param list where the list ends in {@link #up}
     * @param content where all content ends in it, before the end marks
     * @param deletions how the counts of what was deleted begin, which nobody asked for
     * @param beforeMark is run before each end mark of the client
     */
    String push(int list, int content, String deletions, Runnable beforeMark) throws IOException {
        int counts = down.indexOf(deletions);
        int requests = withoutMarks(counts < 0 ? down : down.substring(0, counts)) / 2;
        List<Turn> turns = new ArrayList<>();
        turns.add(new Turn(0, Arrays.copyOf(recorded.up(), VERSION_BYTES)));
        turns.add(new Turn(0, frame(up.substring(0, list))));
        turns.add(new Turn(requests, frame(up.substring(list, content))));
        for (int mark = 1; content + 2 * mark <= up.length(); mark++) {
            turns.add(new Turn(Math.min(requests + mark, down.length() / 2), frame(MARK), beforeMark));
        }
        PacedClient client = new PacedClient(turns, HANDSHAKE_BYTES);
        trees.answer(recorded, client, client.heard());
        return client.answer();
    }

    /** Where the end marks at the end begin. */
    static int withoutMarks(String data) {
        int end = data.length();
        while (data.startsWith(MARK, end - 2)) {
            end -= 2;
        }
        return end;
    }

    private static byte[] frame(String hex) {
        byte[] data = HexFormat.of().parseHex(hex);
        byte[] framed = new byte[4 + data.length];
        framed[0] = (byte) data.length;
        framed[1] = (byte) (data.length >> 8);
        framed[3] = DATA;
        System.arraycopy(data, 0, framed, 4, data.length);
        return framed;
    }
}
