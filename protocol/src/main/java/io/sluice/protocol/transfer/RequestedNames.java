package io.sluice.protocol.transfer;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.filelist.NameCheck;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.filter.WildMatch;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a client that receives has asked for: its source arguments, or the names of a list, and what may lie below them. A sender that puts another name
 * into its list is not trusted any more.
 */
public final class RequestedNames implements NameCheck {
    private static final Pattern MAYBE_PATTERN = Pattern.compile("[*?\\[\\\\]");

    private final boolean relative;
    private final boolean recurse;
    private final boolean directories;
    private final FilterScope excluded;
    private final boolean judgesRules;
    /** All that was asked for; a list of names is long, so names are looked up, and only those that may be patterns are tried one by one. */
    private final Set<List<String>> asked = new HashSet<>();

    private final Set<List<String>> parents = new HashSet<>();
    private final List<List<String>> patterns = new ArrayList<>();

    /** @param filters this end's rules; those of directories' files are the sender's business, and with them all others */
    public RequestedNames(TransferOptions options, FilterList filters) {
        this.relative = options.selection().relative();
        this.recurse = options.selection().recurse();
        this.directories = options.selection().directories();
        this.excluded = new FilterScope(
                filters, FilterList.EMPTY, Side.SENDER, options.deletion().excluded());
        this.excluded.rootedAt(new byte[1]); // nobody here knows where the sender's tree stands
        this.judgesRules = !filters.isEmpty() && !filters.hasDirectoryRules();
    }

    /** Adds an argument as the sender gets it, or a name of a list. */
    public void add(byte[] argument) {
        String text = new String(argument, StandardCharsets.ISO_8859_1);
        int from = relative ? text.indexOf("/./") + 1 : text.lastIndexOf('/') + 1;
        int skipped = relative && from > 0 ? 2 : 0;
        List<String> components = components(text.substring(from + skipped));
        if (!asked.add(components)) {
            return;
        }
        int depth = components.size() - 1;
        while (depth >= 0 && parents.add(components.subList(0, depth))) {
            depth--;
        }
        if (MAYBE_PATTERN.matcher(text).find()) {
            patterns.add(components);
        }
    }

    private static List<String> components(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(component -> !component.isEmpty() && !component.equals("."))
                .toList();
    }

    @Override
    public boolean check(byte[] path, boolean directory) throws ProtocolException {
        if (path.length == 1 && path[0] == '.') {
            return asked.isEmpty()
                    || asked.contains(List.of()); // else it is but a parent, whose other content nobody asked for
        }
        if (judgesRules && excluded.check(path, directory) == FilterScope.Verdict.EXCLUDE) {
            throw refused("excluded", path);
        }
        Fit fit = asked.isEmpty() ? Fit.WHOLE : best(path, directory);
        if (fit == Fit.NONE) {
            throw refused("unrequested", path);
        }
        return fit == Fit.WHOLE;
    }

    private static ProtocolException refused(String why, byte[] path) {
        String name = new Text().add(path).toString();
        return new ProtocolException(ExitCode.UNSUPPORTED, "ERROR: rejecting " + why + " file-list name: " + name);
    }

    private enum Fit {
        NONE,
        /** It leads to what was asked for. */
        PARENT,
        WHOLE
    }

    private Fit best(byte[] path, boolean directory) {
        List<String> components = components(new String(path, StandardCharsets.ISO_8859_1));
        Fit best = literal(components, directory);
        if (best == Fit.WHOLE) {
            return best;
        }
        for (List<String> request : patterns) {
            Fit fit = fit(components, request, directory);
            if (fit == Fit.WHOLE) {
                return fit;
            }
            best = fit == Fit.NONE ? best : fit;
        }
        return best;
    }

    private Fit literal(List<String> components, boolean directory) {
        for (int depth = components.size(); depth >= 0; depth--) {
            if (reaches(components.size() - depth) && asked.contains(components.subList(0, depth))) {
                return Fit.WHOLE;
            }
        }
        return relative && directory && parents.contains(components) ? Fit.PARENT : Fit.NONE;
    }

    /** Whether what lies that many levels below a request is asked for, too. */
    private boolean reaches(int levels) {
        return levels == 0 || recurse || (levels == 1 && directories);
    }

    private Fit fit(List<String> components, List<String> request, boolean directory) {
        int common = Math.min(components.size(), request.size());
        for (int i = 0; i < common; i++) {
            if (!fits(components.get(i), request.get(i))) {
                return Fit.NONE;
            }
        }
        int below = components.size() - request.size();
        if (below < 0) {
            return relative && directory ? Fit.PARENT : Fit.NONE;
        }
        return reaches(below) ? Fit.WHOLE : Fit.NONE;
    }

    /** A shell or daemon there may have taken wildcards for wildcards or, if nothing matched, for themselves. */
    private static boolean fits(String component, String request) {
        return component.equals(request)
                || component.equals(request.replaceAll("\\\\(.)", "$1"))
                || WildMatch.matches(
                        request.getBytes(StandardCharsets.ISO_8859_1), component.getBytes(StandardCharsets.ISO_8859_1));
    }
}
