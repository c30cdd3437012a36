package io.sluice.daemon.auth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Who somebody is, in the bytes that he said it in: logs, commands and paths get them as they came. */
public final class UserName {
    /** Nobody asked. */
    public static final UserName NONE = new UserName(new byte[0]);

    private final byte[] bytes;

    public UserName(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A name that came as text. */
    public static UserName of(String text) {
        return new UserName(text.getBytes(StandardCharsets.UTF_8));
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UserName that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** To be shown, where it cannot be kept as it is. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
