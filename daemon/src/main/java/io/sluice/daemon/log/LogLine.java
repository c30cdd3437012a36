package io.sluice.daemon.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One line of a log: {@code 2026/11/21 08:00:00 [1234] text}.
 *
 * <p>Control characters (but the tab) and the bytes 0x80 to 0x9f are written as {@code \#ooo} in octal, and so is a backslash that looks like the
 * beginning of such a form: what a peer makes up cannot end the line or reach a terminal.
 */
final class LogLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
    private static final int ESCAPE_BYTES = 5;

    private LogLine() {}

    /** A time as it stands in logs. */
    static String time(LocalDateTime time) {
        return TIME.format(time);
    }

    static byte[] format(LocalDateTime time, long process, byte[] text) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(text.length + 40);
        line.writeBytes((TIME.format(time) + " [" + process + "] ").getBytes(StandardCharsets.US_ASCII));
        escape(text, line);
        line.write('\n');
        return line.toByteArray();
    }

    /** Writes a text as it may stand in a log. */
    static void escape(byte[] text, ByteArrayOutputStream line) {
        for (int i = 0; i < text.length; i++) {
            if (mustEscape(text, i)) {
                line.writeBytes(
                        String.format(Locale.ROOT, "\\#%03o", text[i] & 0xFF).getBytes(StandardCharsets.US_ASCII));
            } else {
                line.write(text[i]);
            }
        }
    }

    private static boolean mustEscape(byte[] text, int at) {
        int c = text[at] & 0xFF;
        return (c < ' ' && c != '\t') || (c >= 0x80 && c <= 0x9F) || looksEscaped(text, at);
    }

    private static boolean looksEscaped(byte[] text, int at) {
        return text.length - at >= ESCAPE_BYTES
                && text[at] == '\\'
                && text[at + 1] == '#'
                && isDigit(text[at + 2])
                && isDigit(text[at + 3])
                && isDigit(text[at + 4]);
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
