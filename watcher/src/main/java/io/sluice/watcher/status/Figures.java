package io.sluice.watcher.status;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them. */
final class Figures {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Figures() {}

    /** Such as {@code 12 ms}, {@code 3.4 s}, {@code 2 min 5 s}, {@code 3 h 10 min} or {@code 5 d 2 h}; {@code none} for none. */
    static String duration(Duration duration) {
        long millis = duration.toMillis();
        long seconds = duration.toSeconds();
        if (millis <= 0) {
            return "none";
        }
        if (millis < 1000) {
            return millis + " ms";
        }
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    private static String two(long big, String bigUnit, long small, String smallUnit) {
        return big + " " + bigUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** Such as {@code 512 B} or {@code 3.4 MB}, in powers of 1000. */
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 999.5) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }

    /** Such as {@code 12,345}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Such as {@code 1 change} or {@code 12,345 changes}. */
    static String count(long count, String one) {
        return count(count) + " " + one + (count == 1 ? "" : "s");
    }
}
