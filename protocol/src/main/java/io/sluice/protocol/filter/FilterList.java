package io.sluice.protocol.filter;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.FilterRule.Anchoring;
import io.sluice.protocol.filter.RuleContext.Syntax;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An ordered list of filter rules as one end holds it: the user's (or the peer's) rules, in order of precedence. Immutable rules; per-directory
 * merge files are read while a {@link FilterScope} walks the tree.
 */
public final class FilterList {
    /** No rules: everything is included. */
    public static final FilterList EMPTY = new FilterList(List.of());

    private final List<FilterRule> rules;
    /** How many of them, from the first, the peer may learn. */
    private final int shared;
    /** Whether any was about attributes, be it one that does not count any more. */
    private final boolean sawAttributeRules;
    /** See {@link Builder#cvsPatterns}. */
    private final Supplier<byte[]> cvsPatterns;

    private FilterList(List<FilterRule> rules) {
        this(rules, rules.size(), false, () -> new byte[0]);
    }

    private FilterList(List<FilterRule> rules, int shared, boolean sawAttributeRules, Supplier<byte[]> cvsPatterns) {
        this.cvsPatterns = cvsPatterns;
        this.rules = List.copyOf(rules);
        this.shared = shared;
        this.sawAttributeRules = sawAttributeRules;
    }

    /**
     * Collects rules in the order of the command line or configuration. Each method throws a {@link TransferException} with rsync's words: code 1
     * for a rule that makes no sense, code 11 for a file that cannot be read.
     */
    public static final class Builder {
        private final List<FilterRule> rules = new ArrayList<>();
        private final boolean module;
        private Supplier<byte[]> cvsPatterns = () -> new byte[0];
        private Consumer<byte[]> complaints = text -> {};
        private Consumer<byte[]> cautions = text -> {};
        private final RuleReader.Complaints voice = new RuleReader.Complaints() {
            @Override
            public void complain(byte[] text) {
                complaints.accept(text);
            }

            @Override
            public void caution(FilterRule rule) {
                cautions.accept(RuleWire.format(rule));
            }
        };
        private final AtomicBoolean sawAttributeRules = new AtomicBoolean();
        private boolean nulTerminated;

        /** A command line's rules: a leading slash means the transfer's root. */
        public Builder() {
            this(false);
        }

        private Builder(boolean module) {
            this.module = module;
        }

        /** A module's rules in rsyncd.conf: a pattern with a slash is matched against the path in the module, and a directory's exclude covers all below. */
        public static Builder forModule() {
            return new Builder(true);
        }

        /** Patterns, separated by white space, that the rules of CVS ({@code -C}) have besides their own: those of {@code ~/.cvsignore} and {@code CVSIGNORE}. Asked for when there is such a rule. */
        public Builder cvsPatterns(Supplier<byte[]> patterns) {
            cvsPatterns = patterns;
            return this;
        }

        /** The rules in files end with NUL, not with lines ({@code --from0}). */
        public Builder nulTerminated(boolean value) {
            nulTerminated = value;
            return this;
        }

        /** {@code other} hears of rules that are left out, in rsync's words. */
        public Builder complainTo(Consumer<byte[]> other) {
            complaints = other;
            return this;
        }

        /** {@code other} hears of rules, as a merge file has them, that end with white space. */
        public Builder cautionTo(Consumer<byte[]> other) {
            cautions = other;
            return this;
        }

        /** {@code --filter=RULE}: one rule in any form of rsync(1), FILTER RULES; merge files are read now through {@code files}. */
        public Builder filter(String rule, RuleFiles files) throws TransferException {
            return filter(bytes(rule), files);
        }

        /** As above, for a rule in the kernel's encoding. */
        public Builder filter(byte[] rule, RuleFiles files) throws TransferException {
            reader(files).read(rule, context(Syntax.FULL, Set.of()));
            return this;
        }

        /** {@code --exclude=PATTERN} (with rsync's {@code +}/{@code -}/{@code !} prefixes). */
        public Builder exclude(String pattern) throws TransferException {
            return pattern(bytes(pattern), false);
        }

        /** {@code --include=PATTERN}. */
        public Builder include(String pattern) throws TransferException {
            return pattern(bytes(pattern), true);
        }

        /** {@code --include=PATTERN} or {@code --exclude=PATTERN} in the kernel's encoding. */
        public Builder pattern(byte[] pattern, boolean include) throws TransferException {
            reader(NO_FILES).read(pattern, context(Syntax.SIMPLE, side(include)));
            return this;
        }

        /** {@code --exclude-from=FILE} and {@code --include-from=FILE}: blank lines and {@code ;}/{@code #} comments ignored. */
        public Builder from(byte[] content, boolean include, String name) throws TransferException {
            RuleOrigin origin = RuleOrigin.ofFile(name);
            Anchoring anchoring = module ? Anchoring.MODULE : Anchoring.TRANSFER;
            reader(NO_FILES).readFile(content, new RuleContext(Syntax.SIMPLE, side(include), anchoring, 0, origin));
            return this;
        }

        /** rsyncd.conf's {@code filter}/{@code exclude}/{@code include}: several rules separated by white space, as in {@link #forModule}. */
        public Builder words(String text, Kind kind) throws TransferException {
            return words(text, kind, NO_FILES);
        }

