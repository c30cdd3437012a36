package io.sluice.protocol.transfer;

import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.options.SelectionOptions;

/** How those who ask rules hear what is wrong with the rules of a directory's file. */
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
}
