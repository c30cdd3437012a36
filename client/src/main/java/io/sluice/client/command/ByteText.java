package io.sluice.client.command;

import java.nio.charset.StandardCharsets;

/** Words of the command line as they are kept while it is read: one character per byte, so that any byte survives. */
public final class ByteText {
    private ByteText() {}

    /** Returns the bytes of a word. */
    public static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the word of these bytes. */
    public static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Returns a word as text for people and for the JDK: decoded as UTF-8. */
    public static String decoded(String word) {
        return new String(bytes(word), StandardCharsets.UTF_8);
    }
}
