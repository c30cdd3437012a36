package io.sluice.protocol.filter;

import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.RuleException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.FilterRule.Anchoring;
import io.sluice.protocol.filter.RuleContext.Syntax;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Turns the text of options and files into rules, reading the files that merge rules name. */
final class RuleReader {
    /** The longest rule, in bytes, as long as the longest path. */
    static final int MAX_LENGTH = 4095;

    private static final int MAX_DEPTH = 32;
    private static final byte[] CVS_FILE = bytes(".cvsignore");
    private static final byte[] CVS_PATTERNS = bytes(
            "RCS SCCS CVS CVS.adm RCSLOG cvslog.* tags TAGS .make.state .nse_depinfo *~ #* .#* ,* _$* *$ *.old *.bak"
                    + " *.BAK *.orig *.rej .del-* *.a *.olb *.o *.obj *.so *.exe *.Z *.elc *.ln core .svn/ .git/ .hg/"
                    + " .bzr/");

    private final List<FilterRule> rules;
    private final RuleFile files;
    private final Supplier<byte[]> cvsPatterns;
    private Complaints complaints = Complaints.NONE;
    private AtomicBoolean sawAttributeRules = new AtomicBoolean();
    private boolean nulTerminated;
    private boolean cleared;
    private int depth;

    /** Opens a file that a merge rule names. */
    @FunctionalInterface
    interface RuleFile {
        /** Returns the content of {@code name}, which is as written. */
        byte[] read(byte[] name) throws IOException;
    }

    /** Hears what is wrong with a rule that is left out. */
    @FunctionalInterface
    interface Complaints {
        Complaints NONE = text -> {};

        /** Hears it in rsync's words: {@code text} is in the kernel's encoding, without newline. */
        void complain(byte[] text);

        /** Hears of a rule that is probably not meant as it stands: white space ends it. */
        default void caution(FilterRule rule) {}
    }

    /** Adds to {@code rules}, which a clear rule empties. */
    RuleReader(List<FilterRule> rules, RuleFile files) {
        this(rules, files, () -> new byte[0]);
    }

    /** The same; {@code cvsPatterns} stand behind those that CVS always has. */
    RuleReader(List<FilterRule> rules, RuleFile files, Supplier<byte[]> cvsPatterns) {
        this.rules = rules;
        this.files = files;
        this.cvsPatterns = cvsPatterns;
    }

    RuleReader complainingTo(Complaints other) {
        complaints = other;
        return this;
    }

    /** The rules of files end with NUL, not with lines ({@code --from0}). */
    RuleReader nulTerminated(boolean value) {
        nulTerminated = value;
        return this;
    }

    /** {@code flag} is set when a rule is about attributes, whatever becomes of it. */
    RuleReader noting(AtomicBoolean flag) {
        sawAttributeRules = flag;
        return this;
    }

    /** Returns true if a clear rule was read: rules that stood before all of this do not count either. */
    boolean cleared() {
        return cleared;
    }

    /** Reads what one option or one line holds: one rule, or with {@link Modifier#WORDS} any number. */
    void read(byte[] text, RuleContext context) throws TransferException {
        RuleScanner scanner = new RuleScanner(text, context);
        for (Optional<RuleToken> token = scanner.next(); token.isPresent(); token = scanner.next()) {
            add(
                    token.get(),
                    Arrays.copyOfRange(text, token.get().from(), token.get().to()),
                    context);
        }
    }

    /** Reads a file's rules, one a line. Empty lines are ignored, and comments, which begin with {@code #} or {@code ;}. */
    void readFile(byte[] content, RuleContext context) throws TransferException {
        if (context.has(Modifier.WORDS)) {
            read(content, context);
            return;
        }
        int from = 0;
        int line = 1;
        for (int i = 0; i <= content.length; i++) {
            boolean end =
                    i == content.length || (nulTerminated ? content[i] == 0 : content[i] == '\n' || content[i] == '\r');
            if (!end) {
                continue;
            }
            if (i > from && content[from] != '#' && content[from] != ';') {
                byte[] text = Arrays.copyOfRange(content, from, i);
                read(text, context.atLine(line));
            }
            if (i + 1 < content.length && content[i] == '\r' && content[i + 1] == '\n') {
                i++;
            }
            from = i + 1;
            line++;
        }
    }

