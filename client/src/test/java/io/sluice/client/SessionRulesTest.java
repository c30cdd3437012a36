package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.filter.RuleExchange;
import io.sluice.protocol.options.OptionDraft;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ChecksumType;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Of what a sender has by itself it sends what the receiver's version knows: perishable rules from 30 on, files of directories from 29 on. */
    @ParameterizedTest
    @CsvSource({"30, :C .cvsignore | -p RCS | - mine", "29, :C .cvsignore | - RCS | - mine", "28, RCS | mine"})
    void whatCvsIgnoresIsSentAsFarAsItIsKnown(int version, String expected) throws Exception {
        TransferOptions options = TransferOptions.DEFAULT.edit(draft -> {
            draft.cvsExclude = true;
            draft.delete = true;
        });
        Session session = session(Side.SENDER, version);
        FilterList rules = new SessionRules(options, session)
                .withCvs(FilterList.EMPTY, "mine".getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        WireOutput out = new WireOutput(sink);
        rules.send(out, session, new RuleExchange(true, false, false));
        out.flush();
        List<String> sent = new ArrayList<>();
        WireInput in = new WireInput(new ByteArrayInputStream(sink.toByteArray()));
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            byte[] rule = new byte[length];
            in.readFully(rule, 0, length);
            sent.add(new String(rule, StandardCharsets.US_ASCII).strip());
        }
        assertThat(sent).containsSubsequence(expected.split(" \\| "));
        boolean files = expected.startsWith(":C");
        assertThat(sent.getFirst().equals(":C .cvsignore")).isEqualTo(files);
    }

    private static List<String> rules(Side side, int version, Consumer<OptionDraft> change) throws Exception {
        FilterList given = new FilterList.Builder().exclude("given").build();
        TransferOptions options = TransferOptions.DEFAULT.edit(change);
        return new SessionRules(options, session(side, version))
                .withPartial(given).lines().stream()
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
                1,
                NameConversion.NONE);
    }
}
