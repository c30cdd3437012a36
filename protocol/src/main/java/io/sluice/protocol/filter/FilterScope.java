package io.sluice.protocol.filter;

import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.filter.FilterRule.Anchoring;
import io.sluice.protocol.filter.RuleContext.Syntax;
import io.sluice.protocol.session.Side;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One walk through a tree under a {@link FilterList}: keeps the per-directory rules of the directories that are open. One scope per role;
 * not thread-safe. A path is relative to the transfer's root, without leading slash; a directory's path has no trailing slash.
 */
public final class FilterScope {
    /** What the rules say about a name. */
    public enum Verdict {
        /** A rule includes (receiver: also risks) it. */
        INCLUDE,
        /** No rule matches. */
        NEUTRAL,
        /** A rule excludes it from the transfer (sender: hide). */
        EXCLUDE,
        /** Receiver only: a rule protects it from deletion. */
        PROTECT
    }

    private final RuleSequence rules;
    private final RuleSequence daemonRules;
    private final AttributeFilter attributes;
    private final Side side;
    private final boolean deleteExcluded;
    private final List<FilterRule> dirMerges = new ArrayList<>();
    private final List<DirectoryFrame> open = new ArrayList<>();
    private final RuleSequence.DirectoryRules directoryRules = new RuleSequence.DirectoryRules() {
        @Override
        public int check(FilterRule dirMerge, PathText path, boolean ignorePerishable) {
            int verdict = checkDirectoryRules(dirMerge, path, ignorePerishable);
            decidingMerge = verdict == 0 ? null : dirMerge;
            return verdict;
        }

        @Override
        public void decided(RuleIndex index) {
            deciding = index;
        }
    };
    private @Nullable RuleIndex deciding;
    private @Nullable FilterRule decidingMerge;
    private @Nullable Witness witness;
    private final PathText text = new PathText();
    private final PathText moduleText = new PathText();

    private byte[] treeRoot = {};
    private byte[] base = {};

    /**
     * Makes a scope with no directory entered; the transfer's root is taken for the tree's.
     *
     * @param side the rules are asked for the sender's use (hide, show) or the receiver's (protect, risk)
     * @param daemon a module's rules that no client can override, asked first; may be empty
     * @param deleteExcluded {@code --delete-excluded}: rules that name no side are the sender's
     */
    public FilterScope(FilterList list, FilterList daemon, Side side, boolean deleteExcluded) {
        this.side = side;
        this.deleteExcluded = deleteExcluded;
        rules = RuleSequence.of(list.rules(), side, deleteExcluded);
        daemonRules = RuleSequence.ofModule(daemon.rules(), side);
        attributes = AttributeFilter.of(list, daemon, side, deleteExcluded);
        dirMerges.addAll(daemonRules.dirMerges());
        dirMerges.addAll(rules.dirMerges());
    }

    /** Hears of each path that a rule of the user's decides about ({@code --debug=FILTER}). */
    @FunctionalInterface
    public interface Witness {
        /**
         * A rule matched.
         *
         * @param include it is one that includes
         * @param why the rule, as {@code pattern *.o}, so far as it may be shown
         */
        void decided(byte[] path, boolean directory, boolean include, byte[] why);
    }

    /** From now on {@code other} hears of decisions. */
    public void reportTo(Witness other) {
        witness = other;
    }

    /**
     * Says where the trees are that {@link #enter} is given, for rules with the {@code /} modifier: an absolute path with its leading slash. A
     * module is its own root, which is the default.
     */
    public void rootedAt(byte[] absolutePath) {
        int from = absolutePath.length > 0 && absolutePath[0] == '/' ? 1 : 0;
        int to = absolutePath.length;
        while (to > from && absolutePath[to - 1] == '/') {
            to--;
        }
        treeRoot = Arrays.copyOfRange(absolutePath, from, to);
        moveTo(base);
    }

