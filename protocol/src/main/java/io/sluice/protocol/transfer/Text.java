package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.SystemCallException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A message for people that is put together from words and file names, which stay the bytes that they are. */
final class Text {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);

    static Text of(String words) {
        return new Text().add(words);
    }

    Text add(String words) {
        bytes.writeBytes(words.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Text add(byte[] name) {
        bytes.writeBytes(name);
        return this;
    }

    Text add(Text other) {
        bytes.writeBytes(other.toBytes());
        return this;
    }

    /** Adds a failure's reason as rsync tells it: {@code : No such file or directory (2)}. */
    Text reason(IOException failure) {
        if (failure instanceof SystemCallException call && leadsOut(call)) {
            return add(": " + Errno.text(Errno.ELOOP) + " (" + Errno.ELOOP + ")");
        }
        if (failure instanceof SystemCallException call) {
            return add(": " + call.reason() + " (" + call.errno() + ")");
        }
        return add(": " + failure.getMessage());
    }

    /** rsync does not follow such links, and says so. */
    private static boolean leadsOut(SystemCallException call) {
        return call.errno() == Errno.EXDEV && call.call().equals("openat2");
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
