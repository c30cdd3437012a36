package io.sluice.client.parallel;

import io.sluice.client.parallel.TransferPlan.PlannedFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Splits files into shares that take about the same time. */
final class Shares {
    /** What a file costs besides its bytes, in bytes. */
    private static final long COST_OF_A_FILE = 32 * 1024;

    private static final long LARGE = 1 << 20;

    private Shares() {}

    private static final class Share {
        private final List<PlannedFile> files = new ArrayList<>();
        private long cost;

        void add(PlannedFile file) {
            files.add(file);
            cost += COST_OF_A_FILE + file.size();
        }
    }

    /**
     * Returns at most {@code count} shares, none of them empty, with each of {@code files} in one of them. Large files are spread, the largest first; of
     * the others, neighbours stay together.
     */
    static List<List<PlannedFile>> of(List<PlannedFile> files, int count) {
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < Math.min(count, files.size()); i++) {
            shares.add(new Share());
        }
        long total =
                files.stream().mapToLong(file -> COST_OF_A_FILE + file.size()).sum();
        files.stream()
                .filter(file -> file.size() >= LARGE)
                .sorted(Comparator.comparingLong(PlannedFile::size).reversed())
                .forEach(file -> least(shares).add(file));
        long quota = total / Math.max(1, shares.size());
        int at = 0;
        for (PlannedFile file : files) {
            if (file.size() < LARGE) {
                while (at < shares.size() - 1 && shares.get(at).cost >= quota) {
                    at++;
                }
                shares.get(at).add(file);
            }
        }
        return shares.stream()
                .map(share -> share.files)
                .filter(share -> !share.isEmpty())
                .toList();
    }

    private static Share least(List<Share> shares) {
        Share least = shares.getFirst();
        for (Share share : shares) {
            least = share.cost < least.cost ? share : least;
        }
        return least;
    }
}
