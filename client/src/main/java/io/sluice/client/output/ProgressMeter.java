package io.sluice.client.output;

import java.util.ArrayDeque;

/**
 * The moving line of {@code --progress} (one file) and {@code --info=progress2} (the whole transfer):
 *
 * <pre>
 *           1,234  12%    3.40MB/s    0:00:09
 *          10,000 100%    4.00MB/s    0:00:02 (xfr#1, to-chk=3/5)
 * </pre>
 *
 * The rate is that of the last five seconds, at the end that of all; the time is what remains, at the end what it took. Each line starts with CR.
 */
final class ProgressMeter {
    private static final int HISTORY = 5;
    private static final long INTERVAL_MILLIS = 1000;
    private static final long CONTINUED_MILLIS = 1500;

    private final NumberStyle style;
    private final boolean whole;
    private final ArrayDeque<Sample> history = new ArrayDeque<>();
    private Sample start = new Sample(0, 0);
    private boolean started;
    private int longestTail;

    private record Sample(long millis, long offset) {}

    /** Where the transfer is in the list. */
    record Position(long transferred, boolean listComplete, long toCheck, long files) {}

    /** @param whole shows the whole transfer ({@code progress2}) instead of each file */
    ProgressMeter(NumberStyle style, boolean whole) {
        this.style = style;
        this.whole = whole;
    }

    /** Returns the line for {@code offset} of {@code size} bytes at {@code millis}, or an empty one if the last is fresh enough. */
    String update(long offset, long size, long millis) {
        if (!started) {
            Sample newest = history.peekLast();
            boolean continued = newest != null && millis - newest.millis() <= CONTINUED_MILLIS;
            start = continued ? new Sample(newest.millis(), 0) : new Sample(millis, offset);
            started = true;
            history.clear();
            for (int i = 0; i < HISTORY; i++) {
                history.add(start);
            }
        } else {
            if (millis - history.getLast().millis() < INTERVAL_MILLIS) {
                return "";
            }
            history.removeFirst();
            history.addLast(new Sample(millis, offset));
        }
        Sample oldest = history.getFirst();
        double rate = rate(oldest, offset, millis);
        double remaining = rate != 0 ? (size - offset) / rate / 1000.0 : 0.0;
        return line(offset, size, rate, remaining) + "  ";
    }

    /** Returns the line for the end of a file (without a newline in {@code progress2}, where the next line overwrites it). */
    String finish(long offset, long size, long millis, Position position) {
        Sample from = !started ? new Sample(millis, 0) : start;
        double took = Math.max(millis - from.millis(), 1) / 1000.0;
        String line = line(offset, size, rate(from, offset, millis), took);
        String tail = " (xfr#" + position.transferred() + ", " + (position.listComplete() ? "to" : "ir") + "-chk="
                + position.toCheck() + "/" + position.files() + ")";
        if (!whole) {
            started = false;
            return line + tail + "\n";
        }
        longestTail = Math.max(longestTail, tail.length());
        return line + tail + " ".repeat(longestTail - tail.length());
    }

    /** Thousands of bytes per second, as units of 1024. */
    private static double rate(Sample from, long offset, long millis) {
        long elapsed = Math.max(millis - from.millis(), 1);
        return (offset - from.offset()) * 1000.0 / elapsed / 1024.0;
    }

    private String line(long offset, long size, double kilobytes, double seconds) {
        double rate = kilobytes;
        String unit = "kB/s";
        if (rate > 1024 * 1024) {
            rate /= 1024 * 1024;
            unit = "GB/s";
        } else if (rate > 1024) {
            rate /= 1024;
            unit = "MB/s";
        }
        int percent = offset == size ? 100 : (int) (100.0 * offset / size);
        return "\r" + left(style.human(offset), 15) + " " + left(Integer.toString(percent), 3) + "% "
                + left(NumberStyle.fixed(rate, 2), 7) + unit + " " + time(seconds);
    }

    private static String time(double seconds) {
        if (seconds < 0 || seconds > 9999.0 * 3600.0) {
            return "  ??:??:??";
        }
        long whole = (long) seconds;
        return left(Long.toString(whole / 3600), 4) + ":" + two(whole / 60 % 60) + ":" + two(whole % 60);
    }

    private static String two(long value) {
        return value < 10 ? "0" + value : Long.toString(value);
    }

    private static String left(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
