package io.sluice.daemon.module;

import io.sluice.daemon.config.LimitRules;
import io.sluice.daemon.config.ModuleConfiguration;
import io.sluice.daemon.config.TransferRules;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.PlacementOptions.Choice;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Side;

/** A client's options as its module lets them be. */
final class ModuleOptions {
    /** What one client may take of the machine, as rsync has it. */
    private static final int MAX_COMPRESS_THREADS = 8;

    private static final long KIB = 1024;

    private ModuleOptions() {}

    static TransferOptions apply(TransferOptions asked, ModuleConfiguration module, Side side) {
        TransferOptions allowed = apply(asked, module.transfer(), module.limits(), side);
        return side == Side.RECEIVER && OpenModule.sanitizes(module.tree())
                ? allowed.edit(draft -> draft.sanitizeLinks = true)
                : allowed;
    }

    static TransferOptions apply(TransferOptions asked, TransferRules rules, LimitRules limits, Side side) {
        String chmod = side == Side.SENDER ? rules.outgoingChmod() : rules.incomingChmod();
        return asked.edit(draft -> {
            draft.ignoreErrors |= rules.ignoreErrors();
            setAuthority(draft, rules);
            if (rules.openNoAtime().isPresent()) {
                draft.openNoAtime = rules.openNoAtime().getAsInt() > 0;
                draft.atimes = draft.openNoAtime ? draft.atimes : Math.min(draft.atimes, 1);
            }
            draft.skipUnreadable = rules.ignoreNonReadable();
            draft.stored = rules.stored();
            draft.copyAs = ""; // the module says as whom files are copied
            draft.timeout = timeout(asked, limits);
            draft.bandwidth = lower(draft.bandwidth, limits.bandwidth() * KIB);
            if (draft.temporaryDirectory == null && !rules.temporaryDirectory().isEmpty()) {
                draft.temporaryDirectory = rules.temporaryDirectory();
            }
            draft.compressThreads = Math.min(draft.compressThreads, MAX_COMPRESS_THREADS);
            draft.limitOutput(limits.maxVerbosity()); // it is logged too: no client may fill the log
            if (!chmod.isEmpty()) { // the module's changes of modes come after the client's
                draft.chmod.add(chmod);
                draft.ownChmod = side == Side.RECEIVER ? chmod : "";
            }
        });
    }

    /** Only the module can say that root is played; a client that asks for it gets {@code --super}, as from rsync. */
    private static void setAuthority(OptionDraft draft, TransferRules rules) {
        if (rules.fakeSuper()) {
            draft.fakeSuper = true;
            draft.xattrs = Math.min(draft.xattrs, 1);
        } else if (draft.fakeSuper) {
            draft.fakeSuper = false;
            draft.superUser = Choice.YES;
        }
    }

    /** Seconds without movement that end a transfer; 0: none do. */
    static int timeout(TransferOptions asked, LimitRules limits) {
        return (int) lower(asked.limits().timeout(), limits.timeout());
    }

    /** The smaller of both; 0 is none. */
    private static long lower(long asked, long allowed) {
        if (asked == 0 || allowed == 0) {
            return Math.max(asked, allowed);
        }
        return Math.min(asked, allowed);
    }
}
