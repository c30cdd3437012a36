package io.sluice.protocol.filter;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.VersionException;
import io.sluice.protocol.filter.FilterRule.Anchoring;
import io.sluice.protocol.filter.RuleContext.Syntax;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Filter rules on the wire, from client to server, before the file list.
 *
 * <pre>
 *   [ length: int  prefix: "-", "+" or ":", then modifiers and a space  pattern ]…  0: int
 * </pre>
 *
 * A rule that only the client's own side uses stays there. Before protocol 29 a rule is a pattern, with {@code "+ "} if it includes, and with {@code "- "}
 * if it would be mistaken otherwise.
 */
final class RuleWire {
    private static final int MAX_LENGTH = 5119;
    private static final int MAX_TOTAL = 64 * 1024 * 1024;

    private final ProtocolVersion version;
    private final Side side;
    private final boolean travels;
    private final boolean deleteExcluded;
    private final boolean shared;
    private final Supplier<byte[]> cvsPatterns;

    /** @param cvsPatterns what a rule of CVS that comes stands for besides what it always does */
    RuleWire(Session session, RuleExchange exchange, Supplier<byte[]> cvsPatterns) {
        this.version = session.version();
        this.cvsPatterns = cvsPatterns;
        this.side = session.side();
        this.deleteExcluded = exchange.deleteExcluded();
        this.shared = exchange.local() && version.hasRuleModifiers();
        boolean receiverServes = session.server() == (side == Side.RECEIVER);
        boolean needed = exchange.deleting() && (version.hasRuleModifiers() || !deleteExcluded);
        this.travels = !receiverServes || needed || exchange.local();
    }

    /** @throws VersionException if the peer's version has no form for a rule that is not this side's alone */
    void send(List<FilterRule> rules, WireOutput out) throws IOException {
        Side peer = side == Side.SENDER ? Side.RECEIVER : Side.SENDER;
        for (FilterRule rule : rules) {
            if (!isForUsAlone(rule) && (shared || isSent(rule, peer))) {
                byte[] text = textFor(rule);
                if (travels && text.length > 0) {
                    out.writeInt(text.length);
                    out.write(text);
                }
            }
        }
        if (travels) {
            out.writeInt(0);
        }
    }

    /** A sender that serves knows by itself what CVS ignores where it is, and is told no more than that it shall; a receiver has to be told all of it. */
    private boolean isForUsAlone(FilterRule rule) {
        boolean told = side == Side.SENDER || shared;
        return told ? rule.standsForCvs() : rule.is(Modifier.OF_CVS);
    }

    private byte[] textFor(FilterRule rule) throws VersionException {
        boolean lost = rule.is(Modifier.PERISHABLE) && !version.hasPerishableRules();
        if (lost && side == Side.SENDER) {
            throw tooModern();
        }
        if (version.hasRuleModifiers()) {
            return format(rule, !lost);
        }
        boolean plain = !rule.isDirMerge()
                && !rule.is(Modifier.ABSOLUTE)
                && !rule.is(Modifier.NEGATED)
                && !rule.is(Modifier.CVS)
                && !rule.is(Modifier.XATTR)
                && !(rule.is(Modifier.RECEIVER) && deleteExcluded && side == Side.SENDER);
        if (!plain) {
            throw tooModern();
        }
        return formatOld(rule);
    }

    private static VersionException tooModern() {
        return new VersionException("filter rules are too modern for remote rsync.");
    }

    private static byte[] formatOld(FilterRule rule) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] text = rule.text();
        boolean mistakable = text.length > 1 && (text[0] == '-' || text[0] == '+') && text[1] == ' ';
        if (rule.is(Modifier.INCLUDE) || mistakable) {
            out.write(rule.is(Modifier.INCLUDE) ? '+' : '-');
            out.write(' ');
        }
        out.writeBytes(text);
        if (rule.is(Modifier.DIRECTORY)) {
            out.write('/');
        }
        return out.toByteArray();
    }

    /** A merge rule without sides travels even if the rules in its files turn out to be the client's alone, unless that is certain. */
    private boolean isSent(FilterRule rule, Side peer) {
        boolean mayHoldSides = rule.isDirMerge() && !rule.is(Modifier.PATTERNS);
        return rule.appliesTo(peer, deleteExcluded && !mayHoldSides);
    }

    List<FilterRule> receive(WireInput in) throws IOException {
        List<FilterRule> rules = new ArrayList<>();
        if (!travels) {
            return rules;
        }
        RuleReader reader = new RuleReader(
                rules,
                name -> {
                    throw new ProtocolException("filter rule: merge file (expected: none on the wire)");
                },
                cvsPatterns);
        Syntax syntax = version.hasRuleModifiers() ? Syntax.FULL : Syntax.SIMPLE;
        RuleContext context = new RuleContext(syntax, Set.of(), Anchoring.TRANSFER, 0, RuleOrigin.ARGUMENT);
        int total = 0;
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            total += length;
            if (length < 0 || length > MAX_LENGTH || total > MAX_TOTAL) {
                throw new ProtocolException("filter rule length: " + length + " (expected: 1.." + MAX_LENGTH + ", "
                        + MAX_TOTAL + " in all)");
            }
            byte[] text = new byte[length];
            in.readFully(text, 0, length);
            reader.read(text, context);
        }
        return rules;
    }

    /** Returns the rule with the prefix that makes it what it is, modifiers in rsync's order. */
    static byte[] format(FilterRule rule) {
        return format(rule, true);
    }

    private static byte[] format(FilterRule rule, boolean perishable) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(rule.isDirMerge() ? ':' : rule.is(Modifier.INCLUDE) ? '+' : '-');
        write(out, rule, Modifier.ABSOLUTE, '/');
        write(out, rule, Modifier.NEGATED, '!');
        if (rule.is(Modifier.CVS)) {
            out.write('C');
        } else {
            write(out, rule, Modifier.NO_INHERIT, 'n');
            write(out, rule, Modifier.WORDS, 'w');
            write(out, rule, Modifier.PATTERNS, rule.is(Modifier.INCLUDE) ? '+' : '-');
        }
        write(out, rule, Modifier.XATTR, 'x');
        write(out, rule, Modifier.SENDER, 's');
        write(out, rule, Modifier.RECEIVER, 'r');
        if (perishable) {
            write(out, rule, Modifier.PERISHABLE, 'p');
        }
        out.write(' ');
        out.writeBytes(rule.text());
        if (rule.is(Modifier.DIRECTORY)) {
            out.write('/');
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, FilterRule rule, Modifier modifier, char letter) {
        if (rule.is(modifier)) {
            out.write(letter);
        }
    }
}
