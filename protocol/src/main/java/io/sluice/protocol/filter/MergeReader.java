package io.sluice.protocol.filter;

import io.sluice.protocol.filter.FilterRule.Anchoring;
import io.sluice.protocol.filter.RuleContext.Syntax;
import io.sluice.protocol.session.Side;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Reads the per-directory files of a walk into its frames. Paths are absolute, as {@link RulePaths} has them. */
final class MergeReader {
    private final Side side;
    private final boolean deleteExcluded;
    private final Predicate<byte[]> hidden;
    private FilterScope.Complaints complaints = (text, incomplete) -> {};
    private boolean nulTerminated;
    private final AtomicBoolean sawAttributeRules = new AtomicBoolean();

    /** Where a walk stands. */
    record Place(MergeFiles files, byte[] walkRoot) {}

    /** @param hidden files that do not exist for a client's rules */
    MergeReader(Side side, boolean deleteExcluded, Predicate<byte[]> hidden) {
        this.side = side;
        this.deleteExcluded = deleteExcluded;
        this.hidden = hidden;
    }

    void complainTo(FilterScope.Complaints other) {
        complaints = other;
    }

    void endRulesWithNul() {
        nulTerminated = true;
    }

    /** Whether a file had a rule about attributes, whatever became of it. */
    boolean sawAttributeRules() {
        return sawAttributeRules.get();
    }

    /** Reads what {@code directory}, whose frame is new, has: its own files, and for rules that are looked for from here on also those further up. */
    void fill(DirectoryFrame frame, byte[] directory, Place place) throws IOException {
        for (int i = 0; i < frame.dirMergeCount(); i++) { // reading may add more
            FilterRule rule = frame.dirMerge(i);
            if (frame.isNew(i)) {
                readAbove(frame, rule, directory, place);
            }
            read(frame, rule, directory, place, false);
        }
    }

    /** A file named with a directory that {@code directory} is in is also looked for there, and everywhere between. */
    private void readAbove(DirectoryFrame frame, FilterRule rule, byte[] directory, Place place) throws IOException {
        if (!RulePaths.hasSlash(rule.text()) || rule.is(Modifier.NO_INHERIT)) {
            return;
        }
        byte[] named = RulePaths.resolve(directory, rule.text());
        if (named.length >= RulePaths.MAX_LENGTH) {
            reader(List.of(), place, directory, false)
                    .complainOfName(named, rule.isFromFile() ? RuleOrigin.FORGOTTEN : RuleOrigin.ARGUMENT);
            return;
        }
        byte[] from = RulePaths.parent(named);
        if (!RulePaths.holds(from, directory)) {
            return;
        }
        for (int at = from.length; at < directory.length; at = RulePaths.endOfNext(directory, at == 0 ? -1 : at)) {
            read(frame, rule, Arrays.copyOf(directory, at), place, true);
        }
    }

    /** @param above {@code directory} is above the one that is entered */
    private void read(DirectoryFrame frame, FilterRule rule, byte[] directory, Place place, boolean above)
            throws IOException {
        byte[] path = RulePaths.join(directory, rule.mergeName());
        if (path.length >= RulePaths.MAX_LENGTH) {
            String shown = rule.isFromFile() ? RuleOrigin.FORGOTTEN.shown("") : "\"/" + text(path) + "\"";
            complaints.complain(bytes("cannot add local filter rules in long-named directory: " + shown), true);
            return;
        }
        Optional<byte[]> content =
                hidden.test(path) ? Optional.empty() : place.files().read(path);
        if (content.isEmpty()) {
            return;
        }
        List<FilterRule> found = new ArrayList<>();
        RuleReader reader = reader(found, place, directory, above);
        RuleOrigin origin = rule.isFromFile() ? RuleOrigin.FORGOTTEN : RuleOrigin.ofFile("/" + text(path));
        int anchor = directory.length == 0 ? 0 : directory.length + 1;
        reader.readFile(
                content.get(), new RuleContext(Syntax.FULL, rule.modifiers(), Anchoring.DIRECTORY, anchor, origin));
        found.removeIf(
                other -> other.isDirMerge() && (frame.looksFor(other.mergeName()) || !other.appliesTo(side, false)));
        if (above) {
            found.replaceAll(other -> other.isDirMerge() ? fixed(other, directory) : other);
        }
        frame.put(
                rule,
                RuleSequence.of(found, side, deleteExcluded),
                RuleSequence.ofAttributes(found, side, deleteExcluded),
                reader.cleared());
    }

    /** What is named further up is looked for from there. */
    private static FilterRule fixed(FilterRule dirMerge, byte[] directory) {
        return dirMerge.naming(RulePaths.concat(new byte[] {'/'}, RulePaths.resolve(directory, dirMerge.text())));
    }

    private RuleReader reader(List<FilterRule> found, Place place, byte[] directory, boolean above) {
        return new RuleReader(found, name -> merged(name, place, directory, above))
                .complainingTo(text -> complaints.complain(text, false))
                .noting(sawAttributeRules)
                .nulTerminated(nulTerminated);
    }

    /** Returns the content of a file that a file names. A name without directory is one beside the walk's root, as that is where rsync is. */
    private byte[] merged(byte[] name, Place place, byte[] directory, boolean above) throws IOException {
        boolean plain = !above && !RulePaths.hasSlash(name);
        byte[] path = RulePaths.resolve(plain ? place.walkRoot() : directory, name);
        if (hidden.test(path)) {
            return new byte[0];
        }
        return place.files().read(path).orElseThrow(() -> new FileNotFoundException("no such file"));
    }

    private static String text(byte[] path) {
        return new String(path, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
