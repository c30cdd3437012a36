package io.sluice.daemon.module;

import java.util.Arrays;
import java.util.List;

/** Which directory of a module the names in a transfer's list are relative to, so that the log can tell files by their place in the module. */
final class LogBase {
    private static final byte[] MODULE_ITSELF = {};

    private LogBase() {}

    /** The directory of all sources; empty if they have none in common, or names are relative to the module anyway ({@code -R}). */
    static byte[] ofSources(List<byte[]> sources, boolean relative) {
        if (relative || sources.isEmpty()) {
            return MODULE_ITSELF;
        }
        byte[] common = ofSource(sources.getFirst());
        for (byte[] source : sources) {
            if (!Arrays.equals(common, ofSource(source))) {
                return MODULE_ITSELF;
            }
        }
        return common;
    }

    /** {@code a/b/} is sent from inside, {@code a/b} from {@code a}. */
    private static byte[] ofSource(byte[] source) {
        if (isModuleItself(source)) {
            return MODULE_ITSELF;
        }
        byte[] path = withoutTrailingSlashes(source);
        return path.length < source.length ? path : parent(path);
    }

    static boolean isModuleItself(byte[] path) {
        return path.length == 0 || (path.length == 1 && path[0] == '.');
    }

    static byte[] withoutTrailingSlashes(byte[] path) {
        int end = path.length;
        while (end > 0 && path[end - 1] == '/') {
            end--;
        }
        return Arrays.copyOf(path, end);
    }

    static byte[] parent(byte[] path) {
        int slash = path.length - 1;
        while (slash >= 0 && path[slash] != '/') {
            slash--;
        }
        return Arrays.copyOf(path, Math.max(slash, 0));
    }
}
