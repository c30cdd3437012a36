package io.sluice.linux;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Kernel bytes (file names, paths) as text for people. The text is for showing only: it does not lead back. */
public final class KernelBytes {
    private KernelBytes() {}

    /**
     * The bytes as UTF-8 text, with control characters and bytes that are not UTF-8 written {@code \#ooo} (three octal
     * digits a byte, as rsync shows them).
     */
    public static String show(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        StringBuilder text = new StringBuilder(bytes.length + 8);
        while (in.hasRemaining()) {
            var stopped = decoder.decode(in, out, true);
            appendPrintable(out.flip(), text);
            out.clear();
            for (int bad = stopped.isError() ? stopped.length() : 0; bad > 0; bad--) {
                appendOctal(in.get() & 0xFF, text);
            }
            decoder.reset();
        }
        return text.toString();
    }

    private static void appendPrintable(CharBuffer chars, StringBuilder text) {
        while (chars.hasRemaining()) {
            char c = chars.get();
            if (!Character.isISOControl(c)) {
                text.append(c);
            } else if (c < 0x80) {
                appendOctal(c, text);
            } else { // U+0080 to U+009F: two bytes of UTF-8
                appendOctal(0xC2, text);
                appendOctal(c, text);
            }
        }
    }

    private static void appendOctal(int b, StringBuilder text) {
        text.append("\\#").append((char) ('0' + (b >> 6)));
        text.append((char) ('0' + ((b >> 3) & 7))).append((char) ('0' + (b & 7)));
    }
}
