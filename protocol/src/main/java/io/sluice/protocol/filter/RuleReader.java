package io.sluice.protocol.filter;

import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
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

/** Turns the text of options and files into rules, reading the files that merge rules name. */
final class RuleReader {
    /** The longest rule, in bytes, as long as the longest path. */
    static final int MAX_LENGTH = 4095;

    private static final int MAX_DEPTH = 32;
    private static final byte[] CVS_FILE = bytes(".cvsignore");
    private static final byte[] CVS_PATTERNS = bytes(
            "RCS SCCS CVS CVS.adm RCSLOG cvslog.* tags TAGS .make.state .nse_depinfo *~ #* .#* ,*"
                    + " _$* *$ *.old *.bak *.BAK *.orig *.rej .del-* *.a *.olb *.o *.obj *.so *.exe *.Z *.elc *.ln core .svn/ .git/ .hg/ .bzr/");

    private final List<FilterRule> rules;
    private final RuleFile files;
    private final byte[] cvsPatterns;
    private boolean cleared;
    private int depth;
    /** How many files are being read, one named in the other. */
    private int fileDepth;

    /** Opens a file that a merge rule names. */
    @FunctionalInterface
    interface RuleFile {
        /** Returns the content of {@code name}, which is as written. */
        byte[] read(byte[] name) throws IOException;
    }

    /** Adds to {@code rules}, which a clear rule empties. */
    RuleReader(List<FilterRule> rules, RuleFile files) {
        this(rules, files, new byte[0]);
    }

    /** The same; {@code cvsPatterns} stand behind those that CVS always has. */
    RuleReader(List<FilterRule> rules, RuleFile files, byte[] cvsPatterns) {
        this.rules = rules;
        this.files = files;
        this.cvsPatterns = cvsPatterns;
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

    /**
     * Reads a file's rules, one a line. Empty lines are ignored, and comments, which begin with {@code #} or {@code ;}.
     *
     * @param nulTerminated rules end with NUL instead
     */
    void readFile(byte[] content, RuleContext context, boolean nulTerminated) throws TransferException {
        fileDepth++;
        readLines(content, context, nulTerminated);
        fileDepth--;
    }

    private void readLines(byte[] content, RuleContext context, boolean nulTerminated) throws TransferException {
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
                read(text, context.origin().isEmpty() ? context : context.from(context.origin() + " line " + line));
            }
            if (i + 1 < content.length && content[i] == '\r' && content[i + 1] == '\n') {
                i++;
            }
            from = i + 1;
            line++;
        }
    }

    private void add(RuleToken token, byte[] text, RuleContext context) throws TransferException {
        if (text.length > MAX_LENGTH) {
            throw new TransferException(
                    ExitCode.SYNTAX, "filter rule length: " + text.length + " (expected: <= " + MAX_LENGTH + ")");
        }
        Set<Modifier> modifiers = token.modifiers();
        switch (token.kind()) {
            case CLEAR -> {
                rules.clear();
                cleared = true;
            }
            case PATTERN -> {
                if (modifiers.contains(Modifier.CVS)) {
                    addCvsPatterns(modifiers);
                } else {
                    FilterRule rule =
                            FilterRule.ofPattern(text, modifiers, context.anchoring(), context.anchorLength());
                    rules.add(fileDepth > 0 ? rule.ofFile() : rule);
                }
            }
            case MERGE, DIR_MERGE -> addMerge(token, text.length == 0 ? CVS_FILE : text, context);
        }
    }

    private void addMerge(RuleToken token, byte[] name, RuleContext context) throws TransferException {
        FilterRule merge = FilterRule.ofDirMerge(name, token.modifiers());
        if (token.modifiers().contains(Modifier.EXCLUDE_SELF)) {
            rules.add(FilterRule.ofPattern(merge.mergeName(), Set.of(), Anchoring.TRANSFER, 0));
        }
        if (token.kind() == RuleToken.Kind.DIR_MERGE) {
            if (rules.stream()
                    .noneMatch(rule -> rule.isDirMerge() && Arrays.equals(rule.mergeName(), merge.mergeName()))) {
                rules.add(fileDepth > 0 ? merge.ofFile() : merge);
            }
            return;
        }
        if (depth == MAX_DEPTH) {
            throw new TransferException(
                    ExitCode.FILE_IO,
                    "merge-file include depth limit (" + MAX_DEPTH + ") exceeded at " + shown(name, context));
        }
        depth++;
        readFile(open(name, token, context), context.inFile(token.modifiers(), origin(name, context)), false);
        depth--;
    }

    private byte[] open(byte[] name, RuleToken token, RuleContext context) throws TransferException {
        try {
            return files.read(name);
        } catch (IOException e) {
            String kind = token.modifiers().contains(Modifier.INCLUDE) ? "in" : "ex";
            String reason =
                    e instanceof SystemCallException call ? call.reason() + " (" + call.errno() + ")" : e.getMessage();
            String why = context.origin().isEmpty() ? ": " + reason : "";
            throw new TransferException(
                    ExitCode.FILE_IO, "failed to open " + kind + "clude file " + shown(name, context) + why, e);
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
        reader.read(cvsPatterns, RuleContext.ofOption(Syntax.FULL, each));
        rules.addAll(patterns);
    }

    /** A name that stands in a file is as little shown as the rest of that file. */
    private static String shown(byte[] name, RuleContext context) {
        return context.origin().isEmpty()
                ? new String(name, StandardCharsets.UTF_8)
                : "<rule from " + context.origin() + ">";
    }

    private static String origin(byte[] name, RuleContext context) {
        return context.origin().isEmpty()
                ? new String(name, StandardCharsets.UTF_8)
                : "a file named at " + context.origin();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
