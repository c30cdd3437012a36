package io.sluice.client;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;

/** The rules of one transfer: the user's, and those that options imply, in a form that both ends' version has. */
final class SessionRules {
    private final TransferOptions options;
    private final ProtocolVersion version;
    private final Side side;

    SessionRules(TransferOptions options, Session session) {
        this.options = options;
        this.version = session.version();
        this.side = session.side();
    }

    /** Returns {@code given} with the rule that directories of partial files are left alone. */
    FilterList withPartial(FilterList given) throws TransferException {
        String partial = options.placement().partialPlace();
        if (partial.isEmpty() || partial.startsWith("/")) {
            return given;
        }
        boolean perishable = side == Side.RECEIVER || version.hasPerishableRules();
        String rule = (perishable ? "-p " : "- ") + partial + "/";
        return given.with(new FilterList.Builder()
                .filter(rule, name -> {
                    throw new IllegalStateException("a rule that reads no file");
                })
                .build());
    }

    /**
     * Returns {@code given} with the rules of {@code -C}. A sender has them by itself, so a receiver, which may delete by them, does not send it any; a
     * sender sends them, but for what an old receiver would not understand.
     *
     * @param patterns see {@link FilterList.Builder#cvsPatterns}
     */
    FilterList withCvs(FilterList given, byte[] patterns) throws TransferException {
        if (!options.selection().cvsExclude()) {
            return given;
        }
        FilterList files = FilterList.ofCvsFiles();
        FilterList all = FilterList.ofCvsPatterns(patterns);
        FilterList known = version.hasPerishableRules() ? all : all.lasting();
        if (side == Side.RECEIVER) {
            return given.withUnsent(files).withUnsent(known);
        }
        return version.hasRuleModifiers()
                ? given.with(files).with(known)
                : given.with(known).withUnsent(files);
    }
}
