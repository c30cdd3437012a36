package io.sluice.client.batch;

import io.sluice.client.transport.BatchSession;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.wire.WireInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Beginnings of batch files, behind a byte that says with which options they are read. */
final class BatchHeads {
    private static final int LENGTH = 15;
    /** What each has that an option has to be changed for. */
    private static final List<TransferOptions> READERS = List.of(
            TransferOptions.DEFAULT,
            TransferOptions.DEFAULT.edit(draft -> {
                draft.archive();
                draft.recurse = true;
                draft.compress = true;
                draft.hardLinks = 1;
            }),
            TransferOptions.DEFAULT.edit(draft -> draft.iconv = "utf8,latin1"));

    private BatchHeads() {}

    /** Of rsync's batches of each version, for each reader. */
    static List<byte[]> recorded() throws IOException {
        List<byte[]> heads = new ArrayList<>();
        for (int version = 29; version <= ProtocolVersion.NEWEST.number(); version++) {
            byte[] batch = Arrays.copyOf(BatchGoldenTest.recorded(version), LENGTH);
            for (int reader = 0; reader < READERS.size(); reader++) {
                byte[] head = new byte[1 + batch.length];
                head[0] = (byte) reader;
                System.arraycopy(batch, 0, head, 1, batch.length);
                heads.add(head);
            }
        }
        return heads;
    }

    /**
     * Reads one.
     *
     * @throws AssertionError if anything comes out but options that fit, or an exception that tells the user what is wrong
     */
    static void read(byte[] input) {
        int reader = input.length == 0 ? 0 : (input[0] & 0xFF) % READERS.size();
        byte[] head = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        try (WireInput in = new WireInput(new ByteArrayInputStream(head))) {
            BatchSession read = BatchSession.read(in, READERS.get(reader), ProtocolVersion.NEWEST, line -> {});
            requireFit(read, head[0]);
        } catch (TransferException refused) {
            // whoever reads the batch is told so
        } catch (IOException | RuntimeException defect) {
            throw new AssertionError("the head of a batch: " + defect, defect);
        }
    }

    /** The first seven flags count in every version. */
    private static void requireFit(BatchSession read, byte flags) {
        int differences = (BatchFlags.of(read.options()) ^ flags) & 0x7F;
        if (differences != 0) {
            throw new IllegalStateException("flags that differ: " + Integer.toHexString(differences));
        }
    }
}
