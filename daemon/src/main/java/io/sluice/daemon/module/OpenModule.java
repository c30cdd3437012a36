package io.sluice.daemon.module;

import io.sluice.daemon.access.Accounts;
import io.sluice.daemon.config.FilterRules;
import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.config.TreeRules;
import io.sluice.daemon.files.OperatorFile;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Identity;
import io.sluice.linux.Landlock;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filelist.IdNames;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.LinkMunging;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.session.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A module that a connection was let into: its tree is open, its users and rules are found. Whoever has it closes it.
 *
 * @param configuration as this connection sees it
 * @param tree the module's directory
 * @param credentials empty: the daemon's own
 * @param filters what the module hides
 */
public record OpenModule(
        ModuleConfiguration configuration, FileTree tree, Optional<Credentials> credentials, FilterList filters)
        implements AutoCloseable {
    private static final String RULES_FAILED = "daemon filter rules failed";
    private static final int MAX_RULES_BYTES = 16 * 1024 * 1024;
    private static final byte[] MUNGED = "rsyncd-munged".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INNER = {'/', '.', '/'};

    /** A module of which all is found to be right but its tree, which may still come into being. */
    public record Prepared(ModuleConfiguration module, Optional<Credentials> credentials, FilterList filters) {
        /**
         * Opens the module.
         *
         * @throws RefusedException if its configuration does not fit what is there
         * @throws IOException if that cannot be found out
         */
        public OpenModule open() throws IOException {
            return OpenModule.open(this);
        }
    }

    /** Whether {@link #prepare} has to find users and groups. */
    public static boolean asksAccounts(ModuleConfiguration module) {
        return Credentials.asksAccounts(module.tree());
    }

    /**
     * Looks at all of a module but its tree.
     *
     * @param accounts tell its users and groups
     * @throws RefusedException if its configuration makes no sense here
     * @throws IOException if that cannot be found out
     */
    public static Prepared prepare(ModuleConfiguration module, Accounts accounts) throws IOException {
        TreeRules rules = module.tree();
        Optional<Credentials> credentials = Credentials.of(rules, accounts);
        if (rules.path().length == 0) {
            throw new RefusedException("no path setting.", "No path specified for module " + module.name());
        }
        Confinement.requireSupport(rules, Landlock.version());
        requireCharset(module.transfer().charset());
        return new Prepared(module, credentials, filters(module.filters(), rules.path()));
    }

    /** As rsync, for clients that want nothing converted too: an administrator learns of it at once. */
    private static void requireCharset(String charset) throws RefusedException {
        try {
            var _ = ModuleNames.of(charset, true);
        } catch (TransferException e) {
            throw new RefusedException("daemon charset is unknown", String.valueOf(e.getMessage()));
        }
    }

    private static OpenModule open(Prepared prepared) throws IOException {
        FileTree tree = openTree(prepared.module.tree());
        return new OpenModule(prepared.module, tree, prepared.credentials, prepared.filters);
    }

    /** Opens a module's directory, if that is safe; the caller closes it. */
    static FileTree openTree(TreeRules rules) throws RefusedException, IOException {
        FileTree tree = tree(rules);
        try {
            requireSafeMunging(rules, tree);
            return tree;
        } catch (RefusedException e) {
            tree.close();
            throw e;
        }
    }

    private static FileTree tree(TreeRules rules) throws RefusedException {
        try {
            return tree(places(rules), policy(rules));
        } catch (IOException e) {
            String path = new String(rules.path(), StandardCharsets.UTF_8);
            String call = isChroot(rules) ? "chroot" : "chdir";
            String what = isChroot(rules) ? "chroot(\"" + path + "\")" : "chdir " + path;
            throw new RefusedException(
                    call + " failed", "rsync: [Receiver] " + what + " failed: " + RefusedException.reason(e));
        }
    }

    /** Where links may lead anywhere, that is anywhere in the last root above the module: out of that one leads nothing. */
    private static FileTree tree(List<byte[]> places, TreePolicy policy) throws IOException {
        if (policy != TreePolicy.FREE || places.size() == 1) {
            return FileTree.openInside(places, policy);
        }
        try (FileTree root = FileTree.openInside(places.subList(0, places.size() - 1), TreePolicy.ROOTED)) {
            return root.subtree(places.getLast());
        }
    }

    /** The directories that become the root one after the other, the module's own last. */
    private static List<byte[]> places(TreeRules rules) {
        List<byte[]> places = new ArrayList<>();
        if (rules.chroot().length > 0) {
            places.add(rules.chroot());
        }
        int inner = inner(rules);
        if (inner < 0 || !usesChroot(rules)) {
            places.add(rules.path());
        } else {
            places.add(inner == 0 ? new byte[] {'/'} : Arrays.copyOf(rules.path(), inner));
            places.add(Arrays.copyOfRange(rules.path(), inner + INNER.length, rules.path().length));
        }
        return places;
    }

    /** Where the part of the path begins that leads from the root of the module's file system to the module; -1: it is that root. */
    private static int inner(TreeRules rules) {
        for (int i = 0; i + INNER.length <= rules.path().length; i++) {
            if (Arrays.equals(rules.path(), i, i + INNER.length, INNER, 0, INNER.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the module would have a root of its own if root served it, as nothing else is said. */
    public static boolean lacksRoot(TreeRules rules) {
        return rules.useChroot().isEmpty() && !usesChroot(rules);
    }

    private static boolean usesChroot(TreeRules rules) {
        boolean expected = Identity.effectiveUser() == 0 || inner(rules) >= 0;
        return rules.useChroot().orElse(expected ? 1 : 0) == 1;
    }

    /**
     * Whether links in the module's tree are resolved as if it were the root of all. A path with {@code /./} has its root further up, and is then
     * kept beneath itself instead.
     */
    static boolean isChroot(TreeRules rules) {
        return usesChroot(rules) && inner(rules) < 0;
    }

    static FilterList filters(FilterRules rules, byte[] modulePath) throws RefusedException {
        try {
            FilterList.Builder builder = FilterList.Builder.forModule();
            builder.words(rules.filter(), FilterList.Kind.FILTER, name -> merged(name, modulePath));
            if (!rules.includeFrom().isEmpty()) {
                builder.from(listed(rules.includeFrom(), "include"), true, rules.includeFrom());
            }
            builder.words(rules.include(), FilterList.Kind.INCLUDE);
            if (!rules.excludeFrom().isEmpty()) {
                builder.from(listed(rules.excludeFrom(), "exclude"), false, rules.excludeFrom());
            }
            builder.words(rules.exclude(), FilterList.Kind.EXCLUDE);
            return builder.build();
        } catch (TransferException e) {
            throw new RefusedException(RULES_FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] listed(String file, String kind) throws RefusedException {
        try {
            return OperatorFile.read(file, MAX_RULES_BYTES);
        } catch (IOException e) {
            String why = file + ": " + RefusedException.reason(e);
            throw new RefusedException(RULES_FAILED, "rsync: [Receiver] failed to open " + kind + " file " + why);
        }
    }

    /** The content of a file that a rule of the configuration names: as all that the operator names, it may be outside the module. */
    private static byte[] merged(String name, byte[] modulePath) throws IOException {
        boolean relative = name.indexOf('/') > 0;
        String path = relative ? new String(modulePath, StandardCharsets.UTF_8) + "/" + name : name;
        return OperatorFile.read(path, MAX_RULES_BYTES);
    }

    /** Whether the module's rules exclude the name {@code path}, be it a directory or not; what is in an excluded directory needs rules of its own. */
    boolean excludes(byte[] path) {
        int end = path.length;
        while (end > 0 && path[end - 1] == '/') {
            end--;
        }
        byte[] name = Arrays.copyOf(path, end);
        if (filters.isEmpty() || isDot(name)) {
            return false;
        }
        FilterScope scope = new FilterScope(FilterList.EMPTY, filters, Side.RECEIVER, false);
        return scope.namedByDaemon(name, true) || scope.namedByDaemon(name, false);
    }

    /** Whether the module's rules exclude {@code path}, which is that of a file. */
    boolean excludesFile(byte[] path) {
        FilterScope scope = new FilterScope(FilterList.EMPTY, filters, Side.RECEIVER, false);
        return !isDot(path) && scope.namedByDaemon(path, false);
    }

    private static TreePolicy policy(TreeRules rules) {
        if (isChroot(rules)) {
            return TreePolicy.ROOTED;
        }
        return rules.insecureLinks() ? TreePolicy.FREE : TreePolicy.CONFINED;
    }

    private static boolean isDot(byte[] path) {
        return path.length == 1 && path[0] == '.';
    }

    /** The names of users and groups that count here. */
    IdNames names() {
        return usesNumbers() ? IdNames.NONE : IdNames.SYSTEM;
    }

    /** In a root of its own there are no names unless somebody converts them, or says that there are. */
    boolean usesNumbers() {
        OptionalInt told = configuration.tree().numericIds();
        return usesChroot(configuration.tree())
                ? told.orElse(1) == 1 && configuration.tree().nameConverter().isEmpty()
                : told.orElse(0) == 1;
    }

    /** The tree as one side of a transfer has to see it; the caller closes it. */
    FileTree treeFor(Side side) throws IOException {
        if (!munges(configuration.tree())) {
            return tree.view();
        }
        return tree.munging(side == Side.SENDER ? LinkMunging.SENDING : LinkMunging.RECEIVING);
    }

    static boolean munges(TreeRules rules) {
        return rules.mungeSymlinks().orElse(isChroot(rules) ? 0 : 1) == 1;
    }

    /** Whether links that come may neither be munged nor lead out of the module. */
    static boolean sanitizes(TreeRules rules) {
        boolean wholeFileSystem = rules.path().length == 1 && rules.path()[0] == '/';
        return !munges(rules) && !isChroot(rules) && !wholeFileSystem;
    }

    /** The directory that munged links lead to must not exist, or they would be of use. */
    private static void requireSafeMunging(TreeRules rules, FileTree tree) throws RefusedException {
        if (!munges(rules)) {
            return;
        }
        boolean exists;
        if (isChroot(rules)) {
            FileStatus status = new FileStatus();
            try {
                exists = tree.statusFollowing(MUNGED, status) && status.isDirectory();
            } catch (IOException e) {
                exists = true;
            }
        } else {
            exists = Files.isDirectory(Path.of("/" + new String(MUNGED, StandardCharsets.US_ASCII)));
        }
        if (exists) {
            throw new RefusedException(
                    "daemon security issue -- contact admin",
                    "Symlink munging is unsafe when a /rsyncd-munged directory exists.");
        }
    }

    @Override
    public void close() throws IOException {
        tree.close();
    }
}
