package io.sluice.client.command;

import io.sluice.protocol.options.BackupOptions;
import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.RuleArgument;
import io.sluice.protocol.options.TransferOptions;
import java.util.ArrayList;
import java.util.List;

/** Rules that options bring with them, behind those that were given: backups are not deleted. */
public final class ImpliedRules {
    private ImpliedRules() {}

    /** Returns {@code given} with what {@code options} imply. */
    public static List<RuleArgument> after(List<RuleArgument> given, TransferOptions options) {
        List<RuleArgument> rules = new ArrayList<>(given);
        BackupOptions backup = options.placement().backup();
        DeletionOptions deletion = options.deletion();
        boolean deletes = deletion.mode() != DeletionOptions.Mode.NONE && !deletion.excluded();
        if (backup.enabled() && backup.directory().isEmpty() && deletes) {
            rules.add(new RuleArgument(RuleArgument.Kind.FILTER, "P *" + backup.suffix()));
        }
        return rules;
    }
}
