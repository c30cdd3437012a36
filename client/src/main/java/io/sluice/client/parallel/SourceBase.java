package io.sluice.client.parallel;

import io.sluice.client.command.ByteText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The directory that the names of a transfer's list are relative to. */
final class SourceBase {
    private static final Pattern LAST_IS_DOTS = Pattern.compile("(.*/)?\\.{1,2}");
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[\\\\]");

    private SourceBase() {}

    /**
     * Finds it.
     *
     * @param sources paths as given; on a daemon they begin with the module
     * @param relative {@code -R}
     * @param daemon they are on a daemon
     * @return the directory, with a slash at its end; empty if the names of the sources are relative to several directories, or nobody here can tell
     */
    static Optional<byte[]> of(List<byte[]> sources, boolean relative, boolean daemon) {
        String common = null;
        for (byte[] source : sources) {
            String base = of(ByteText.of(source), relative, daemon);
            boolean matched = daemon && WILDCARD.matcher(base).find(); // which directories it is, the daemon knows
            if (matched || (common != null && !common.equals(base))) {
                return Optional.empty();
            }
            common = base;
        }
        return Optional.ofNullable(common).map(ByteText::bytes);
    }

    /** The directory that a list of names is relative to, as given. */
    static Optional<byte[]> ofDirectory(byte[] source) {
        String text = ByteText.of(source);
        boolean unclear = WILDCARD.matcher(text).find();
        return unclear ? Optional.empty() : Optional.of(ByteText.bytes(text.endsWith("/") ? text : text + "/"));
    }

    /** {@code /./} in a path says where the part that counts begins. */
    static boolean hasMarker(byte[] path) {
        return ByteText.of(path).contains("/./");
    }

    private static String of(String source, boolean relative, boolean daemon) {
        if (relative) {
            int marker = source.indexOf("/./");
            return marker >= 0 ? source.substring(0, marker + 1) : root(source, daemon);
        }
        boolean content = source.endsWith("/") || LAST_IS_DOTS.matcher(source).matches();
        if (content) {
            return source.endsWith("/") ? source : source + "/";
        }
        int slash = source.lastIndexOf('/');
        return slash >= 0 ? source.substring(0, slash + 1) : daemon ? source + "/" : "./";
    }

    /** What a whole path is relative to: the module, the root, or where we are. */
    private static String root(String source, boolean daemon) {
        if (daemon) {
            int slash = source.indexOf('/');
            return slash < 0 ? source + "/" : source.substring(0, slash + 1);
        }
        return source.startsWith("/") ? "/" : "./";
    }
}
