package io.sluice.client.transport;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A daemon's paths as arguments. A daemon splits them at the module's name after a space, and takes a leading dash for an option. */
public final class ModulePaths {
    private ModulePaths() {}

    /** Returns the part of {@code path} before its first slash. */
    static byte[] module(byte[] path) {
        int end = 0;
        while (end < path.length && path[end] != '/') {
            end++;
        }
        return Arrays.copyOf(path, end);
    }

    /** Returns the part of {@code path} behind its first slash. */
    public static byte[] inside(byte[] path) {
        int start = module(path).length;
        return Arrays.copyOfRange(path, Math.min(start + 1, path.length), path.length);
    }

    /** Returns {@code path} so that the daemon reads it as one path in {@code module}. */
    static byte[] argument(byte[] path, byte[] module) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(path.length + 4);
        if (path.length > 0 && path[0] == '-') {
            out.writeBytes(new byte[] {'.', '/'});
        }
        for (int at = 0; at < path.length; at++) {
            if (path[at] == ' ' && startsWithModule(path, at + 1, module)) {
                out.writeBytes(new byte[] {'[', ' ', ']'});
            } else {
                out.write(path[at]);
            }
        }
        if (Arrays.equals(path, module)) {
            out.write('/');
        }
        return out.toByteArray();
    }

    private static boolean startsWithModule(byte[] path, int at, byte[] module) {
        int end = at + module.length;
        return end < path.length && path[end] == '/' && Arrays.equals(path, at, end, module, 0, module.length);
    }
}
