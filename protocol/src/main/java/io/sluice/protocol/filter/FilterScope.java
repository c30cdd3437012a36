package io.sluice.protocol.filter;

import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.session.Side;
import java.io.ByteArrayOutputStream;
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
    private final AttributeFilter everywhere;
    private final AttributeFilter attributes;
    private final Side side;
    private final MergeReader merges;
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
    private final RuleSequence.DirectoryRules attributeRules = this::checkAttributeRules;
    private @Nullable RuleIndex deciding;
    private @Nullable FilterRule decidingMerge;
    private @Nullable Witness witness;
    private final PathText text = new PathText();
    private final PathText moduleText = new PathText();

    private byte[] treeRoot = {};
    private byte[] base = {};
    /** The absolute path of {@link #base}. */
    private volatile byte[] root = {};

    /**
     * Makes a scope with no directory entered; the transfer's root is taken for the tree's.
     *
     * @param side the rules are asked for the sender's use (hide, show) or the receiver's (protect, risk)
     * @param daemon a module's rules that no client can override, asked first; may be empty
     * @param deleteExcluded {@code --delete-excluded}: rules that name no side are the sender's
     */
    public FilterScope(FilterList list, FilterList daemon, Side side, boolean deleteExcluded) {
        this.side = side;
        rules = RuleSequence.of(list.rules(), side, deleteExcluded);
        daemonRules = RuleSequence.ofModule(daemon.rules(), side);
        merges = new MergeReader(side, deleteExcluded, this::isHiddenFile);
        everywhere = AttributeFilter.of(list, daemon, side, deleteExcluded).rootedAt(() -> root);
        attributes = everywhere.with(attributeRules, merges::sawAttributeRules);
        dirMerges.addAll(daemonRules.dirMerges());
        dirMerges.addAll(rules.dirMerges());
    }

    /** Hears of each path that a rule of the user's decides about ({@code --debug=FILTER}). */
    public interface Witness {
        /**
         * A rule matched.
         *
         * @param include it is one that includes
         * @param why the rule, as {@code pattern *.o}, so far as it may be shown
         */
        default void decided(byte[] path, boolean directory, boolean include, byte[] why) {}

        /** A directory is entered: its absolute path, without a slash at its end. */
        default void entered(byte[] directory) {}

        /** The directory that was entered last is left. */
        default void left() {}
    }

    /** Hears what is wrong with a rule of a directory's file that is left out. */
    @FunctionalInterface
    public interface Complaints {
        /**
         * A rule, or a whole file, does not count.
         *
         * @param text in rsync's words, without newline
         * @param incomplete the transfer is not what the user wanted
         */
        void complain(byte[] text, boolean incomplete);
    }

    /** From now on {@code other} hears of rules that are left out. */
    public void complainTo(Complaints other) {
        merges.complainTo(other);
    }

    /** The rules in files of directories end with NUL, not with lines ({@code --from0}). */
    public void endRulesWithNul() {
        merges.endRulesWithNul();
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
        treeRoot = RulePaths.collapse(absolutePath);
        moveTo(base);
    }

    /**
     * Enters directory {@code path} ({@code ""}: the root), leaving those it is not inside of, and reads its merge files. Those of directories on the way
     * that were not entered are read as well, but for the root's: rsync has it so.
     *
     * @param tree where the merge files are
     * @param base the transfer root's place in {@code tree}, {@code ""} if it is the tree's root
     * @throws io.sluice.protocol.TransferException with code 1 if a merge file holds what is no rule
     */
    public void enter(FileTree tree, byte[] base, byte[] path) throws IOException {
        if (!Arrays.equals(base, this.base)) {
            moveTo(base.clone());
        }
        if (witness != null) {
            witness.entered(RulePaths.join(root, path));
        }
        if (dirMerges.isEmpty()) {
            return;
        }
        MergeReader.Place place = new MergeReader.Place(new MergeFiles(tree, treeRoot), root);
        while (!open.isEmpty() && (Arrays.equals(top().path(), path) || !top().holds(path))) {
            open.removeLast();
        }
        if (open.isEmpty()) {
            int end = path.length == 0 ? 0 : RulePaths.endOfNext(path, -1);
            push(DirectoryFrame.first(Arrays.copyOf(path, end), dirMerges), place);
        }
        while (top().path().length < path.length) {
            push(top().below(Arrays.copyOf(path, RulePaths.endOfNext(path, top().path().length))), place);
        }
    }

    /**
     * Enters directory {@code path} without leaving any other, whether or not it is in the one that was entered last: what that has still judges. Reads its
     * merge files alone.
     */
    public void enterOnTop(FileTree tree, byte[] path) throws IOException {
        if (witness != null) {
            witness.entered(RulePaths.join(root, path));
        }
        if (!dirMerges.isEmpty()) {
            MergeReader.Place place = new MergeReader.Place(new MergeFiles(tree, treeRoot), root);
            push(open.isEmpty() ? DirectoryFrame.first(path, dirMerges) : top().below(path), place);
        }
    }

    /** Leaves the directory that was entered last: all of it has been asked about. */
    public void leave() {
        if (witness != null) {
            witness.left();
        }
        if (!open.isEmpty()) {
            open.removeLast();
        }
    }

    /** Leaves all directories that are entered: what is asked next is in none of them. */
    public void leaveAll() {
        open.clear();
    }

    /**
     * Says where the paths that are asked about next are relative to: the place of a transfer's argument. Its merge files do not judge the argument, only
     * what is in it.
     * What an argument in the same place before this one has entered, and not left, still judges.
     *
     * @return whether that is another place than before
     */
    public boolean standIn(byte[] base) {
        if (Arrays.equals(base, this.base)) {
            return false;
        }
        moveTo(base.clone());
        return true;
    }

    /** The rules about names of extended attributes, those of the directory that was entered last among them. Only for who enters directories here. */
    public AttributeFilter attributes() {
        return attributes;
    }

    /** The rules about names of extended attributes that hold in every directory. */
    public AttributeFilter attributesEverywhere() {
        return everywhere;
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

    /** Asks the daemon's rules alone, for this name and for none of the directories above it. */
    public boolean namedByDaemon(byte[] path, boolean directory) {
        moduleText.set(RulePaths.join(base, path), directory);
        return moduleText.end > moduleText.start && daemonRules.check(moduleText, directoryRules, false) < 0;
    }

    /** Asks the daemon's rules alone, for {@code path} and each directory above it (a path that they hide answers as if it did not exist). */
    public boolean hiddenByDaemon(byte[] path, boolean directory) {
        if (daemonRules.isEmpty()) {
            return false;
        }
        moduleText.set(RulePaths.join(base, path), directory);
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

    private int checkAttributeRules(FilterRule dirMerge, PathText name, boolean ignorePerishable) {
        return open.isEmpty() ? 0 : top().checkAttribute(dirMerge, name, attributeRules);
    }

    private DirectoryFrame top() {
        return open.getLast();
    }

    private void moveTo(byte[] newBase) {
        base = newBase;
        open.clear();
        root = RulePaths.resolve(treeRoot, newBase);
        text.setPrefix(root);
    }

    private void push(DirectoryFrame frame, MergeReader.Place place) throws IOException {
        open.add(frame);
        merges.fill(frame, RulePaths.join(root, frame.path()), place);
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
