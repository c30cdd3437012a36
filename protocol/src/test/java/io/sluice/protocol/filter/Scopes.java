package io.sluice.protocol.filter;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterScope.Verdict;
import io.sluice.protocol.session.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Scopes of the rules that a test writes, and files with rules. */
final class Scopes {
    private Scopes() {}

    /** Those of {@code paths} that are left out, all of them files. */
    static List<String> excluded(FilterScope scope, String... paths) {
        List<String> excluded = new ArrayList<>();
        for (String path : paths) {
            if (scope.check(bytes(path), false) == Verdict.EXCLUDE) {
                excluded.add(path);
            }
        }
        return excluded;
    }

    /** A sender's, where deletion leaves out what is excluded. */
    static FilterScope sender(String... rules) throws TransferException {
        return scope(Side.SENDER, false, rules);
    }

    static FilterScope scope(Side side, boolean deleteExcluded, String... rules) throws TransferException {
        return new FilterScope(list(rules), FilterList.EMPTY, side, deleteExcluded);
    }

    static FilterList list(String... rules) throws TransferException {
        FilterList.Builder builder = new FilterList.Builder();
        for (String rule : rules) {
            builder.filter(rule, name -> new byte[0]);
        }
        return builder.build();
    }

    /** A tree that nothing leads out of. */
    static FileTree tree(Path directory) throws IOException {
        return FileTree.open(bytes(directory.toString()), TreePolicy.CONFINED);
    }

    static void write(Path directory, String name, String content) throws IOException {
        Path path = directory.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
