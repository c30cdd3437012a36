package io.sluice.watcher.inotifytools;

import io.sluice.client.command.ByteText;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Supplier;

/**
 * {@code --timefmt}: the time as strftime(3) of the GNU C library writes it in the C locale, whatever the locale is, as
 * the original does: all conversions, with flags ({@code _ - 0 ^ #}), a width and the modifiers {@code E} and {@code O},
 * which change nothing. What is no conversion stands for itself.
 */
final class TimeText implements Supplier<String> {
    private static final int MAX_WIDTH = 1024;
    private static final String FLAGS = "_-0^#";

    private final String format;
    private final Clock clock;

    /** @param format one character per byte */
    TimeText(String format, Clock clock) {
        this.format = format;
        this.clock = clock;
    }

    @Override
    public String get() {
        StringBuilder out = new StringBuilder();
        write(format, ZonedDateTime.now(clock), out);
        return out.toString();
    }

    private static void write(String format, ZonedDateTime time, StringBuilder out) {
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            if (c != '%') {
                out.append(c);
                at++;
                continue;
            }
            Conversion conversion = new Conversion(format, at);
            conversion.write(time, out);
            at = conversion.end;
        }
    }

    /** One conversion: percent sign, flags, width, modifier, letter. */
    private static final class Conversion {
        private final String source;
        private final char letter;
        private final int end;
        private char padding;
        private boolean upper;
        private boolean swapped;
        private int width = -1;

        Conversion(String format, int start) {
            int at = start + 1;
            for (; at < format.length() && FLAGS.indexOf(format.charAt(at)) >= 0; at++) {
                flag(format.charAt(at));
            }
            for (; at < format.length() && isDigit(format.charAt(at)); at++) {
                width = Math.min(MAX_WIDTH, Math.max(0, width) * 10 + format.charAt(at) - '0');
            }
            if (at + 1 < format.length() && (format.charAt(at) == 'E' || format.charAt(at) == 'O')) {
                at++;
            }
            letter = at < format.length() ? format.charAt(at) : '\0';
            end = Math.min(format.length(), at + 1);
            source = format.substring(start, end);
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private void flag(char flag) {
            switch (flag) {
                case '^' -> upper = true;
                case '#' -> swapped = true;
                default -> padding = flag;
            }
        }

        void write(ZonedDateTime time, StringBuilder out) {
            switch (letter) {
                case 'a' -> text(weekday(time, TextStyle.SHORT), out);
                case 'A' -> text(weekday(time, TextStyle.FULL), out);
                case 'b', 'h' -> text(month(time, TextStyle.SHORT), out);
                case 'B' -> text(month(time, TextStyle.FULL), out);
                case 'p' -> half(time.getHour() < 12 ? "AM" : "PM", out);
                case 'P' -> text(time.getHour() < 12 ? "am" : "pm", out);
                case 'Z' -> zone(time, out);
                case 'z' -> offset(time, out);
                case 'c' -> compound("%a %b %e %H:%M:%S %Y", time, out);
                case 'D', 'x' -> compound("%m/%d/%y", time, out);
                case 'F' -> compound("%Y-%m-%d", time, out);
                case 'r' -> compound("%I:%M:%S %p", time, out);
                case 'R' -> compound("%H:%M", time, out);
                case 'T', 'X' -> compound("%H:%M:%S", time, out);
                case 'n' -> text("\n", out);
                case 't' -> text("\t", out);
                case '%' -> text("%", out);
                default -> number(time, out);
            }
        }

        private void number(ZonedDateTime time, StringBuilder out) {
            switch (letter) {
                case 'C' -> digits(Math.floorDiv(time.getYear(), 100), 2, '0', out);
                case 'd' -> digits(time.getDayOfMonth(), 2, '0', out);
                case 'e' -> digits(time.getDayOfMonth(), 2, '_', out);
                case 'g' -> digits(weekYear(time) % 100, 2, '0', out);
                case 'G' -> digits(weekYear(time), 4, '0', out);
                case 'H' -> digits(time.getHour(), 2, '0', out);
                case 'I' -> digits(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, '0', out);
                case 'j' -> digits(time.getDayOfYear(), 3, '0', out);
                case 'k' -> digits(time.getHour(), 2, '_', out);
                case 'l' -> digits(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, '_', out);
                case 'm' -> digits(time.getMonthValue(), 2, '0', out);
                case 'M' -> digits(time.getMinute(), 2, '0', out);
                case 's' -> digits(time.toEpochSecond(), 1, '0', out);
                case 'S' -> digits(time.getSecond(), 2, '0', out);
                case 'u' -> digits(time.getDayOfWeek().getValue(), 1, '0', out);
                case 'U' -> digits(weekOfYear(time, time.getDayOfWeek().getValue() % 7), 2, '0', out);
                case 'V' -> digits(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0', out);
                case 'w' -> digits(time.getDayOfWeek().getValue() % 7, 1, '0', out);
                case 'W' -> digits(weekOfYear(time, time.getDayOfWeek().getValue() - 1), 2, '0', out);
                case 'y' -> digits(Math.floorMod(time.getYear(), 100), 2, '0', out);
                case 'Y' -> digits(time.getYear(), 4, '0', out);
                default -> out.append(source);
            }
        }

        /** The week's number, if day 0 of each begins it and the first full one is 1. */
        private static int weekOfYear(ZonedDateTime time, int dayOfWeek) {
            return (time.getDayOfYear() - 1 + 7 - dayOfWeek) / 7;
        }

        private static int weekYear(ZonedDateTime time) {
            return time.get(IsoFields.WEEK_BASED_YEAR);
        }

        private static String weekday(ZonedDateTime time, TextStyle style) {
            return time.getDayOfWeek().getDisplayName(style, Locale.ENGLISH);
        }

        private static String month(ZonedDateTime time, TextStyle style) {
            String full = time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            return style == TextStyle.FULL ? full : full.substring(0, 3);
        }

        private void digits(long value, int least, char usual, StringBuilder out) {
            char pad = padding == '\0' ? usual : padding;
            String digits = Long.toString(value);
            int wanted = Math.max(width, pad == '-' ? 0 : least);
            String fill = (pad == '0' ? "0" : " ").repeat(Math.max(0, wanted - digits.length()));
            out.append(fill).append(digits);
        }

        private void text(String text, StringBuilder out) {
            pad(upper || (swapped && letter != 'P') ? text.toUpperCase(Locale.ROOT) : text, out);
        }

        private void half(String text, StringBuilder out) {
            pad(swapped ? text.toLowerCase(Locale.ROOT) : text, out);
        }

        private void zone(ZonedDateTime time, StringBuilder out) {
            TimeZone zone = TimeZone.getTimeZone(time.getZone());
            boolean summer = zone.inDaylightTime(java.util.Date.from(time.toInstant()));
            String name = zone.getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH);
            String bytes = ByteText.of(name.getBytes(StandardCharsets.UTF_8));
            pad(swapped ? bytes.toLowerCase(Locale.ROOT) : bytes, out);
        }

        private void compound(String parts, ZonedDateTime time, StringBuilder out) {
            StringBuilder whole = new StringBuilder();
            TimeText.write(parts, time, whole);
            pad(upper ? whole.toString().toUpperCase(Locale.ROOT) : whole.toString(), out);
        }

        private void pad(String text, StringBuilder out) {
            out.append((padding == '0' ? "0" : " ").repeat(Math.max(0, width - text.length())));
            out.append(text);
        }

        private void offset(ZonedDateTime time, StringBuilder out) {
            int minutes = time.getOffset().getTotalSeconds() / 60;
            int shown = Math.abs(minutes) / 60 * 100 + Math.abs(minutes) % 60;
            String sign = minutes < 0 ? "-" : "+";
            String digits = Integer.toString(shown);
            int wanted = Math.max(width - 1, padding == '-' ? 0 : 4);
            String fill = (padding == '_' ? " " : "0").repeat(Math.max(0, wanted - digits.length()));
            out.append(sign).append(fill).append(digits);
        }
    }
}
