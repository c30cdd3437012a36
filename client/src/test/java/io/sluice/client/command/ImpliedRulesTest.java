package io.sluice.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.RuleArgument;
import io.sluice.protocol.options.RuleArgument.Kind;
import io.sluice.protocol.options.TransferOptions;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which rules options bring with them. Each is compared as a whole list, so that a rule too many fails as well. */
class ImpliedRulesTest {
    private static final RuleArgument GIVEN = new RuleArgument(Kind.EXCLUDE, "*.o");

    @Test
    void backupsBesideFilesAreNotDeleted() {
        assertThat(implied(draft -> {
                    draft.backup = true;
                    draft.delete = true;
                }))
                .containsExactly(GIVEN, rule("P *~"));
    }

    @Test
    void backupsElsewhereNeedNoRule() {
        assertThat(implied(draft -> {
                    draft.backupDirectory = "old";
                    draft.delete = true;
                }))
                .containsExactly(GIVEN);
        assertThat(implied(draft -> draft.backup = true)).containsExactly(GIVEN);
        assertThat(implied(draft -> {
                    draft.backup = true;
                    draft.deleteExcluded = true;
                }))
                .containsExactly(GIVEN);
    }

    private static RuleArgument rule(String text) {
        return new RuleArgument(Kind.FILTER, text);
    }

    private static List<RuleArgument> implied(Consumer<OptionDraft> change) {
        return ImpliedRules.after(List.of(GIVEN), TransferOptions.DEFAULT.edit(change));
    }
}
