package io.sluice.watcher.status;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * JSON in the making, on one line. File names are bytes: one that is not UTF-8 has U+FFFD for what does not belong, and
 * a second member beside it, {@code <name>_base64}, has the bytes themselves. Control characters and everything that some
 * reader takes for the end of a line are escaped.
 */
final class JsonWriter {
    private final StringBuilder out;
    private boolean first = true;

    JsonWriter(StringBuilder out) {
        this.out = out;
    }

    /** Begins an object; the name is empty for one that has none. */
    JsonWriter object(String name) {
        return begin(name, '{');
    }

    JsonWriter array(String name) {
        return begin(name, '[');
    }

    private JsonWriter begin(String name, char bracket) {
        member(name);
        out.append(bracket);
        first = true;
        return this;
    }

    JsonWriter endObject() {
        out.append('}');
        first = false;
        return this;
    }

    JsonWriter endArray() {
        out.append(']');
        first = false;
        return this;
    }

    JsonWriter text(String name, String value) {
        member(name);
        quote(value);
        return this;
    }

    /** Adds bytes that may be no text. */
    JsonWriter bytes(String name, byte[] value) {
        try {
            return text(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(value))
                            .toString());
        } catch (CharacterCodingException e) {
            return text(name, new String(value, StandardCharsets.UTF_8))
                    .text(name + "_base64", Base64.getEncoder().encodeToString(value));
        }
    }

    JsonWriter number(String name, long value) {
        member(name);
        out.append(value);
        return this;
    }

    JsonWriter flag(String name, boolean value) {
        member(name);
        out.append(value);
        return this;
    }

    private void member(String name) {
        if (!first) {
            out.append(',');
        }
        first = false;
        if (!name.isEmpty()) {
            quote(name);
            out.append(':');
        }
    }

    private void quote(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            character(value.charAt(i));
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\u2028', '\u2029' -> unicode(c);
            default -> {
                if (Character.isISOControl(c)) {
                    unicode(c);
                } else {
                    out.append(c);
                }
            }
        }
    }

    private void unicode(char c) {
        out.append("\\u").append(Integer.toHexString(c | 0x10000), 1, 5);
    }
}
