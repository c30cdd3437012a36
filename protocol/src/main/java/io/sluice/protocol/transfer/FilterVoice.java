package io.sluice.protocol.transfer;

import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.ReportingOptions;
import io.sluice.protocol.options.SelectionOptions;
import java.util.Optional;

/** Tells which rule decided about a path, from {@code -vv} on: {@code [sender] hiding file a.o because of pattern *.o}. */
final class FilterVoice {
    private FilterVoice() {}

    /** Lets those who work under {@code scope} hear of rules that are left out, and has files end rules as the options say. */
    static void open(FilterScope scope, Notices notices, SelectionOptions selection) {
        scope.complainTo((text, incomplete) -> {
            Text shown = new Text().add(text);
            if (incomplete) {
                notices.fileError(shown);
            } else {
                notices.error(shown);
            }
        });
        if (selection.from0()) {
            scope.endRulesWithNul();
        }
    }

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
