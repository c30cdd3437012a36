package io.sluice.protocol.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a path of a tree is shown to people: {@code "<directory>/<path>"}, and with a module {@code "<directory>/<path>" (in <module>)}.
 *
 * @param directory what paths are relative to, as people know it, without trailing slash; empty: nothing is put before them. In a module it begins with
 *     a slash; that of a module without chroot is empty, as rsync shows it
 * @param module the module's name, or empty
 */
public record PathLabel(byte[] directory, String module) {
    /** Paths are shown as they are. */
    public static final PathLabel NONE = new PathLabel(new byte[0], "");

    /** The label of paths below {@code directory}, which is not in a module. */
    public static PathLabel of(String directory) {
        return new PathLabel(directory.getBytes(StandardCharsets.UTF_8), "");
    }

    /** Returns the label of paths that are relative to {@code path}, which is itself relative to this one's directory (or absolute). */
    PathLabel below(byte[] path) {
        int end = path.length;
        while (end > 1 && path[end - 1] == '/') {
            end--;
        }
        if (end == 0 || (end == 1 && path[0] == '.')) {
            return this;
        }
        byte[] below = full(Arrays.copyOf(path, end));
        boolean inside = !module.isEmpty() && below[0] != '/';
        return new PathLabel(inside ? Paths.absolute(below) : below, module);
    }

    /** The place of {@code path} from the root of the file system or, in a module, of that. */
    byte[] absolute(byte[] path) {
        return module.isEmpty() ? below(path).directory : path;
    }

    /** Returns {@code path} in quotes with what belongs around it. */
    Text quote(byte[] path) {
        Text text = Text.of("\"").add(full(path)).add("\"");
        return module.isEmpty() ? text : text.add(" (in " + module + ")");
    }

    private byte[] full(byte[] path) {
        if (path.length > 0 && path[0] == '/') {
            return path;
        }
        boolean separate = directory.length > 0 && directory[directory.length - 1] != '/';
        return new Text().add(directory).add(separate ? "/" : "").add(path).toBytes();
    }
}
