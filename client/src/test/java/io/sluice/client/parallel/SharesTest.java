package io.sluice.client.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.parallel.TransferPlan.PlannedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files over shares: whatever the sizes, each file is in exactly one, and shares are about as large. */
class SharesTest {
    private static List<PlannedFile> files(long... sizes) {
        List<PlannedFile> files = new ArrayList<>();
        for (long size : sizes) {
            files.add(new PlannedFile("f" + files.size(), size));
        }
        return files;
    }

    @Test
    void eachFileIsInOneShareAndNoShareIsEmpty() {
        Random random = new Random(3);
        for (int run = 0; run < 500; run++) {
            long[] sizes = new long[1 + random.nextInt(60)];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = random.nextInt(3) == 0 ? random.nextLong(1L << 30) : random.nextInt(10_000);
            }
            List<PlannedFile> files = files(sizes);
            int count = 1 + random.nextInt(8);
            List<List<PlannedFile>> shares = Shares.of(files, count);
            assertThat(shares).hasSizeBetween(1, count).noneMatch(List::isEmpty);
            assertThat(shares.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(files);
        }
    }

    @Test
    void largeFilesAreSpread() {
        List<List<PlannedFile>> shares = Shares.of(files(8 << 20, 8 << 20, 4 << 20, 4 << 20, 4 << 20, 4 << 20), 4);
        assertThat(shares).hasSize(4);
        assertThat(shares.stream()
                        .mapToLong(share ->
                                share.stream().mapToLong(PlannedFile::size).sum()))
                .containsOnly(8L << 20);
    }

    @Test
    void neighboursStayTogether() {
        long[] sizes = new long[100];
        List<List<PlannedFile>> shares = Shares.of(files(sizes), 4);
        assertThat(shares).hasSize(4).allMatch(share -> share.size() == 25);
        assertThat(shares.get(1).getFirst().path()).isEqualTo("f25");
    }
}
