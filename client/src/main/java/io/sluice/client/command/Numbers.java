package io.sluice.client.command;

import io.sluice.client.output.NumberStyle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** Numbers on rsync's command line. */
final class Numbers {
    private static final String UNITS = "bkmgtp";
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private Numbers() {}

    /**
     * Bounds of a size.
     *
     * @param smallest in bytes
     * @param largest in bytes, or -1 for none
     * @param zeroIsUnlimited 0 is allowed below {@code smallest}
     */
    record Bounds(long smallest, long largest, boolean zeroIsUnlimited) {}

    /**
     * Parses an int as popt does: decimal, {@code 0x} hexadecimal or {@code 0} octal; empty is 0.
     *
     * @param shown the option as the user wrote it, for the message
     */
    static int integer(String text, String shown) throws UsageException {
        String digits = text.strip();
        boolean negative = digits.startsWith("-");
        digits = negative || digits.startsWith("+") ? digits.substring(1) : digits;
        int radix = 10;
        if (digits.length() > 2 && (digits.startsWith("0x") || digits.startsWith("0X"))) {
            radix = 16;
            digits = digits.substring(2);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            radix = 8;
        }
        if (text.isEmpty()) {
            return 0;
        }
        BigInteger value;
        try {
            value = digits.startsWith("-") || digits.startsWith("+") ? null : new BigInteger(digits, radix);
        } catch (NumberFormatException notANumber) {
            value = null;
        }
        if (value == null) {
            throw new UsageException("rsync: " + shown + ": invalid numeric value");
        }
        value = negative ? value.negate() : value;
        if (value.bitLength() > 31) {
            throw new UsageException("rsync: " + shown + ": number too large or too small");
        }
        return value.intValue();
    }

    /**
     * Parses a size: digits, perhaps with a fraction, then a unit ({@code K KiB KB M …}, 1024 unless it ends in a lone B), then perhaps {@code +1}
     * or {@code -1} byte.
     *
     * @param unit the unit of a bare number
     * @return bytes
     */
    static long size(String text, char unit, String option, Bounds bounds) throws UsageException {
        if (text.length() > 1 && text.charAt(0) == '-' && digits(text, 1) > 1) {
            return bounded(BigInteger.ONE.negate(), text, option, bounds);
        }
        int at = digits(text, 0);
        if (at < text.length() && text.charAt(at) == '.') {
            at = digits(text, at + 1);
        }
        String number = text.substring(0, at);
        boolean hasUnit = at < text.length() && text.charAt(at) != '+' && text.charAt(at) != '-';
        int power = UNITS.indexOf(Character.toLowerCase(hasUnit ? text.charAt(at) : unit));
        String rest = text.substring(hasUnit ? at + 1 : at).toLowerCase(Locale.ROOT);
        boolean decimal = rest.startsWith("b") && !rest.startsWith("bi");
        rest = rest.startsWith("ib") ? rest.substring(2) : decimal ? rest.substring(1) : rest;
        int adjust = rest.equals("+1") ? 1 : rest.equals("-1") ? -1 : 0;
        if (power < 0 || (adjust == 0 && !rest.isEmpty()) || (adjust != 0 && number.isEmpty() && !hasUnit)) {
            throw new UsageException("rsync: --" + option + "=" + text + " is invalid");
        }
        BigDecimal value = new BigDecimal(number.isEmpty() || number.equals(".") ? "0" : number)
                .multiply(BigDecimal.valueOf(decimal ? 1000 : 1024).pow(power));
        return bounded(value.toBigInteger().add(BigInteger.valueOf(adjust)), text, option, bounds);
    }

    /** Parses {@code --max-alloc}: 1 MiB at least. */
    static long allocation(String text) throws UsageException {
        long size = size(text, 'b', "max-alloc", new Bounds(1024 * 1024, -1, true));
        if (size == 0) {
            throw new UsageException("rsync: max-alloc must be greater than zero");
        }
        return size;
    }

    private static long bounded(BigInteger value, String text, String option, Bounds bounds) throws UsageException {
        BigInteger largest = bounds.largest() >= 0 ? BigInteger.valueOf(bounds.largest()) : LARGEST;
        if (value.signum() < 0 || value.compareTo(largest) > 0) {
            String limit = bounds.largest() >= 0 ? " (max: " + units(bounds.largest()) + ")" : "";
            throw new UsageException("rsync: --" + option + "=" + text + " is too large" + limit);
        }
        boolean unlimited = bounds.zeroIsUnlimited() && value.signum() == 0;
        if (value.compareTo(BigInteger.valueOf(bounds.smallest())) < 0 && !unlimited) {
            String zero = bounds.zeroIsUnlimited() ? " or 0 for unlimited" : "";
            throw new UsageException(
                    "rsync: --" + option + "=" + text + " is too small (min: " + units(bounds.smallest()) + zero + ")");
        }
        return value.longValueExact();
    }

    private static String units(long bytes) {
        return new NumberStyle(3).human(bytes);
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
