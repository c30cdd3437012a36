package io.sluice.client.output;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How numbers are shown, by rsync's levels of {@code --human-readable}.
 *
 * @param level 0: digits alone; 1 (the default): digits in groups of three; 2: units of 1000; 3: units of 1024
 */
public record NumberStyle(int level) {
    /** What rsync does when nothing is asked for. */
    public static final NumberStyle DEFAULT = new NumberStyle(1);

    private static final String UNITS = "KMGTP";

    /** Sizes: with units from level 2 on, such as {@code 4.10K}. */
    public String human(long number) {
        return usesUnit(number) ? inUnits(number) : grouped(number);
    }

    /** Counts: never with units. */
    public String grouped(long number) {
        String digits = Long.toString(number);
        return level == 0 ? digits : separated(digits);
    }

    /** As {@link #human(long)}, with {@code decimals} digits after the point where no unit is used. */
    public String human(double number, int decimals) {
        return usesUnit((long) number) ? inUnits((long) number) : grouped(number, decimals);
    }

    /** As {@link #grouped(long)}, with {@code decimals} digits after the point. */
    public String grouped(double number, int decimals) {
        String text = fixed(number, decimals);
        int point = text.indexOf('.');
        boolean groups = level > 0 && point >= 0;
        return groups ? separated(text.substring(0, point)) + text.substring(point) : text;
    }

    /** Returns {@code number} with exactly {@code decimals} digits after the point, as C's {@code %.*f}; not finite: {@code inf}, {@code nan}. */
    static String fixed(double number, int decimals) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number < 0 ? "-inf" : "inf";
        }
        return new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
    }

    private boolean usesUnit(long number) {
        return level > 1 && (number >= unit() || number <= -unit());
    }

    private int unit() {
        return level == 2 ? 1000 : 1024;
    }

    private String inUnits(long number) {
        int unit = unit();
        double scaled = Math.abs((double) number) / unit;
        int index = 0;
        while (scaled >= unit && index < UNITS.length() - 1) {
            scaled /= unit;
            index++;
        }
        return (number < 0 ? "-" : "") + fixed(scaled, 2) + UNITS.charAt(index);
    }

    private static String separated(String digits) {
        int first = digits.startsWith("-") ? 1 : 0;
        if (digits.length() - first <= 3) {
            return digits;
        }
        StringBuilder text = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > first; at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }
}
