package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The expected lines are those of a BATCH.sh that rsync writes with the same options and versions. */
class SessionRulesTest {
    @Test
    void directoriesOfPartialFilesAreLeftAlone() throws Exception {
        assertThat(rules(Side.SENDER, 30, draft -> draft.partialDirectory = ".part"))
                .containsExactly("- given", "-p .part/");
        assertThat(rules(Side.SENDER, 30, draft -> draft.delayUpdates = true)).containsExactly("- given", "-p .~tmp~/");
        assertThat(rules(Side.SENDER, 30, draft -> draft.partialDirectory = "/var/part"))
                .containsExactly("- given");
    }

    /** A sender's rule travels, and an old receiver does not know perishable ones. */
    @Test
    void anOldReceiverGetsAPlainRule() throws Exception {
        assertThat(rules(Side.SENDER, 29, draft -> draft.partialDirectory = ".part"))
                .containsExactly("- given", "- .part/");
        assertThat(rules(Side.RECEIVER, 29, draft -> draft.partialDirectory = ".part"))
                .containsExactly("- given", "-p .part/");
    }

    private static List<String> rules(Side side, int version, Consumer<OptionDraft> change) throws Exception {
        FilterList given = new FilterList.Builder().exclude("given").build();
        TransferOptions options = TransferOptions.DEFAULT.edit(change);
        return SessionRules.of(given, options, session(side, version)).lines().stream()
                .map(line -> new String(line, StandardCharsets.US_ASCII))
                .toList();
    }

    private static Session session(Side side, int version) {
        return new Session(
                side,
                false,
                new ProtocolVersion(version),
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                ChecksumType.MD5,
                ChecksumType.MD5,
                CompressionType.NONE,
                1);
    }
}
