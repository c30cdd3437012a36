package io.sluice.client;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;

/** The rules of one transfer: the user's, and that directories of partial files are left alone, in a form that both ends' version has. */
final class SessionRules {
    private SessionRules() {}

    /** Returns {@code given} with what {@code options} imply in {@code session}. */
    static FilterList of(FilterList given, TransferOptions options, Session session) throws TransferException {
        String partial = options.placement().partialPlace();
        if (partial.isEmpty() || partial.startsWith("/")) {
            return given;
        }
        boolean perishable =
                session.side() == Side.RECEIVER || session.version().hasPerishableRules();
        String rule = (perishable ? "-p " : "- ") + partial + "/";
        return given.with(new FilterList.Builder()
                .filter(rule, name -> {
                    throw new IllegalStateException("a rule that reads no file");
                })
                .build());
    }
}