    private void add(RuleToken token, byte[] text, RuleContext context) throws TransferException {
        if (token.modifiers().contains(Modifier.XATTR)) {
            sawAttributeRules.set(true);
        }
        if (text.length > MAX_LENGTH) {
            complain("discarding over-long filter: ", text, context.origin());
            return;
        }
        Set<Modifier> modifiers = token.modifiers();
        switch (token.kind()) {
            case CLEAR -> {
                rules.clear();
                cleared = true;
            }
            case PATTERN -> {
                if (modifiers.contains(Modifier.CVS)) {
                    rules.add(FilterRule.ofPattern(text, modifiers, Anchoring.TRANSFER, 0)
                            .of(context.origin()));
                    addCvsPatterns(modifiers);
                } else {
                    FilterRule rule =
                            FilterRule.ofPattern(text, modifiers, context.anchoring(), context.anchorLength());
                    rules.add(rule.of(context.origin()));
                    caution(rule, context.origin());
                }
            }
            case MERGE, DIR_MERGE -> addMerge(token, text.length == 0 ? CVS_FILE : text, context);
        }
    }

    private void addMerge(RuleToken token, byte[] name, RuleContext context) throws TransferException {
        FilterRule merge = FilterRule.ofDirMerge(name, token.modifiers());
        if (token.modifiers().contains(Modifier.EXCLUDE_SELF)) {
            rules.add(FilterRule.ofPattern(merge.mergeName(), Set.of(), Anchoring.TRANSFER, 0)
                    .of(context.origin()));
        }
        if (token.kind() == RuleToken.Kind.DIR_MERGE) {
            if (rules.stream()
                    .noneMatch(rule -> rule.isDirMerge() && Arrays.equals(rule.mergeName(), merge.mergeName()))) {
                rules.add(merge.of(context.origin()));
            }
            return;
        }
        if (depth == MAX_DEPTH) {
            throw new TransferException(
                    ExitCode.FILE_IO,
                    "merge-file include depth limit (" + MAX_DEPTH + ") exceeded at "
                            + context.origin().shown(text(name)));
        }
        depth++;
        RuleOrigin file = context.origin().ofFileNamedHere(text(name));
        readFile(open(name, token, context), context.inFile(token.modifiers(), file));
        depth--;
    }

    private byte[] open(byte[] name, RuleToken token, RuleContext context) throws TransferException {
        try {
            return files.read(name);
        } catch (IOException e) {
            String kind = token.modifiers().contains(Modifier.INCLUDE) ? "in" : "ex";
            String what =
                    "failed to open " + kind + "clude file " + context.origin().shown(text(name));
            if (context.origin().isFile()) { // not even the reason: it tells what there is
                throw new RuleException(ExitCode.FILE_IO, what);
            }
            String reason =
                    e instanceof SystemCallException call ? call.reason() + " (" + call.errno() + ")" : e.getMessage();
            throw new TransferException(ExitCode.FILE_IO, what + ": " + reason, e);
        }
    }

    private void addCvsPatterns(Set<Modifier> modifiers) throws TransferException {
        EnumSet<Modifier> each = EnumSet.of(Modifier.WORDS, Modifier.PATTERNS, Modifier.CVS);
        for (Modifier side : List.of(Modifier.SENDER, Modifier.RECEIVER)) {
            if (modifiers.contains(side)) {
                each.add(side);
            }
        }
        List<FilterRule> patterns = new ArrayList<>();
        RuleReader reader = new RuleReader(patterns, files);
        EnumSet<Modifier> perishable = EnumSet.copyOf(each);
        perishable.add(Modifier.PERISHABLE);
        reader.read(CVS_PATTERNS, RuleContext.ofOption(Syntax.FULL, perishable));
        reader.read(cvsPatterns.get(), RuleContext.ofOption(Syntax.FULL, each));
        patterns.forEach(pattern -> rules.add(pattern.ofCvs()));
    }

    /** A name is resolved to something longer than any path; like all that is wrong with a single rule, that does not end the transfer. */
    void complainOfName(byte[] name, RuleOrigin origin) {
        complain("merge-file name overflows: ", name, origin);
    }

    private void caution(FilterRule rule, RuleOrigin origin) {
        byte[] text = rule.text();
        byte last = text.length == 0 ? 0 : text[text.length - 1];
        if (!origin.isFile() && (last == ' ' || last == '\t')) {
            complaints.caution(rule);
        }
    }

    private void complain(String what, byte[] text, RuleOrigin origin) {
        byte[] shown = origin.isFile() ? bytes(origin.shown("")) : text;
        complaints.complain(RulePaths.concat(bytes(what), shown));
    }

    private static String text(byte[] name) {
        return new String(name, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