    /**
     * Enters directory {@code path} ({@code ""}: the root), leaving those it is not inside of, and reads its merge files.
     *
     * @param tree where the merge files are
     * @param base the transfer root's place in {@code tree}, {@code ""} if it is the tree's root
     * @throws io.sluice.protocol.TransferException with code 1 if a merge file holds what is no rule
     */
    public void enter(FileTree tree, byte[] base, byte[] path) throws IOException {
        if (!Arrays.equals(base, this.base)) {
            moveTo(base.clone());
        }
        if (dirMerges.isEmpty()) {
            return;
        }
        MergeFiles files = new MergeFiles(tree);
        while (!open.isEmpty() && (Arrays.equals(top().path(), path) || !top().holds(path))) {
            open.removeLast();
        }
        if (open.isEmpty()) {
            DirectoryFrame outermost = DirectoryFrame.outermost(dirMerges);
            scanParents(outermost, files);
            push(outermost.below(new byte[0]), files);
        }
        while (top().path().length < path.length) {
            push(top().below(Arrays.copyOf(path, endOfNextComponent(path, top().path().length))), files);
        }
    }

    /**
     * Says where the paths that are asked about next are relative to: the place of a transfer's argument. Its merge files do not judge the argument, only
     * what is in it.
     *
     * @param keepsEntered what an argument in the same place before this one has entered still judges, as in a list that is made bit by bit
     */
    public void standIn(byte[] base, boolean keepsEntered) {
        if (!Arrays.equals(base, this.base)) {
            moveTo(base.clone());
        } else if (!keepsEntered) {
            open.clear();
        }
    }

    /** The rules about names of extended attributes. */
    public AttributeFilter attributes() {
        return attributes;
    }

    /** Whether there is no rule at all, so that every answer is known. */
    public boolean isEmpty() {
        return rules.isEmpty() && daemonRules.isEmpty();
    }

    /** Asks about {@code path} inside the directory last entered. */
    public Verdict check(byte[] path, boolean directory) {
        return check(path, directory, false);
    }

    /** As {@link #check}, for what is in a directory that is being removed: perishable rules do not count. */
    public Verdict checkForRemoval(byte[] path, boolean directory) {
        return check(path, directory, true);
    }

    /** Asks the daemon's rules alone, for {@code path} and each directory above it (a path that they hide answers as if it did not exist). */
    public boolean hiddenByDaemon(byte[] path, boolean directory) {
        if (daemonRules.isEmpty()) {
            return false;
        }
        moduleText.set(MergeFiles.join(base, path), directory);
        int end = moduleText.end;
        for (int i = moduleText.start; i < end; i++) {
            if (moduleText.bytes[i] == '/') {
                moduleText.setEnd(i, true);
                if (daemonRules.check(moduleText, directoryRules, false) < 0) {
                    return true;
                }
            }
        }
        moduleText.setEnd(end, directory);
        return end > moduleText.start && daemonRules.check(moduleText, directoryRules, false) < 0;
    }

    private Verdict check(byte[] path, boolean directory, boolean ignorePerishable) {
        text.set(path, directory);
        Verdict excluded = side == Side.SENDER ? Verdict.EXCLUDE : Verdict.PROTECT;
        if (path.length == 0) {
            return Verdict.NEUTRAL;
        }
        if (daemonRules.check(text, directoryRules, ignorePerishable) < 0) {
            return excluded;
        }
        decidingMerge = null;
        int verdict = rules.check(text, directoryRules, ignorePerishable);
        if (verdict == 0) {
            return Verdict.NEUTRAL;
        }
        if (witness != null) {
            report(witness, path, directory, verdict > 0, ignorePerishable);
        }
        return verdict > 0 ? Verdict.INCLUDE : excluded;
    }

    private void report(Witness to, byte[] path, boolean directory, boolean include, boolean ignorePerishable) {
        Optional<FilterRule> rule = deciding == null ? Optional.empty() : deciding.deciding(text, ignorePerishable);
        if (rule.isEmpty()) {
            return;
        }
        FilterRule merge = decidingMerge;
        ByteArrayOutputStream why = new ByteArrayOutputStream();
        why.writeBytes("pattern ".getBytes(StandardCharsets.US_ASCII));
        why.writeBytes(rule.get().shown());
        if (merge != null) {
            why.writeBytes(" [per-dir ".getBytes(StandardCharsets.US_ASCII));
            why.writeBytes(merge.shown());
            why.write(']');
        }
        to.decided(path, directory, include, why.toByteArray());
    }

