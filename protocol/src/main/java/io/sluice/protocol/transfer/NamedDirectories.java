package io.sluice.protocol.transfer;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.options.PlacementOptions;
import io.sluice.protocol.session.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The directories that options name ({@code --backup-dir}, {@code --link-dest} and so on): relative ones start from the destination, absolute ones from
 * the root, which in a module is the module's. A role has its own.
 */
final class NamedDirectories {
    private static final String UP = "../";

    private final FileTree tree;
    private final byte[] destination;
    private final boolean missing;
    private final FilterList moduleRules;
    private final FilterScope scope;
    private final boolean module;

    /**
     * @param tree what the destination was named in; whoever opened it closes it
     * @param destination the destination's path there
     * @param missing a dry run: the destination does not exist
     * @param moduleRules what a module hides
     */
    NamedDirectories(FileTree tree, byte[] destination, boolean missing, FilterList moduleRules) {
        this(
                tree,
                destination,
                missing,
                moduleRules,
                tree.policy() == TreePolicy.CONFINED || tree.policy() == TreePolicy.ROOTED);
    }

    private NamedDirectories(
            FileTree tree, byte[] destination, boolean missing, FilterList moduleRules, boolean module) {
        this.tree = tree;
        this.module = module;
        this.destination = destination;
        this.missing = missing;
        this.moduleRules = moduleRules;
        this.scope = new FilterScope(FilterList.EMPTY, moduleRules, Side.RECEIVER, false);
    }

    /** Returns the same for a tree that is a module's, wherever its links may lead: its root is the root of what is named. */
    NamedDirectories inModule() {
        return new NamedDirectories(tree, destination, missing, moduleRules, true);
    }

    FileTree tree() {
        return tree;
    }

    /** Returns the same for another thread, with its own view of the tree. */
    NamedDirectories in(FileTree view) {
        return new NamedDirectories(view, destination, missing, moduleRules, module);
    }

    /**
     * Checks all that options name against what a module hides.
     *
     * @throws TransferException with rsync's words if one is hidden
     */
    void refuseHidden(PlacementOptions placement) throws TransferException {
        List<String> names = new ArrayList<>(placement.basis().directories());
        names.add(placement.backup().directory());
        String temporary = placement.temporaryDirectory();
        if (temporary != null) {
            names.add(temporary);
        }
        if (placement.partialDirectory().startsWith("/")) {
            names.add(placement.partialDirectory());
        }
        for (String name : names) {
            if (!name.isEmpty() && hides(find(name, new byte[0]).path(), true)) {
                throw new TransferException(ExitCode.SYNTAX, "Your options have been rejected by the server.");
            }
        }
    }

    /** Whether the module hides {@code path}, which is relative to the module's root. */
    boolean hides(byte[] path, boolean directory) {
        return isModule()
                && !moduleRules.isEmpty()
                && !Paths.isRoot(path)
                && scope.namedByDaemon(Paths.collapse(path), directory);
    }

    /** As {@link #hides}, of a path of the destination. */
    boolean hidesInDestination(byte[] path, boolean directory) {
        return hides(Paths.join(destination, path), directory);
    }

    /** Returns where {@code path} is below the directory that {@code option} (one character per byte) names. */
    TreePath find(String option, byte[] path) {
        byte[] directory = resolve(option);
        if (Paths.isRoot(path)) {
            return new TreePath(tree, directory);
        }
        boolean slash = directory.length > 0 && directory[directory.length - 1] == '/';
        byte[] base = slash ? Arrays.copyOf(directory, directory.length - 1) : directory;
        return new TreePath(tree, slash && base.length == 0 ? Paths.absolute(path) : Paths.join(base, path));
    }

    private byte[] resolve(String option) {
        byte[] name = Paths.withoutTrailingSlashes(option.getBytes(StandardCharsets.ISO_8859_1));
        boolean absolute = name.length > 0 && name[0] == '/';
        if (isModule()) {
            byte[] full = absolute ? name : Paths.join(destination, name);
            return Paths.collapse(full); // a module's path cannot lead above its root
        }
        if (absolute) {
            return name;
        }
        byte[] base = Paths.withoutTrailingSlashes(destination);
        if (missing && option.startsWith(UP)) {
            return Paths.join(Paths.parent(base), Arrays.copyOfRange(name, UP.length(), name.length));
        }
        return base.length == 1 && base[0] == '/' ? Paths.absolute(name) : Paths.join(base, name);
    }

    /** Returns a directory as people know it: from the root. */
    Text shown(String option, PathLabel label) {
        byte[] name = Paths.withoutTrailingSlashes(option.getBytes(StandardCharsets.ISO_8859_1));
        boolean asNamed = tree.policy() == TreePolicy.CONFINED || label.directory().length == 0;
        if (option.startsWith("/") || asNamed) {
            return new Text().add(name);
        }
        if (missing && option.startsWith(UP)) {
            byte[] above = Paths.parent(label.directory());
            return new Text().add(above).add("/").add(Arrays.copyOfRange(name, UP.length(), name.length));
        }
        boolean root = label.directory().length == 1;
        return new Text().add(label.directory()).add(root ? "" : "/").add(name);
    }

    /** Paths are a client's, and confined. */
    boolean isModule() {
        return module;
    }
}
