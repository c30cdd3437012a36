package io.sluice.protocol.filelist;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A source argument taken apart: where paths are relative to, and the path that stands in the list.
 *
 * <pre>
 *             without --relative               with --relative
 *  a/b        directory a    path b            directory -   path a/b
 *  a/b/       directory a/b  path .            directory -   path a/b (the directory itself, even through a symlink)
 *  a/./b                                       directory a   path b
 * </pre>
 *
 * @param directory empty if there is none
 */
record SourceArgument(byte[] directory, byte[] path, Kind kind) {
    private static final byte[] NONE = {};
    private static final byte[] DOT = {'.'};

    /** What the form of an argument says. */
    enum Kind {
        NORMAL,
        /** It names a directory, be it through a symlink. */
        SLASH_ENDING,
        /** It is the directory that paths are relative to. */
        DOT_DIRECTORY
    }

    /**
     * Takes an argument apart.
     *
     * @throws TransferException with code 1 if it has {@code ..} in a path that would stand in the list
     */
    static SourceArgument of(byte[] argument, boolean relative) throws TransferException {
        return relative ? relative(argument) : plain(argument);
    }

    /** Whether the path has directories above it, the root directory aside. */
    boolean hasParent() {
        for (int i = 1; i < path.length; i++) {
            if (path[i] == '/') {
                return true;
            }
        }
        return false;
    }

    /** The directory, if it is relative to {@code base}; either may be empty. */
    byte[] directoryBelow(byte[] base) {
        if (base.length == 0 || directory.length == 0 || directory[0] == '/') {
            return directory.length == 0 ? base : directory;
        }
        byte[] joined = Arrays.copyOf(base, base.length + 1 + directory.length);
        joined[base.length] = '/';
        System.arraycopy(directory, 0, joined, base.length + 1, directory.length);
        return joined;
    }

    private static SourceArgument plain(byte[] argument) {
        int slash = lastSlash(argument, argument.length);
        byte[] last = Arrays.copyOfRange(argument, slash + 1, argument.length);
        boolean dots = isDot(last) || last.length == 0;
        if (last.length == 2 && last[0] == '.' && last[1] == '.') {
            return new SourceArgument(argument, DOT, Kind.DOT_DIRECTORY);
        }
        return new SourceArgument(parent(argument, slash), dots ? DOT : last, dots ? Kind.DOT_DIRECTORY : Kind.NORMAL);
    }

    private static byte[] parent(byte[] argument, int slash) {
        if (slash < 0 || (slash == 1 && argument[0] == '.')) {
            return NONE;
        }
        return Arrays.copyOf(argument, Math.max(slash, 1));
    }

    private static SourceArgument relative(byte[] argument) throws TransferException {
        int pivot = pivot(argument);
        byte[] directory = pivot < 0 ? NONE : cleaned(Arrays.copyOf(argument, Math.max(pivot, 1)));
        byte[] active = pivot < 0 ? argument : withoutLeadingSlashes(argument, pivot + 3);
        boolean slashEnding = active.length > 0 && endsInDirectory(active);
        byte[] path = cleaned(active);
        if (path.length == 1 && path[0] == '/') {
            return new SourceArgument(directory, new byte[] {'/', '.'}, Kind.DOT_DIRECTORY);
        }
        if (isDot(path)) {
            return new SourceArgument(directory, DOT, Kind.DOT_DIRECTORY);
        }
        for (byte[] component : components(path)) {
            if (component.length == 2 && component[0] == '.' && component[1] == '.') {
                String shown = new String(path, StandardCharsets.UTF_8);
                throw new TransferException(ExitCode.SYNTAX, "found \"..\" dir in relative path: " + shown);
            }
        }
        return new SourceArgument(directory, path, slashEnding ? Kind.SLASH_ENDING : Kind.NORMAL);
    }

    /** Whether a {@code --relative} argument begins with {@code ./}: the root directory gets an entry of its own. */
    static boolean impliesRoot(byte[] argument) {
        int pivot = pivot(argument);
        int start = pivot < 0 ? 0 : argument.length - withoutLeadingSlashes(argument, pivot + 3).length;
        return argument.length > start + 2 && argument[start] == '.' && argument[start + 1] == '/';
    }

    private static int pivot(byte[] argument) {
        for (int i = 0; i + 2 < argument.length; i++) {
            if (argument[i] == '/' && argument[i + 1] == '.' && argument[i + 2] == '/') {
                return i;
            }
        }
        return -1;
    }

    private static byte[] withoutLeadingSlashes(byte[] argument, int from) {
        int start = from;
        while (start < argument.length && argument[start] == '/') {
            start++;
        }
        return Arrays.copyOfRange(argument, start, argument.length);
    }

    private static boolean endsInDirectory(byte[] path) {
        int last = path.length - 1;
        return path[last] == '/' || (path[last] == '.' && last > 0 && path[last - 1] == '/');
    }

    private static int lastSlash(byte[] path, int end) {
        int slash = end - 1;
        while (slash >= 0 && path[slash] != '/') {
            slash--;
        }
        return slash;
    }

    static boolean isDot(byte[] path) {
        return path.length == 1 && path[0] == '.';
    }

    /** Without empty and {@code .} components and without slash at the end; {@code .} if nothing is left. */
    static byte[] cleaned(byte[] path) {
        var text = new ByteArrayOutputStream();
        boolean absolute = path.length > 0 && path[0] == '/';
        if (absolute) {
            text.write('/');
        }
        int start = text.size();
        for (byte[] component : components(path)) {
            if (!isDot(component)) {
                if (text.size() > start) {
                    text.write('/');
                }
                text.writeBytes(component);
            }
        }
        return text.size() == 0 ? DOT : text.toByteArray();
    }

    /**
     * As {@link #cleaned}, but as if {@code path} were below a root that cannot be left: no slash at the start, each {@code ..} undoes the component
     * before it. A slash at the end stays, {@code .} components stay.
     */
    static byte[] confined(byte[] path) {
        List<byte[]> kept = new ArrayList<>();
        for (byte[] component : components(path)) {
            boolean up = component.length == 2 && component[0] == '.' && component[1] == '.';
            if (!up) {
                kept.add(component);
            } else if (!kept.isEmpty()) {
                kept.removeLast();
            }
        }
        var text = new ByteArrayOutputStream();
        for (byte[] component : kept) {
            text.writeBytes(text.size() > 0 ? new byte[] {'/'} : NONE);
            text.writeBytes(component);
        }
        boolean slashEnding = path.length > 0 && path[path.length - 1] == '/';
        if (slashEnding && text.size() > 0) {
            text.write('/');
        }
        return text.size() == 0 ? DOT : text.toByteArray();
    }

    private static List<byte[]> components(byte[] path) {
        List<byte[]> found = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i == path.length || path[i] == '/') {
                if (i > start) {
                    found.add(Arrays.copyOfRange(path, start, i));
                }
                start = i + 1;
            }
        }
        return found;
    }
}
