package io.sluice.watcher.mirror;

import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.session.Side;
import io.sluice.watcher.monitor.PathFilter;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What filter rules hide from a transfer, as a monitor asks it. Where the rules of a directory cannot be read, nothing
 * is left out: a path too many is harmless.
 */
final class FilterExcludes implements PathFilter {
    private static final byte[] BASE = {};

    private final byte[] source;
    private final FilterList rules;
    private final FilterScope scope;
    private byte @Nullable [] entered;

    FilterExcludes(byte[] source, FilterList rules) {
        this.source = source.clone();
        this.rules = rules;
        this.scope = new FilterScope(rules, FilterList.EMPTY, Side.SENDER, false);
    }

    @Override
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    @Override
    public boolean excludes(byte[] path, boolean directory) {
        if (rules.isEmpty()) {
            return false;
        }
        try {
            enter(PathText.directory(path));
        } catch (IOException e) {
            entered = null;
            return false;
        }
        return scope.check(path, directory) == FilterScope.Verdict.EXCLUDE;
    }

    private void enter(byte[] directory) throws IOException {
        if (Arrays.equals(directory, entered)) {
            return;
        }
        try (FileTree tree = FileTree.open(source, TreePolicy.CONFINED)) {
            scope.enter(tree, BASE, directory);
        }
        entered = directory;
    }
}
