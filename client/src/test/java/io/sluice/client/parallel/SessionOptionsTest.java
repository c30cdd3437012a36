package io.sluice.client.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.options.DeletionOptions;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.TransferOptions;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The sessions before the last one can remove nothing, whatever was asked for, and transfer nothing but what they are given. */
class SessionOptionsTest {
    private static final TransferOptions ALL = TransferOptions.DEFAULT.edit(draft -> {
        draft.recurse = true;
        draft.directories = true;
        draft.hardLinks = 1;
        draft.times = true;
        draft.delete = true;
        draft.deleteExcluded = true;
        draft.force = true;
        draft.maxDelete = OptionalInt.of(7);
        draft.removeSourceFiles = true;
        draft.pruneEmptyDirs = true;
        draft.bandwidth = 400 * 1024;
    });

    @Test
    void aPlanDoesNothing() {
        TransferOptions plan = SessionOptions.plan(ALL);
        assertThat(plan.update().dryRun()).isTrue();
        assertThat(plan.selection().recurse()).isTrue();
        assertThat(plan.preservation()).isEqualTo(ALL.preservation());
        removesNothing(plan);
    }

    @Test
    void aShareIsJustItsNames() {
        TransferOptions share = SessionOptions.named(ALL, 4);
        assertThat(share.update().dryRun()).isFalse();
        assertThat(share.selection().filesFrom()).isEqualTo(FilesFrom.LOCAL);
        assertThat(share.selection().recurse()).isFalse();
        assertThat(share.selection().relative()).isTrue();
        assertThat(share.selection().impliedDirs()).isFalse();
        assertThat(share.selection().pruneEmptyDirs()).isFalse();
        assertThat(share.preservation().times()).isTrue();
        assertThat(share.preservation().hardLinks()).isZero();
        assertThat(share.limits().bandwidth()).isEqualTo(100 * 1024);
        removesNothing(share);
    }

    private static void removesNothing(TransferOptions options) {
        assertThat(options.deletion().mode()).isEqualTo(DeletionOptions.Mode.NONE);
        assertThat(options.deletion().excluded()).isFalse();
        assertThat(options.deletion().force()).isFalse();
        assertThat(options.deletion().sourceFiles()).isFalse();
    }
}
