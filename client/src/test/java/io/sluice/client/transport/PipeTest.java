package io.sluice.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both ends of an in-process link; the data is larger than the ring, so that it wraps and fills, and a lost wake-up would hang (and time out). */
@Timeout(60)
class PipeTest {
    @Test
    void carriesMoreThanItHoldsInPiecesOfAnySize() throws Exception {
        Link[] ends = Pipe.pair();
        byte[] data = new byte[3_000_001];
        new Random(1).nextBytes(data);
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                for (int at = 0; at < data.length; at += 70_001) {
                    ends[0].output().write(data, at, Math.min(70_001, data.length - at));
                }
                ends[0].output().close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(ends[1].input().readAllBytes()).isEqualTo(data);
        writer.join();
    }

    @Test
    void closingOneEndEndsAReaderAndAWriterOfTheOther() throws Exception {
        Link[] ends = Pipe.pair();
        ends[0].close();
        assertThat(ends[1].input().read()).isEqualTo(-1);
        assertThatThrownBy(() -> ends[1].output().write(new byte[10])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ends[0].input().read()).isInstanceOf(IOException.class);
    }
}
