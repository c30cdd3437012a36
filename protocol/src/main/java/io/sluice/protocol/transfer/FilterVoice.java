package io.sluice.protocol.transfer;

import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.ReportingOptions;
import java.util.Optional;

/** Tells which rule decided about a path, from {@code -vv} on: {@code [sender] hiding file a.o because of pattern *.o}. */
final class FilterVoice {
    private FilterVoice() {}

    /** For {@code role}, which is rsync's word; empty if nobody wants to hear it. */
    static Optional<FilterScope.Witness> of(String role, Notices notices, ReportingOptions reporting) {
        if (reporting.level(DebugItem.FILTER) == 0) {
            return Optional.empty();
        }
        boolean sender = role.equals("sender");
        return Optional.of((path, directory, include, why) -> {
            String action = sender ? (include ? "showing" : "hiding") : (include ? "risking" : "protecting");
            notices.info(Text.of("[" + role + "] " + action + (directory ? " directory " : " file "))
                    .add(path)
                    .add(" because of ")
                    .add(why));
        });
    }
}
