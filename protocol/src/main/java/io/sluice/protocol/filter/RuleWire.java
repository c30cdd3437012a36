package io.sluice.protocol.filter;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.filter.FilterRule.Anchoring;
import io.sluice.protocol.filter.RuleContext.Syntax;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Filter rules on the wire (protocol ≥ 30), from client to server, before the file list.
 *
 * <pre>
 *   [ length: int  prefix: "-", "+" or ":", then modifiers and a space  pattern ]…  0: int
 * </pre>
 *
 * A rule that only the client's own side uses stays there.
 */
final class RuleWire {
    private static final int MAX_LENGTH = 5119;
    private static final int MAX_TOTAL = 64 * 1024 * 1024;

    private RuleWire() {}

    static void send(List<FilterRule> rules, WireOutput out, Side side, boolean deleting, boolean deleteExcluded)
            throws IOException {
        Side peer = side == Side.SENDER ? Side.RECEIVER : Side.SENDER;
        if (peer == Side.RECEIVER && !deleting) {
            return;
        }
        for (FilterRule rule : rules) {
            if (isSent(rule, peer, deleteExcluded)) {
                byte[] text = format(rule);
                out.writeInt(text.length);
                out.write(text);
            }
        }
        out.writeInt(0);
    }

    /** A merge rule without sides travels even if the rules in its files turn out to be the client's alone, unless that is certain. */
    private static boolean isSent(FilterRule rule, Side peer, boolean deleteExcluded) {
        boolean mayHoldSides = rule.isDirMerge() && !rule.is(Modifier.PATTERNS);
        return rule.appliesTo(peer, deleteExcluded && !mayHoldSides);
    }

    static List<FilterRule> receive(WireInput in, Side side, boolean deleting) throws IOException {
        List<FilterRule> rules = new ArrayList<>();
        if (side == Side.RECEIVER && !deleting) {
            return rules;
        }
        RuleReader reader = new RuleReader(rules, name -> {
            throw new ProtocolException("filter rule: merge file (expected: none on the wire)");
        });
        RuleContext context = new RuleContext(Syntax.FULL, Set.of(), Anchoring.TRANSFER, 0, "");
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
        write(out, rule, Modifier.PERISHABLE, 'p');
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
