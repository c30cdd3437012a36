package io.sluice.client.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The beginning of a batch, without a fuzzer: as it was recorded, cut at each byte, and with each byte changed. */
class BatchHeadTest {
    private static final int CHANGED = 20_000;
    private static final long SEED = 20_261_122;

    @Test
    void isReadOrRefusedWhateverItIs() throws IOException {
        List<byte[]> heads = BatchHeads.recorded();
        assertThat(heads).hasSize(12);
        for (byte[] head : heads) {
            for (int length = 0; length <= head.length; length++) {
                BatchHeads.read(Arrays.copyOf(head, length));
            }
        }
        Random random = new Random(SEED);
        for (int i = 0; i < CHANGED; i++) {
            byte[] changed = heads.get(i % heads.size()).clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            BatchHeads.read(changed);
        }
    }
}
