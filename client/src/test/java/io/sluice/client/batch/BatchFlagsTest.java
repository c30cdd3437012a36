package io.sluice.client.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.ClientException;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 0x9f is what rsync 3.5.0 writes for {@code -a}. */
class BatchFlagsTest {
    private static final int ARCHIVE = 0x9f;
    private static final int ICONV = 1 << 9;

    private static TransferOptions archive() {
        return TransferOptions.DEFAULT.edit(draft -> {
            draft.recurse = true;
            draft.directories = true;
            draft.archive();
        });
    }

    @Test
    void tellsOptionsThatTheContentDependsOn() {
        assertThat(BatchFlags.of(archive())).isEqualTo(ARCHIVE);
    }

    @Test
    void bringsTheReadersOptionsIntoLine() throws ClientException {
        List<String> changed = new ArrayList<>();
        TransferOptions options = BatchFlags.apply(ARCHIVE, ProtocolVersion.NEWEST, TransferOptions.DEFAULT, changed);
        assertThat(BatchFlags.of(options)).isEqualTo(ARCHIVE);
        assertThat(changed).contains("Setting the --recurse (-r) option to match the batchfile.");
    }

    @Test
    void anOldBatchKnowsOnlyTheFirstFlags() throws ClientException {
        List<String> changed = new ArrayList<>();
        BatchFlags.apply(ARCHIVE | 1 << 12, new ProtocolVersion(28), archive(), changed);
        assertThat(changed).isEmpty();
    }

    @Test
    void namesCannotBeConvertedOnOneSideOnly() {
        assertThatThrownBy(
                        () -> BatchFlags.apply(ARCHIVE | ICONV, ProtocolVersion.NEWEST, archive(), new ArrayList<>()))
                .isInstanceOf(ClientException.class)
                .hasMessage("Please specify the --iconv option to use this batch file.");
    }
}
