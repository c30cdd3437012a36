package io.sluice.client.command;

import io.sluice.protocol.options.BackupOptions;
import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.TransferOptions;
import java.util.ArrayList;
import java.util.List;

/** Rules that options bring with them, behind those that were given: backups are not deleted. */
public final class ImpliedRules {
    private ImpliedRules() {}

    /** Returns {@code given} with what {@code options} imply. */
    public static List<FilterArgument> after(List<FilterArgument> given, TransferOptions options) {
        List<FilterArgument> rules = new ArrayList<>(given);
        BackupOptions backup = options.placement().backup();
        DeletionOptions deletion = options.deletion();
        boolean deletes = deletion.mode() != DeletionOptions.Mode.NONE && !deletion.excluded();
        if (backup.enabled() && backup.directory().isEmpty() && deletes) {
            rules.add(new FilterArgument(FilterArgument.Kind.FILTER, "P *" + backup.suffix()));
        }
        return rules;
    }
}
