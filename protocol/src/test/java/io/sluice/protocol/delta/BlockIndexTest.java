package io.sluice.protocol.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.Session;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What sums cost that a receiver has made up, so that they fall on one another. */
class BlockIndexTest {
    private static final Session SESSION = Sessions.with(CompressionType.NONE);
    private static final int BLOCKS = 20_000;
    private static final int STRONG = 16;
    private static final int SAME = 12_345_678;
    private static final int PROBES_A_BLOCK = 300;

    /** All blocks differ in both sums and have one hash: without a bound, each would be behind all those before it, which makes 200 million steps. */
    @Test
    void sumsOfOneHashCostNoWalk() throws IOException {
        byte[] sent = Wire.written(out -> {
            new SumHead(BLOCKS, 700, STRONG, 0).write(out);
            for (int weak = 0; weak < BLOCKS; weak++) {
                out.writeInt(weak);
                out.writeInt(SAME - 31 * weak);
                out.write(new byte[STRONG - Integer.BYTES]);
            }
        });
        BlockSums sums = BlockSums.read(Wire.reading(sent), SESSION, AllocationLimit.DEFAULT);
        assertThat(sums.hash(0)).isEqualTo(sums.hash(BLOCKS - 1));
        BlockIndex index = new BlockIndex(AllocationLimit.DEFAULT);
        index.load(sums, false);
        assertThat(index.probes()).isBetween((long) BLOCKS, (long) PROBES_A_BLOCK * BLOCKS);
    }
}
