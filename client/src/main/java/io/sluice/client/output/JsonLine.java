package io.sluice.client.output;

import java.util.Base64;

/**
 * One flat JSON object in the making, on one line, in UTF-8.
 *
 * <p>File names and messages are bytes and need not be UTF-8. A text that is not has U+FFFD for each byte that does not belong, and a second member
 * beside it, {@code <name>_base64}, has the bytes themselves. Everything that some reader takes for the end of a line is escaped.
 */
public final class JsonLine {
    private static final String HEX = "0123456789abcdef";
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};
    private static final int DELETE = 0x7F;

    private final LineBuffer out = new LineBuffer();
    private boolean first = true;

    /** Begins one; {@code event} says what it is about. */
    public JsonLine(String event) {
        out.octet('{');
        text("event", event);
    }

    /** Adds a text of ours, in ASCII. */
    public JsonLine text(String name, String value) {
        return bytes(name, new LineBuffer().text(value).toByteArray());
    }

    /** Adds bytes from elsewhere. */
    public JsonLine bytes(String name, byte[] value) {
        name(name).octet('"');
        boolean exact = quote(value);
        out.octet('"');
        if (!exact) {
            text(name + "_base64", Base64.getEncoder().encodeToString(value));
        }
        return this;
    }

    /** Adds a number. */
    public JsonLine number(String name, long value) {
        name(name).text(Long.toString(value));
        return this;
    }

    /** Adds true or false. */
    public JsonLine flag(String name, boolean value) {
        name(name).text(Boolean.toString(value));
        return this;
    }

    /** Begins an object within, which {@link #end} ends. */
    JsonLine begin(String name) {
        name(name).octet('{');
        first = true;
        return this;
    }

    JsonLine end() {
        out.octet('}');
        first = false;
        return this;
    }

    /** Returns the whole line, with the newline that ends it. */
    public byte[] toByteArray() {
        return out.octet('}').octet('\n').toByteArray();
    }

    private LineBuffer name(String name) {
        if (!first) {
            out.octet(',');
        }
        first = false;
        return out.octet('"').text(name).octet('"').octet(':');
    }

    /** Appends {@code value} without its quotes; returns false if some of it was not UTF-8. */
    private boolean quote(byte[] value) {
        boolean exact = true;
        int at = 0;
        while (at < value.length) {
            int octet = value[at] & 0xFF;
            int length = octet < 0x80 ? 1 : Utf8.sequenceLength(value, at, value.length);
            if (length == 0) {
                out.bytes(REPLACEMENT);
                exact = false;
                length = 1;
            } else if (length == 1) {
                ascii(octet);
            } else if (isLineEnd(value, at, length)) {
                unicode(length == 2 ? 0x85 : 0x2000 | (value[at + 2] & 0x3F));
            } else {
                out.bytes(value, at, length);
            }
            at += length;
        }
        return exact;
    }

    private void ascii(int octet) {
        switch (octet) {
            case '"', '\\' -> out.octet('\\').octet(octet);
            case '\n' -> out.octet('\\').octet('n');
            case '\r' -> out.octet('\\').octet('r');
            case '\t' -> out.octet('\\').octet('t');
            default -> {
                if (octet < ' ' || octet == DELETE) {
                    unicode(octet);
                } else {
                    out.octet(octet);
                }
            }
        }
    }

    /** U+0085, U+2028 and U+2029 end a line for some. */
    private static boolean isLineEnd(byte[] text, int at, int length) {
        boolean next = length == 2 && (text[at] & 0xFF) == 0xC2 && (text[at + 1] & 0xFF) == 0x85;
        boolean separator = length == 3
                && (text[at] & 0xFF) == 0xE2
                && (text[at + 1] & 0xFF) == 0x80
                && ((text[at + 2] & 0xFE) == 0xA8);
        return next || separator;
    }

    private void unicode(int value) {
        out.octet('\\').octet('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.octet(HEX.charAt((value >> shift) & 0xF));
        }
    }
}
