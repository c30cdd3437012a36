package io.sluice.daemon.module;

import io.sluice.daemon.config.LimitRules;
import io.sluice.daemon.config.TransferRules;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Side;

/** A client's options as its module lets them be. */
final class ModuleOptions {
    private ModuleOptions() {}

    static TransferOptions apply(TransferOptions asked, TransferRules rules, LimitRules limits, Side side) {
        String chmod = side == Side.SENDER ? rules.outgoingChmod() : rules.incomingChmod();
        return asked.edit(draft -> {
            draft.ignoreErrors |= rules.ignoreErrors();
            if (draft.fakeSuper) { // only the module may ask for that: rsync takes it for --super
                draft.fakeSuper = false;
                draft.superUser = Choice.YES;
            }
            draft.copyAs = ""; // the module says as whom files are copied
            draft.timeout = timeout(draft.timeout, limits.timeout());
            limitOutput(draft, limits.maxVerbosity());
            if (!chmod.isEmpty()) { // the module's changes of modes come after the client's
                draft.chmod.add(chmod);
            }
        });
    }

    /** What is told to the client is logged too: no client may fill the log. */
    private static void limitOutput(OptionDraft draft, int most) {
        draft.info.replaceAll((item, level) -> Math.min(level, most));
        draft.verbosity = Math.min(draft.verbosity, most);
    }

    /** The shorter of both; 0 is none. */
    private static int timeout(int asked, int allowed) {
        if (asked == 0 || allowed == 0) {
            return Math.max(asked, allowed);
        }
        return Math.min(asked, allowed);
    }
}