    private int checkDirectoryRules(FilterRule dirMerge, PathText asked, boolean ignorePerishable) {
        return open.isEmpty() ? 0 : top().check(dirMerge, asked, directoryRules, ignorePerishable);
    }

    private DirectoryFrame top() {
        return open.getLast();
    }

    private void moveTo(byte[] newBase) {
        base = newBase;
        open.clear();
        boolean absolute = newBase.length > 0 && newBase[0] == '/';
        text.setPrefix(absolute ? Arrays.copyOfRange(newBase, 1, newBase.length) : MergeFiles.join(treeRoot, newBase));
    }

    private static int endOfNextComponent(byte[] path, int from) {
        int at = from + 1;
        while (at < path.length && path[at] != '/') {
            at++;
        }
        return at;
    }

    /** Reads the files of a directory of the transfer. */
    private void push(DirectoryFrame frame, MergeFiles files) throws IOException {
        open.add(frame);
        int anchor = frame.path().length == 0 ? text.start - 1 : text.start + frame.path().length;
        byte[] directory = MergeFiles.join(base, frame.path());
        for (int i = 0; i < frame.dirMergeCount(); i++) {
            read(frame, frame.dirMerge(i), directory, anchor, files);
        }
    }

    /** A file named with a slash is also looked for above the transfer's root: from the directory named, as far as it is in the tree. */
    private void scanParents(DirectoryFrame outermost, MergeFiles files) throws IOException {
        if (base.length == 0) {
            return;
        }
        for (FilterRule rule : List.copyOf(dirMerges)) {
            byte[] name = rule.text();
            if (name.length == 0 || name[0] != '/' || rule.is(Modifier.NO_INHERIT)) {
                continue;
            }
            int end = Math.max(0, name.length - rule.mergeName().length - 2);
            byte[] from = Arrays.copyOfRange(name, 1, 1 + end);
            for (int at = 0; at < base.length; at = endOfNextComponent(base, at == 0 && base[0] != '/' ? -1 : at)) {
                byte[] directory = Arrays.copyOf(base, at);
                if (at >= from.length && startsWith(directory, from)) {
                    int rootLength = treeRoot.length == 0 ? 0 : treeRoot.length + 1;
                    read(outermost, rule, directory, rootLength + (at == 0 ? 0 : at + 1), files);
                }
            }
        }
    }

    private static boolean startsWith(byte[] directory, byte[] parent) {
        int length = parent.length;
        return Arrays.equals(directory, 0, length, parent, 0, length)
                && (length == 0 || directory.length == length || directory[length] == '/');
    }

    private void read(DirectoryFrame frame, FilterRule dirMerge, byte[] directory, int anchor, MergeFiles files)
            throws IOException {
        byte[] path = MergeFiles.join(directory, dirMerge.mergeName());
        if (isHiddenFile(path)) {
            return;
        }
        Optional<byte[]> content = files.read(path);
        if (content.isEmpty()) {
            return;
        }
        List<FilterRule> found = new ArrayList<>();
        RuleReader reader = new RuleReader(found, name -> {
            byte[] merged = MergeFiles.resolve(directory, name);
            return isHiddenFile(merged)
                    ? new byte[0]
                    : files.read(merged).orElseThrow(() -> new FileNotFoundException("no such file"));
        });
        RuleContext context = new RuleContext(
                Syntax.FULL,
                dirMerge.modifiers(),
                Anchoring.DIRECTORY,
                anchor,
                new String(path, StandardCharsets.UTF_8));
        reader.readFile(content.get(), context, false);
        found.removeIf(rule -> rule.isDirMerge() && (frame.looksFor(rule.mergeName()) || !rule.appliesTo(side, false)));
        frame.put(dirMerge, RuleSequence.of(found, side, deleteExcluded), reader.cleared());
    }

    /** A rule file that the daemon hides does not exist for a client's rules. */
    private boolean isHiddenFile(byte[] pathInTree) {
        if (daemonRules.isEmpty()) {
            return false;
        }
        moduleText.set(pathInTree, false);
        return daemonRules.check(moduleText, directoryRules, false) < 0;
    }
}
