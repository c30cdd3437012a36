package io.sluice.linux;

import java.nio.charset.StandardCharsets;

/** Paths below {@code /proc/self/fd}, for calls that take no descriptor. */
final class ProcPath {
    private static final String PREFIX = "/proc/self/fd/";

    private ProcPath() {}

    /** The magic link to what the descriptor has open. */
    static byte[] of(int descriptor) {
        return (PREFIX + descriptor).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A name in the directory that the descriptor has open. */
    static byte[] of(int directory, byte[] name) {
        byte[] prefix = (PREFIX + directory + "/").getBytes(StandardCharsets.ISO_8859_1);
        byte[] path = new byte[prefix.length + name.length];
        System.arraycopy(prefix, 0, path, 0, prefix.length);
        System.arraycopy(name, 0, path, prefix.length, name.length);
        return path;
    }
}
