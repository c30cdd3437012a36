package io.sluice.watcher.mirror;

import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.filter.FilterScope.Verdict;
import io.sluice.protocol.session.Side;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names to delete, as a session of {@code -d --delete} for an rsync without {@code --delete-missing-args}: the
 * directories that they were in, each with its content, and filter rules by which such a session looks at nothing but
 * those names.
 *
 * <pre>
 * R /dir/name   S /dir/name    it may go; should it be there again, it is sent
 * S /dir                       the directory itself, lest another's rule hides it
 * P /dir/*      H /dir/*       all else in the directory stays, and is not even listed
 * …             the user's rules: for what is below the names
 * </pre>
 *
 * A name that the user's rules protect gets no rule of its own; if they do so for a directory or a file only, it is
 * {@code P /dir/name/} before, or {@code R /dir/name/} instead.
 *
 * @param directories relative to the source, in the form that stands for their content
 * @param rules to stand before the user's
 */
record AbsentNames(List<byte[]> directories, FilterList rules) {
    private static final FilterList.RuleFiles NO_FILES = name -> {
        throw new IOException("merge file: " + name + " (expected: none in a rule of our own)");
    };
    private static final byte[] BASE = {};
    private static final byte[] HERE = {'.'};

    AbsentNames {
        directories = List.copyOf(directories);
    }

    /** @param names relative to the source, where their directories are */
    static AbsentNames of(List<byte[]> names, ReplicaSessions sessions) throws IOException {
        FilterList.Builder rules = new FilterList.Builder();
        SortedSet<byte[]> directories = new TreeSet<>(Comparator.comparing(PathText::of));
        boolean excluded = sessions.options().deletion().excluded();
        FilterScope user = new FilterScope(sessions.filters(), FilterList.EMPTY, Side.RECEIVER, excluded);
        List<byte[]> sorted = new ArrayList<>(names);
        sorted.sort(Comparator.comparing(PathText::of));
        try (FileTree tree = FileTree.open(sessions.source(), TreePolicy.CONFINED)) {
            for (byte[] name : sorted) {
                byte[] directory = PathText.directory(name);
                if (!sessions.filters().isEmpty()) {
                    user.enter(tree, BASE, directory);
                }
                if (release(name, user, rules)) {
                    directories.add(directory);
                }
            }
        }
        SortedSet<byte[]> shown = new TreeSet<>(Comparator.comparing(PathText::of));
        for (byte[] directory : directories) {
            for (byte[] path = directory; path.length > 0 && shown.add(path); path = PathText.directory(path)) {
                rule(rules, "S ", path, "/");
            }
        }
        for (byte[] directory : directories) {
            rule(rules, "P ", directory, directory.length == 0 ? "*" : "/*");
            rule(rules, "H ", directory, directory.length == 0 ? "*" : "/*");
        }
        return new AbsentNames(directories.stream().map(AbsentNames::content).toList(), rules.build());
    }

    private static byte[] content(byte[] directory) {
        if (directory.length == 0) {
            return HERE;
        }
        byte[] content = Arrays.copyOf(directory, directory.length + 1);
        content[directory.length] = '/';
        return content;
    }

    /** Returns whether any rule lets it go. */
    private static boolean release(byte[] name, FilterScope user, FilterList.Builder rules) throws IOException {
        boolean file = isProtected(user.check(name, false));
        boolean directory = isProtected(user.check(name, true));
        if (file && directory) {
            return false;
        }
        if (directory) {
            rule(rules, "P ", name, "/");
        }
        rule(rules, "R ", name, file ? "/" : "");
        rule(rules, "S ", name, "");
        return true;
    }

    private static boolean isProtected(Verdict verdict) {
        return verdict == Verdict.EXCLUDE || verdict == Verdict.PROTECT;
    }

    /** A pattern that is to be taken literally: only beside a wildcard does a backslash mean anything. */
    private static void rule(FilterList.Builder rules, String prefix, byte[] path, String suffix) throws IOException {
        boolean wild = suffix.contains("*");
        for (byte octet : path) {
            wild |= octet == '*' || octet == '?' || octet == '[';
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes((prefix + "/").getBytes(StandardCharsets.US_ASCII));
        for (byte octet : path) {
            if (wild && (octet == '*' || octet == '?' || octet == '[' || octet == '\\')) {
                text.write('\\');
            }
            text.write(octet);
        }
        text.writeBytes(suffix.getBytes(StandardCharsets.US_ASCII));
        rules.filter(text.toByteArray(), NO_FILES);
    }
}
