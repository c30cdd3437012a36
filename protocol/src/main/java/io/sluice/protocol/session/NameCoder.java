package io.sluice.protocol.session;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/** Converts names from one charset to another: strictly, as a file of another name is another file; texts as far as possible. Not thread-safe. */
public final class NameCoder {
    private static final int MAX_BYTES_PER_CHAR = 16;

    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder;
    private final boolean keepsAscii;
    private CharBuffer chars = CharBuffer.allocate(256);
    private Failure failure = Failure.NONE;

    /** Why a name could not be converted, in the words of the C library. */
    public enum Failure {
        NONE(""),
        /** It is no text in the one charset, or has a character that the other one lacks. */
        INVALID("Invalid or incomplete multibyte or wide character"),
        /** It ends within a character. */
        INCOMPLETE("Invalid argument"),
        TOO_LONG("Argument list too long");

        private final String reason;

        Failure(String reason) {
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }

    NameCoder(Charset from, Charset to) {
        decoder = from.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        encoder = to.newEncoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        keepsAscii = keepsAscii(from) && keepsAscii(to);
    }

    private static boolean keepsAscii(Charset charset) {
        byte[] ascii = new byte[127];
        for (int i = 0; i < ascii.length; i++) {
            ascii[i] = (byte) (i + 1);
        }
        String text = new String(ascii, charset);
        for (int i = 0; i < ascii.length; i++) {
            if (text.length() != ascii.length || text.charAt(i) != i + 1) {
                return false;
            }
        }
        return Arrays.equals(text.getBytes(charset), ascii);
    }

    /**
     * Converts the first {@code length} bytes of a name.
     *
     * @param into gets the name, which has to be shorter than this array
     * @return the length there, or -1: see {@link #failure}
     */
    public int convert(byte[] name, int length, byte[] into) {
        if (keepsAscii && isAscii(name, length)) {
            if (length >= into.length) {
                failure = Failure.TOO_LONG;
                return -1;
            }
            System.arraycopy(name, 0, into, 0, length);
            return length;
        }
        if (chars.capacity() < 2 * length) {
            chars = CharBuffer.allocate(2 * length);
        }
        chars.clear();
        decoder.reset();
        ByteBuffer in = ByteBuffer.wrap(name, 0, length);
        CoderResult decoded = decoder.decode(in, chars, false);
        if (decoded.isError() || in.hasRemaining()) {
            failure = decoded.isError() ? Failure.INVALID : Failure.INCOMPLETE;
            return -1;
        }
        return encode(into);
    }

    private int encode(byte[] into) {
        ByteBuffer out = ByteBuffer.wrap(into, 0, into.length - 1);
        chars.flip();
        encoder.reset();
        CoderResult encoded = encoder.encode(chars, out, true);
        if (encoded.isUnderflow()) {
            encoded = encoder.flush(out);
        }
        if (!encoded.isUnderflow()) {
            failure = encoded.isOverflow() ? Failure.TOO_LONG : Failure.INVALID;
            return -1;
        }
        return out.position();
    }

    private static boolean isAscii(byte[] name, int length) {
        for (int i = 0; i < length; i++) {
            if (name[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Why the last name could not be converted. */
    public Failure failure() {
        return failure;
    }

    /** Converts a text; bytes that cannot be converted stay as they are. */
    public byte[] convertAll(byte[] text) {
        if (keepsAscii && isAscii(text, text.length)) {
            return text;
        }
        var converted = new ByteArrayOutputStream(text.length + text.length / 2);
        ByteBuffer in = ByteBuffer.wrap(text);
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES_PER_CHAR);
        decoder.reset();
        encoder.reset();
        while (in.hasRemaining()) {
            int start = in.position();
            if (readCharacter(in) && encodeCharacter(out)) {
                converted.write(out.array(), 0, out.position());
            } else {
                converted.write(text[start]);
                in.position(start + 1);
                decoder.reset();
            }
        }
        return converted.toByteArray();
    }

    /** Reads one character, which may be two chars. */
    private boolean readCharacter(ByteBuffer in) {
        chars.clear().limit(1);
        CoderResult result = decoder.decode(in, chars, true);
        if (result.isOverflow() && chars.position() == 0) {
            chars.limit(2);
            result = decoder.decode(in, chars, true);
        }
        return chars.position() > 0 || (result.isUnderflow() && !in.hasRemaining());
    }

    private boolean encodeCharacter(ByteBuffer out) {
        chars.flip();
        out.clear();
        return encoder.encode(chars, out, false).isUnderflow();
    }
}
