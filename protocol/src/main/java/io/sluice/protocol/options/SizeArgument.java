package io.sluice.protocol.options;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.util.Locale;

/**
 * A size as rsync's options take it: {@code 1.5m}, {@code 100kb-1}, {@code 2GiB}.
 *
 * <pre>
 *   digits [ . digits ] [ B K M G T P ] [ B | iB ] [ +1 | -1 ]
 * </pre>
 *
 * The letter alone or with {@code iB} counts in 1024s, with {@code B} in 1000s.
 *
 * @param option the option's name, without dashes, for messages
 * @param unit the letter that a bare number has: {@code B} or {@code K}
 * @param minimum smallest value allowed, in bytes
 * @param maximum largest value allowed, in bytes, inclusive
 * @param zeroIsUnlimited 0 is allowed whatever the minimum is
 */
public record SizeArgument(String option, char unit, long minimum, long maximum, boolean zeroIsUnlimited) {
    /** {@code --max-size}, in bytes. */
    public static final SizeArgument MAX_SIZE = new SizeArgument("max-size", 'B', 0, Long.MAX_VALUE, false);

    /** {@code --min-size}, in bytes. */
    public static final SizeArgument MIN_SIZE = new SizeArgument("min-size", 'B', 0, Long.MAX_VALUE, false);

    /** {@code --block-size}, in bytes. */
    public static final SizeArgument BLOCK_SIZE = new SizeArgument("block-size", 'B', 0, 1 << 17, false);

    /** {@code --max-alloc}. */
    public static final SizeArgument MAX_ALLOCATION =
            new SizeArgument("max-alloc", 'B', 1024 * 1024, Long.MAX_VALUE, true);

    /** {@code --bwlimit}, in bytes per second; see {@link #parseRate}. */
    public static final SizeArgument BANDWIDTH = new SizeArgument("bwlimit", 'K', 512, Long.MAX_VALUE, true);

    private static final String UNITS = "BKMGTP";

    /**
     * Returns the number of bytes that {@code text} stands for.
     *
     * @throws TransferException with code 1 and rsync's words
     */
    public long parse(String text) throws TransferException {
        int end = skipDigits(text, 0);
        if (end < text.length() && text.charAt(end) == '.') {
            end = skipDigits(text, end + 1);
        }
        int sign = end == 0 ? 0 : signOf(text);
        String suffix = text.substring(end, sign == 0 ? text.length() : text.length() - 2)
                .toUpperCase(Locale.ROOT);
        long factor = factor(text, suffix.isEmpty() ? String.valueOf(unit) : suffix);
        double bytes = number(text.substring(0, end)) * factor;
        if (bytes > maximum || bytes >= Long.MAX_VALUE) {
            throw tooLarge(text);
        }
        long value = (long) bytes + sign;
        if (value < 0 || value > maximum) {
            throw tooLarge(text);
        }
        if (value < minimum && !(zeroIsUnlimited && value == 0)) {
            throw fail(
                    text,
                    "too small (min: " + readable(minimum) + (zeroIsUnlimited ? " or 0 for unlimited" : "") + ")");
        }
        return value;
    }

    /** As {@link #parse}, rounded to the KiB per second in which a rate travels. */
    public long parseRate(String text) throws TransferException {
        return (parse(text) + 512) / 1024 * 1024;
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static int signOf(String text) {
        if (text.endsWith("+1")) {
            return 1;
        }
        return text.endsWith("-1") ? -1 : 0;
    }

    private static double number(String digits) {
        return digits.isEmpty() || digits.equals(".") ? 0 : Double.parseDouble(digits);
    }

    private long factor(String text, String suffix) throws TransferException {
        int power = UNITS.indexOf(suffix.charAt(0));
        String tail = suffix.substring(1);
        if (power < 0 || !(tail.isEmpty() || tail.equals("B") || tail.equals("IB"))) {
            throw fail(text, "invalid");
        }
        long base = tail.equals("B") ? 1000 : 1024;
        long factor = 1;
        for (int i = 0; i < power; i++) {
            factor *= base;
        }
        return factor;
    }

    private TransferException tooLarge(String text) {
        return fail(text, maximum == Long.MAX_VALUE ? "too large" : "too large (max: " + readable(maximum) + ")");
    }

    /** rsync shows limits in units of 1024 with two decimals, and small numbers as they are. */
    private static String readable(long bytes) {
        return bytes < 1024 ? String.valueOf(bytes) : String.format(Locale.ROOT, "%.2fK", bytes / 1024.0);
    }

    private TransferException fail(String text, String why) {
        return new TransferException(ExitCode.SYNTAX, "--" + option + "=" + text + " is " + why);
    }
}
