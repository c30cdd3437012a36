package io.sluice.client.output;

/**
 * Which bytes of a message are shown as they are and which as {@code \#ooo} (three octal digits), as rsync(1) tells under {@code --8-bit-output}.
 * Control characters but tab are always escaped, and so is a backslash that would read as an escape.
 */
public enum Escaping {
    /** Valid UTF-8 is shown, other bytes from 0x80 on are escaped: a terminal in a UTF-8 locale. */
    UTF8,
    /** Every byte from 0x80 on is escaped: a terminal in the C locale. */
    ASCII,
    /** Bytes from 0x80 on are left alone: {@code -8}. */
    EIGHT_BIT,
    /** As EIGHT_BIT, but bytes that a terminal may take for control characters (0x80 to 0x9F) are escaped: a log file, read on any terminal. */
    LOG;

    private static final int LAST_CONTROL = 0x9F;

    /** Chooses by the name of the charset that the environment's locale uses; anything but UTF-8 counts as ASCII. */
    public static Escaping of(String charset) {
        return charset.equalsIgnoreCase("UTF-8") || charset.equalsIgnoreCase("UTF8") ? UTF8 : ASCII;
    }

    /** Appends {@code message} as it is to be shown, without ending the line. A CR at its start or end is kept; a newline at its end is part of a name. */
    public void append(LineBuffer out, byte[] message) {
        int start = 0;
        int end = message.length;
        boolean trailer = end > 0 && message[end - 1] == '\r';
        if (trailer) {
            end--;
        }
        if (end > 0 && message[0] == '\r') {
            out.octet('\r');
            start = 1;
        }
        appendText(out, message, start, end);
        if (trailer) {
            out.octet(message[end]);
        }
    }

    private void appendText(LineBuffer out, byte[] text, int start, int end) {
        int at = start;
        while (at < end) {
            int octet = text[at] & 0xFF;
            if ((octet < ' ' && octet != '\t') || looksEscaped(text, at, end)) {
                escape(out, octet);
                at++;
            } else if (octet < 0x80 || this == EIGHT_BIT || (this == LOG && octet > LAST_CONTROL)) {
                out.octet(octet);
                at++;
            } else {
                at += appendHigh(out, text, at, end);
            }
        }
    }

    /** Appends the byte (or the UTF-8 sequence) at {@code at}, which is 0x80 or more; returns how many bytes that took. */
    private int appendHigh(LineBuffer out, byte[] text, int at, int end) {
        int length = this == UTF8 ? Utf8.sequenceLength(text, at, end) : 0;
        if (length == 0) {
            escape(out, text[at] & 0xFF);
            return 1;
        }
        out.bytes(text, at, length);
        return length;
    }

    private static boolean looksEscaped(byte[] text, int at, int end) {
        return text[at] == '\\'
                && at + 4 < end
                && text[at + 1] == '#'
                && isDigit(text[at + 2])
                && isDigit(text[at + 3])
                && isDigit(text[at + 4]);
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    private static void escape(LineBuffer out, int octet) {
        out.octet('\\')
                .octet('#')
                .octet('0' + (octet >> 6))
                .octet('0' + ((octet >> 3) & 7))
                .octet('0' + (octet & 7));
    }
}
