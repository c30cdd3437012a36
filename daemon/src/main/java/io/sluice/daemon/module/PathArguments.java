package io.sluice.daemon.module;

import io.sluice.linux.DirectoryReader;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.filter.WildMatch;
import io.sluice.protocol.session.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns the operands of a client, such as {@code module/dir/*.html}, into paths inside the module's tree: no leading slash, no {@code ..} that leads
 * out, wildcards expanded. A wildcard that matches nothing stays as it is. Names are handled as text with one char for each byte.
 */
final class PathArguments {
    private static final int MAX_EXPANDED = 100_000;

    private final String module;
    private final FileTree tree;
    private final FilterList filters;
    private final boolean relative;
    private final List<String> expanded = new ArrayList<>();

    /**
     * @param relative {@code -R}: a {@code ./} inside a path has a meaning and stays
     */
    PathArguments(OpenModule module, boolean relative) {
        this.module = latin(module.configuration().name().getBytes(StandardCharsets.UTF_8));
        this.tree = module.tree();
        this.filters = module.filters();
        this.relative = relative;
    }

    /**
     * Expands operands.
     *
     * @param split one operand may be several, separated by a space and the module's name ({@code "m/a m/b"}); not if they were secluded
     */
    List<byte[]> expand(List<byte[]> operands, boolean split) throws IOException {
        for (byte[] operand : operands) {
            String text = latin(operand);
            String inside = text.startsWith(module) ? text.substring(module.length()) : text;
            for (String part : split ? parts(inside) : List.of(inside)) {
                expand(sanitize(part, relative));
            }
        }
        List<byte[]> paths = new ArrayList<>();
        expanded.forEach(path -> paths.add(path.getBytes(StandardCharsets.ISO_8859_1)));
        return paths;
    }

    private List<String> parts(String inside) {
        return List.of(inside.split(Pattern.quote(" " + module + "/"), -1));
    }

    /** Resolves {@code .} and {@code ..} without looking at the tree; keeps a trailing slash, and has one where these were last; what ends up empty is {@code .}. */
    static String sanitize(String path, boolean keepDots) {
        List<String> kept = new ArrayList<>();
        String[] parts = path.split("/", -1);
        for (String part : parts) {
            if (part.isEmpty() || (part.equals(".") && !keepDots)) {
                continue;
            }
            if (!part.equals("..")) {
                kept.add(part);
            } else if (!kept.isEmpty()) {
                kept.removeLast();
            }
        }
        String last = parts[parts.length - 1];
        boolean directory = last.isEmpty() || (!keepDots && (last.equals(".") || last.equals("..")));
        return kept.isEmpty() ? "." : String.join("/", kept) + (directory ? "/" : "");
    }

    private void expand(String path) throws IOException {
        int before = expanded.size();
        if (hasWildcard(path)) {
            match("", path);
        }
        if (expanded.size() == before) {
            expanded.add(path);
        }
    }

    /** Adds what matches {@code rest} below {@code base}, which is empty or ends in a slash. */
    private void match(String base, String rest) throws IOException {
        int slash = rest.indexOf('/');
        String component = slash < 0 ? rest : rest.substring(0, slash);
        String after = slash < 0 ? "" : rest.substring(slash + 1);
        boolean last = slash < 0;
        if (!hasWildcard(component)) {
            if (last) { // as rsync has it: that there is none is told when it is looked for
                requireRoom();
                expanded.add(base + component);
            } else {
                descend(base + component, after, false);
            }
            return;
        }
        for (String name : names(base)) {
            if (WildMatch.matches(bytes(component), bytes(name))) {
                descend(base + name, after, last);
            }
        }
    }

    private void descend(String path, String after, boolean last) throws IOException {
        FileStatus status = new FileStatus();
        boolean dots = path.endsWith(".") && (path.length() == 1 || path.endsWith("/."));
        if (!dots && (!tree.statusFollowing(bytes(path), status) || hidden(path, status))) {
            return;
        }
        if (last) {
            requireRoom();
            expanded.add(path);
        } else if (dots || status.isDirectory()) {
            match(path + "/", after);
        }
    }

    private void requireRoom() throws IOException {
        if (expanded.size() >= MAX_EXPANDED) {
            throw new IOException("names that wildcards match: more than " + MAX_EXPANDED + " (expected: fewer)");
        }
    }

    private boolean hidden(String path, FileStatus status) {
        if (filters.isEmpty()) {
            return false;
        }
        FilterScope scope = new FilterScope(FilterList.EMPTY, filters, Side.SENDER, false);
        return scope.hiddenByDaemon(bytes(path), status.isDirectory());
    }

    private List<String> names(String base) throws IOException {
        List<String> names = new ArrayList<>();
        String directory = base.isEmpty() ? "" : base.substring(0, base.length() - 1);
        try (DirectoryReader reader = tree.list(bytes(directory))) {
            while (reader.next()) {
                byte[] name = new byte[reader.nameLength()];
                reader.copyName(name, 0);
                names.add(latin(name));
            }
        } catch (SystemCallException e) {
            return List.of(); // a directory that cannot be read matches nothing
        }
        String[] sorted = names.toArray(new String[0]);
        Arrays.sort(sorted);
        return List.of(sorted);
    }

    private static boolean hasWildcard(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }
}
