package io.sluice.protocol.filelist;

import io.sluice.linux.KernelBytes;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import java.util.Arrays;

/** What no honest sender names: each rule guards what lies outside the destination. */
final class PathRules {
    private PathRules() {}

    /**
     * Checks a path from a peer.
     *
     * @param absolute whether it may begin with a slash ({@code --relative})
     * @throws ProtocolException if it is empty, absolute, has a NUL, or has a component that is empty, {@code ..} or (but for the path {@code .}) {@code .}
     */
    static void check(byte[] path, int length, boolean absolute) throws ProtocolException {
        if (length == 0) {
            throw new ProtocolException("file-list path: empty (expected: at least one byte)");
        }
        int start = path[0] == '/' ? 1 : 0;
        if (start == 1 && !absolute) {
            throw unsafe(path, length, "relative to the destination");
        }
        boolean root = length - start == 1 && path[start] == '.';
        for (int i = start; !root && i <= length; i++) {
            if (i < length && path[i] == 0) {
                throw unsafe(path, length, "without NUL");
            }
            if (i == length || path[i] == '/') {
                checkComponent(path, start, i, length);
                start = i + 1;
            }
        }
    }

    private static void checkComponent(byte[] path, int start, int end, int length) throws ProtocolException {
        boolean dot = end - start == 1 && path[start] == '.';
        boolean dotDot = end - start == 2 && path[start] == '.' && path[start + 1] == '.';
        if (start == end || dot || dotDot) {
            throw unsafe(path, length, "components that are names");
        }
    }

    private static ProtocolException unsafe(byte[] path, int length, String rule) {
        String shown = KernelBytes.show(Arrays.copyOf(path, length));
        return new ProtocolException(
                ExitCode.UNSUPPORTED, "unsafe file-list path: \"" + shown + "\" (expected: " + rule + ")");
    }
}
