package io.sluice.watcher.status;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

/** The last minutes of a replica as a small picture, with the same in words for those who do not see it. */
final class Chart {
    private static final Template TEMPLATE = new Template("chart.html");
    private static final int STEP = 4;
    private static final int WIDTH = 3;
    private static final int BASE = 35;
    private static final int HEIGHT = 33;
    /** Below this, lags look alike. */
    private static final double LEAST_MILLIS = 10;

    private Chart() {}

    static Html of(History.Buckets buckets) {
        return TEMPLATE.fill(Map.of(
                "label", words(buckets),
                "bars", bars(buckets.changes()),
                "lag", line(buckets.lagMillis()),
                "failures", marks(buckets.failures())));
    }

    private static String words(History.Buckets buckets) {
        String failures =
                buckets.allFailures() == 0 ? "" : ", " + Figures.count(buckets.allFailures(), "failed attempt");
        return Figures.count(buckets.allChanges(), "change") + " with " + Figures.bytes(buckets.allBytes())
                + ", longest lag " + Figures.duration(Duration.ofMillis(buckets.longestLag())) + failures;
    }

    private static String bars(long[] values) {
        long most = IntStream.range(0, values.length)
                .mapToLong(i -> values[i])
                .max()
                .orElse(0);
        double scale = Math.log1p((double) Math.max(most, 10));
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            if (values[i] > 0) {
                long height = Math.max(2, Math.round(Math.log1p((double) values[i]) / scale * HEIGHT));
                path.append('M')
                        .append(i * STEP)
                        .append(' ')
                        .append(BASE)
                        .append("v-")
                        .append(height)
                        .append('h')
                        .append(WIDTH)
                        .append('v')
                        .append(height)
                        .append('z');
            }
        }
        return path.toString();
    }

    /** From {@link #LEAST_MILLIS} at the bottom to the longest, at least a second, at the top. */
    private static String line(long[] millis) {
        long most = IntStream.range(0, millis.length)
                .mapToLong(i -> millis[i])
                .max()
                .orElse(0);
        double scale = Math.log((double) Math.max(most, 1000) / LEAST_MILLIS);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < millis.length; i++) {
            double part = Math.log(Math.max((double) millis[i], LEAST_MILLIS) / LEAST_MILLIS) / scale;
            long y = BASE - Math.round(part * HEIGHT);
            path.append(i == 0 ? 'M' : 'L')
                    .append(i * STEP + WIDTH / 2)
                    .append(' ')
                    .append(y);
        }
        return path.toString();
    }

    private static String marks(int[] failures) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < failures.length; i++) {
            if (failures[i] > 0) {
                path.append('M')
                        .append(i * STEP)
                        .append(" 40h")
                        .append(WIDTH)
                        .append("v-4h-")
                        .append(WIDTH)
                        .append('z');
            }
        }
        return path.toString();
    }
}
