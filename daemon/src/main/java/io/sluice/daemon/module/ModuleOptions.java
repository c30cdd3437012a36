package io.sluice.daemon.module;

import io.sluice.daemon.config.LimitRules;
import io.sluice.daemon.config.TransferRules;
import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.LimitOptions;
import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.options.ReportingOptions;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A client's options as its module lets them be. */
final class ModuleOptions {
    private ModuleOptions() {}

    static TransferOptions apply(TransferOptions asked, TransferRules rules, LimitRules limits, Side side) {
        DeletionOptions deletion = asked.deletion();
        boolean ignoreErrors = deletion.ignoreErrors() || rules.ignoreErrors();
        int timeout = timeout(asked.limits().timeout(), limits.timeout());
        return asked.with(new DeletionOptions(
                        deletion.mode(), deletion.excluded(), deletion.force(), ignoreErrors, deletion.maxDelete()))
                .with(new LimitOptions(timeout, asked.limits().bandwidth()))
                .with(reporting(asked.reporting(), limits.maxVerbosity()))
                .with(preservation(
                        asked.preservation(), side == Side.SENDER ? rules.outgoingChmod() : rules.incomingChmod()));
    }

    /** What is told to the client is logged too: no client may fill the log. */
    private static ReportingOptions reporting(ReportingOptions asked, int most) {
        Map<InfoItem, Integer> info = new EnumMap<>(InfoItem.class);
        asked.info().forEach((item, level) -> info.put(item, Math.min(level, most)));
        return new ReportingOptions(
                Math.min(asked.verbosity(), most),
                asked.quiet(),
                asked.itemize(),
                asked.outFormat(),
                asked.stats(),
                asked.progress(),
                info);
    }

    /** The module's changes of modes come after the client's. */
    private static PreservationOptions preservation(PreservationOptions asked, String chmod) {
        if (chmod.isEmpty()) {
            return asked;
        }
        List<String> changes = new ArrayList<>(asked.chmod());
        changes.add(chmod);
        return new PreservationOptions(
                asked.links(),
                asked.permissions(),
                asked.executability(),
                asked.times(),
                asked.omitDirTimes(),
                asked.omitLinkTimes(),
                asked.owner(),
                asked.group(),
                asked.devices(),
                asked.specials(),
                asked.numericIds(),
                changes);
    }

    /** The shorter of both; 0 is none. */
    private static int timeout(int asked, int allowed) {
        if (asked == 0 || allowed == 0) {
            return Math.max(asked, allowed);
        }
        return Math.min(asked, allowed);
    }
}