        /** As above; merge rules of {@link Kind#FILTER} are read through {@code files}. */
        public Builder words(String text, Kind kind, RuleFiles files) throws TransferException {
            EnumSet<Modifier> inherited = EnumSet.of(Modifier.WORDS);
            inherited.addAll(side(kind == Kind.INCLUDE));
            Syntax syntax = kind == Kind.FILTER ? Syntax.FULL : Syntax.SIMPLE;
            reader(files)
                    .read(bytes(text), new RuleContext(syntax, inherited, Anchoring.MODULE, 0, RuleOrigin.ARGUMENT));
            return this;
        }

        /** Returns the list; the builder may go on. */
        public FilterList build() {
            return new FilterList(rules, rules.size(), sawAttributeRules.get(), cvsPatterns);
        }

        private RuleReader reader(RuleFiles files) {
            return new RuleReader(rules, name -> files.read(new String(name, StandardCharsets.UTF_8)), cvsPatterns)
                    .complainingTo(voice)
                    .noting(sawAttributeRules)
                    .nulTerminated(nulTerminated);
        }

        private RuleContext context(Syntax syntax, Set<Modifier> inherited) {
            return new RuleContext(
                    syntax, inherited, module ? Anchoring.MODULE : Anchoring.TRANSFER, 0, RuleOrigin.ARGUMENT);
        }

        private static Set<Modifier> side(boolean include) {
            return include ? Set.of(Modifier.INCLUDE) : Set.of();
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Which rsyncd.conf parameter words came from. */
    public enum Kind {
        FILTER,
        INCLUDE,
        EXCLUDE
    }

    /** Opens a merge file named in a rule; names are as written. */
    @FunctionalInterface
    public interface RuleFiles {
        /** Returns the file's whole content. */
        byte[] read(String name) throws IOException;
    }

    private static final RuleFiles NO_FILES = name -> {
        throw new IOException("merge files are not allowed here");
    };

    /** Returns true if there are no rules. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Returns the rules as a merge file has them, without newlines at their ends. */
    public List<byte[]> lines() {
        return rules.stream()
                .filter(rule -> !rule.standsForCvs())
                .map(RuleWire::format)
                .toList();
    }

    /**
     * The rules of {@code -C}: a {@code .cvsignore} in each directory, and the patterns of CVS.
     *
     * @param patterns more of them, see {@link Builder#cvsPatterns}
     */
    public static FilterList ofCvs(byte[] patterns) throws TransferException {
        return ofCvsFiles().with(ofCvsPatterns(patterns));
    }

    /** The rule of {@code -C} that has a {@code .cvsignore} in each directory. */
    public static FilterList ofCvsFiles() throws TransferException {
        return new Builder().filter(":C", NO_FILES).build();
    }

    /** The rules of {@code -C} that have the patterns of CVS. */
    public static FilterList ofCvsPatterns(byte[] patterns) throws TransferException {
        return new Builder().cvsPatterns(patterns::clone).filter("-C", NO_FILES).build();
    }

    /** Returns these rules with {@code more} behind those that are sent, or on a server: that it was given. */
    public FilterList with(FilterList more) {
        List<FilterRule> all = new ArrayList<>(rules);
        all.addAll(shared, more.rules);
        return new FilterList(
                all, shared + more.rules.size(), sawAttributeRules || more.sawAttributeRules, cvsPatterns);
    }

    /** Returns these rules with {@code own} behind them, which {@link #send} keeps to itself. */
    public FilterList withUnsent(FilterList own) {
        List<FilterRule> all = new ArrayList<>(rules);
        all.addAll(own.rules);
        return new FilterList(all, shared, sawAttributeRules || own.sawAttributeRules, cvsPatterns);
    }

    /** Returns these rules, none of them perishable: what an old version knows. */
    public FilterList lasting() {
        return new FilterList(rules.stream().map(FilterRule::lasting).toList(), shared, sawAttributeRules, cvsPatterns);
    }

    /** Returns true if files in directories hold more rules. */
    public boolean hasDirectoryRules() {
        return rules.stream().anyMatch(FilterRule::isDirMerge);
    }

    List<FilterRule> rules() {
        return rules;
    }

    /** Whether any rule was about names of attributes: from then on the rules alone decide about those, and no longer namespaces. */
    boolean sawAttributeRules() {
        return sawAttributeRules;
    }

    /**
     * Client: sends the rules that the peer needs to know, ending with a zero length; nothing at all if it needs none.
     */
    public void send(WireOutput out, Session session, RuleExchange exchange) throws IOException {
        new RuleWire(session, exchange, cvsPatterns).send(rules.subList(0, shared), out);
    }

    /**
     * Server: receives the rules that {@link #send} sent with the same facts; an empty list, without reading, if it sent nothing. What CVS ignores on this
     * machine is what this list, the server's own, was built with.
     *
     * @throws TransferException with code 1 for a rule that makes no sense, 12 for one that breaks a bound
     */
    public FilterList receive(WireInput in, Session session, RuleExchange exchange) throws IOException {
        List<FilterRule> sent = new RuleWire(session, exchange, cvsPatterns).receive(in);
        return new FilterList(sent, sent.size(), sent.stream().anyMatch(rule -> rule.is(Modifier.XATTR)), cvsPatterns);
    }
}
