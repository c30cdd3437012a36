package io.sluice.protocol.filter;

import io.sluice.protocol.session.Side;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * One rule of a filter list: a pattern that includes or excludes, or the name of a file that is looked for in each directory
 * ({@code dir-merge}). Immutable.
 */
final class FilterRule {
    private static final String ALL_BELOW = "/***";

    /** What a rule's pattern is relative to when it begins with a slash. */
    enum Anchoring {
        /** The transfer's root. */
        TRANSFER,
        /** The directory whose merge file the rule is from. */
        DIRECTORY,
        /** The module: a pattern with a slash is matched against the path in it; and the exclude of a directory is one of all below it too. */
        MODULE
    }

    private final byte[] text;
    private final Set<Modifier> modifiers;
    private final boolean dirMerge;
    private final int anchor;
    private final PathPattern pattern;
    private final boolean negated;
    private final boolean directoriesOnly;
    private final boolean absolute;
    private final boolean attributes;
    private final RuleOrigin origin;

    private FilterRule(byte[] text, Set<Modifier> modifiers, boolean dirMerge, int anchor, RuleOrigin origin) {
        this.origin = origin;
        this.text = text;
        this.modifiers = Collections.unmodifiableSet(modifiers);
        this.dirMerge = dirMerge;
        this.anchor = anchor;
        this.pattern = new PathPattern(text);
        this.negated = modifiers.contains(Modifier.NEGATED);
        this.directoriesOnly = modifiers.contains(Modifier.DIRECTORY);
        this.absolute = modifiers.contains(Modifier.ABSOLUTE);
        this.attributes = modifiers.contains(Modifier.XATTR);
    }

    /**
     * Makes a rule that includes or excludes.
     *
     * @param anchorLength with {@link Anchoring#DIRECTORY}, the length of that directory's absolute path and its last slash
     */
    static FilterRule ofPattern(byte[] given, Set<Modifier> givenModifiers, Anchoring anchoring, int anchorLength) {
        EnumSet<Modifier> modifiers = copy(givenModifiers);
        byte[] text = given;
        if (text.length > 1 && text[text.length - 1] == '/') {
            text = Arrays.copyOf(text, text.length - 1);
            modifiers.add(Modifier.DIRECTORY);
        }
        boolean fromDirectory =
                anchoring == Anchoring.DIRECTORY && text[0] == '/' && !modifiers.contains(Modifier.ABSOLUTE);
        if (anchoring == Anchoring.MODULE) {
            if (RulePaths.hasSlash(text)) {
                modifiers.add(Modifier.ABSOLUTE);
            }
            if (modifiers.contains(Modifier.DIRECTORY) && !modifiers.contains(Modifier.INCLUDE)) {
                modifiers.remove(Modifier.DIRECTORY);
                text = RulePaths.concat(text, ALL_BELOW.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return new FilterRule(text, modifiers, false, fromDirectory ? anchorLength : -1, RuleOrigin.ARGUMENT);
    }

    /** Makes a rule that names a file to look for in each directory. */
    static FilterRule ofDirMerge(byte[] name, Set<Modifier> modifiers) {
        EnumSet<Modifier> kept = copy(modifiers);
        kept.remove(Modifier.EXCLUDE_SELF); // the exclude is a rule of its own by now
        return new FilterRule(name, kept, true, -1, RuleOrigin.ARGUMENT);
    }

    /** Returns the same rule as one that stood there. */
    FilterRule of(RuleOrigin place) {
        return new FilterRule(text, modifiers, dirMerge, anchor, place);
    }

    /** Returns the same rule with the name of another merge file. */
    FilterRule naming(byte[] other) {
        return new FilterRule(other, modifiers, dirMerge, anchor, origin);
    }

    /** The same rule as one of those that a rule of CVS stands for. */
    FilterRule ofCvs() {
        EnumSet<Modifier> more = copy(modifiers);
        more.add(Modifier.OF_CVS);
        return new FilterRule(text, more, dirMerge, anchor, origin);
    }

    /** Whether this only stands for the patterns of CVS ({@link Modifier#OF_CVS}), which are rules of their own, behind it. */
    boolean standsForCvs() {
        return !dirMerge && modifiers.contains(Modifier.CVS);
    }

    /** The same rule, not perishable. */
    FilterRule lasting() {
        EnumSet<Modifier> rest = copy(modifiers);
        rest.remove(Modifier.PERISHABLE);
        return new FilterRule(text, rest, dirMerge, anchor, origin);
    }

    boolean isFromFile() {
        return origin.isFile();
    }

    /** Returns the rule's text for messages. Where a pattern stood in a file is not kept. */
    byte[] shown() {
        if (origin.isFile()) {
            return (dirMerge ? origin : RuleOrigin.FORGOTTEN).shown("").getBytes(StandardCharsets.UTF_8);
        }
        if (dirMerge) {
            return mergeName();
        }
        return directoriesOnly ? RulePaths.concat(text, new byte[] {'/'}) : text;
    }

    boolean is(Modifier modifier) {
        return modifiers.contains(modifier);
    }

    Set<Modifier> modifiers() {
        return modifiers;
    }

    boolean isDirMerge() {
        return dirMerge;
    }

    /** Returns the pattern without the slash that made it one for directories, or the merge file's name as it was given. */
    byte[] text() {
        return text;
    }

    /** Returns the merge file's name without directories. */
    byte[] mergeName() {
        return RulePaths.name(text);
    }

    /** Returns what the last component of any path that the rule matches must be, or an empty array if that is not known. */
    byte[] literalComponent() {
        return negated ? new byte[0] : pattern.literalComponent();
    }

    /** As {@link PathPattern#lastByte}, for the rule. */
    int lastByte() {
        return negated ? -1 : pattern.lastByte();
    }

    /** As {@link PathPattern#firstByteOfComponent}, for the rule. */
    int firstByteOfComponent() {
        return negated ? -1 : pattern.firstByteOfComponent();
    }

    /**
     * Returns whether the rule counts on {@code side}. With {@code deleteExcluded}, a rule that names no side is the sender's alone.
     */
    boolean appliesTo(Side side, boolean deleteExcluded) {
        boolean sender = is(Modifier.SENDER);
        boolean receiver = is(Modifier.RECEIVER);
        if (sender == receiver) {
            return sender || !deleteExcluded || side == Side.SENDER;
        }
        return sender == (side == Side.SENDER);
    }

    /** Returns true if the rule decides about this path. */
    boolean matches(PathText path) {
        if (!path.directory && directoriesOnly) {
            return negated;
        }
        int from = path.start;
        if (anchor >= 0) {
            from = 1 + anchor;
            if (attributes && from != path.start) { // an attribute's name is in no directory but the transfer's root
                return negated;
            }
        } else if (absolute) {
            from = 1;
        }
        return from <= path.end && pattern.matches(path, from) != negated;
    }

    private static EnumSet<Modifier> copy(Set<Modifier> modifiers) {
        EnumSet<Modifier> copy = EnumSet.noneOf(Modifier.class);
        copy.addAll(modifiers);
        return copy;
    }
}
