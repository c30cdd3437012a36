package io.sluice.protocol.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list's bytes against those that rsync 3.5.0 sent for the same options; the reader is shown the same bytes. */
class RuleWireTest {
    private static final List<String> RULES = List.of(
            "- *.o",
            "+ dir/",
            "H h",
            "S s",
            "P p",
            "R r",
            "-! neg/",
            "-/ /abs/x",
            "-p per",
            "-sr both",
            "-x user.x",
            ": .r",
            ":n- .n",
            ":w+ .w",
            ":e .e",
            ":C",
            ":sp .sp",
            ":/ /.abs",
            "-! */");

    private static final String PUSH =
            "050000002d202a2e6f060000002b206469722f040000002d722070040000002b722072070000002d21206e65672f"
                    + "090000002d2f202f6162732f78060000002d7020706572080000002d737220626f7468090000002d7820757365722e78040000003a202e72"
                    + "060000003a6e2d202e6e060000003a772b202e77040000002d202e65040000003a202e650d0000003a43202e63767369676e6f7265"
                    + "080000003a2f202f2e616273050000002d21202a2f00000000";

    private static final String PUSH_DELETE_EXCLUDED =
            "040000002d722070040000002b722072080000002d737220626f7468040000003a202e72040000003a202e65080000003a2f202f2e61627300000000";

    private static final String PULL =
            "050000002d202a2e6f060000002b206469722f040000002d732068040000002b732073070000002d21206e65672f"
                    + "090000002d2f202f6162732f78060000002d7020706572080000002d737220626f7468090000002d7820757365722e78040000003a202e72"
                    + "060000003a6e2d202e6e060000003a772b202e77040000002d202e65040000003a202e650d0000003a43202e63767369676e6f7265"
                    + "070000003a7370202e7370080000003a2f202f2e616273050000002d21202a2f00000000";

    @Test
    void sendsWhatTheReceiverNeeds() throws Exception {
        assertThat(sent(Side.SENDER, true, false)).isEqualTo(PUSH);
    }

    @Test
    void sendsNothingToAReceiverThatDeletesNothing() throws Exception {
        assertThat(sent(Side.SENDER, false, false)).isEmpty();
    }

    @Test
    void keepsPlainRulesToItselfWhenExcludedFilesAreDeleted() throws Exception {
        assertThat(sent(Side.SENDER, true, true)).isEqualTo(PUSH_DELETE_EXCLUDED);
    }

    @Test
    void sendsWhatTheSenderNeeds() throws Exception {
        assertThat(sent(Side.RECEIVER, false, false)).isEqualTo(PULL);
    }

    @Test
    void receivesWhatWasSent() throws Exception {
        List<FilterRule> rules = RuleWire.receive(input(HexFormat.of().parseHex(PUSH)), Side.RECEIVER, true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (FilterRule rule : rules) {
            byte[] text = RuleWire.format(rule);
            bytes.writeBytes(new byte[] {(byte) text.length, 0, 0, 0});
            bytes.writeBytes(text);
        }
        assertThat(HexFormat.of().formatHex(bytes.toByteArray()) + "00000000").isEqualTo(PUSH);
    }

    /** Reading without a list on the wire would take the peer's next bytes for one. */
    @Test
    void receivesNothingWhenNothingIsSent() throws Exception {
        WireInput in = input(new byte[] {42});
        assertThat(RuleWire.receive(in, Side.RECEIVER, false)).isEmpty();
        assertThat(in.readByte()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffff", "00140000", "ffffff7f"})
    void rejectsALengthBeyondAnyRule(String length) {
        assertThatThrownBy(() -> RuleWire.receive(input(HexFormat.of().parseHex(length)), Side.SENDER, false))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("filter rule length: ");
    }

    @Test
    void rejectsAMergeFileOfThePeersChoice() {
        assertThatThrownBy(() -> RuleWire.receive(rule(". /etc/passwd"), Side.SENDER, false))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("failed to open exclude file /etc/passwd");
    }

    @Test
    void rejectsWhatIsNoRule() {
        assertThatThrownBy(() -> RuleWire.receive(rule("bogus"), Side.SENDER, false))
                .isInstanceOf(TransferException.class)
                .hasMessage("Unknown filter rule: bogus")
                .satisfies(e -> assertThat(((TransferException) e).exitCode()).isEqualTo(ExitCode.SYNTAX));
    }

    @Test
    void rejectsEveryTruncation() {
        byte[] all = HexFormat.of().parseHex(PULL);
        for (int length = 0; length < all.length; length++) {
            byte[] part = Arrays.copyOf(all, length);
            assertThatThrownBy(() -> RuleWire.receive(input(part), Side.SENDER, false))
                    .as("%d bytes", length)
                    .isInstanceOf(TransferException.class);
        }
    }

    private static String sent(Side side, boolean deleting, boolean deleteExcluded) throws IOException {
        FilterList.Builder builder = new FilterList.Builder();
        for (String rule : RULES) {
            builder.filter(rule, name -> new byte[0]);
        }
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        WireOutput out = new WireOutput(sink);
        RuleWire.send(builder.build().rules(), out, side, deleting, deleteExcluded);
        out.flush();
        return HexFormat.of().formatHex(sink.toByteArray());
    }

    private static WireInput rule(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) text.length(), 0, 0, 0});
        bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[4]);
        return input(bytes.toByteArray());
    }

    private static WireInput input(byte[] bytes) {
        return new WireInput(new ByteArrayInputStream(bytes));
    }
}
