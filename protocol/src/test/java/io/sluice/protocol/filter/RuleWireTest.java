package io.sluice.protocol.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.VersionException;
import io.sluice.protocol.delta.Sessions;
import io.sluice.protocol.session.Session;
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

    static final String PUSH =
            "050000002d202a2e6f060000002b206469722f040000002d722070040000002b722072070000002d21206e65672f"
                    + "090000002d2f202f6162732f78060000002d7020706572080000002d737220626f7468090000002d7820757365722e78040000003a202e72"
                    + "060000003a6e2d202e6e060000003a772b202e77040000002d202e65040000003a202e650d0000003a43202e63767369676e6f7265"
                    + "080000003a2f202f2e616273050000002d21202a2f00000000";

    private static final String PUSH_DELETE_EXCLUDED =
            "040000002d722070040000002b722072080000002d737220626f7468040000003a202e72040000003a202e65080000003a2f202f2e61627300000000";

    static final String PULL =
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
        List<FilterRule> rules = wire(32, Side.RECEIVER, true, true, false)
                .receive(input(HexFormat.of().parseHex(PUSH)));
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
        assertThat(wire(32, Side.RECEIVER, true, false, false).receive(in)).isEmpty();
        assertThat(in.readByte()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffff", "00140000", "ffffff7f"})
    void rejectsALengthBeyondAnyRule(String length) {
        assertThatThrownBy(() -> wire(32, Side.SENDER, true, false, false)
                        .receive(input(HexFormat.of().parseHex(length))))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith("filter rule length: ");
    }

    @Test
    void rejectsAMergeFileOfThePeersChoice() {
        assertThatThrownBy(() -> wire(32, Side.SENDER, true, false, false).receive(rule(". /etc/passwd")))
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("failed to open exclude file /etc/passwd");
    }

    @Test
    void rejectsWhatIsNoRule() {
        assertThatThrownBy(() -> wire(32, Side.SENDER, true, false, false).receive(rule("bogus")))
                .isInstanceOf(TransferException.class)
                .hasMessage("Unknown filter rule: bogus")
                .satisfies(e -> assertThat(((TransferException) e).exitCode()).isEqualTo(ExitCode.SYNTAX));
    }

    @Test
    void rejectsEveryTruncation() {
        byte[] all = HexFormat.of().parseHex(PULL);
        for (int length = 0; length < all.length; length++) {
            byte[] part = Arrays.copyOf(all, length);
            assertThatThrownBy(() -> wire(32, Side.SENDER, true, false, false).receive(input(part)))
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
        wire(32, side, false, deleting, deleteExcluded).send(builder.build().rules(), out);
        out.flush();
        return HexFormat.of().formatHex(sink.toByteArray());
    }

    /** A receiver without deletions got nothing at all; here the sender is the server, which always gets a list. */
    @Test
    void sendsPlainPatternsToAnOldPeer() throws Exception {
        FilterList.Builder rules = new FilterList.Builder();
        rules.exclude("a").include("b/").exclude("- - c");
        assertThat(old(rules, Side.RECEIVER, false))
                .isEqualTo("01000000" + "61" + "04000000" + "2b20622f" + "05000000" + "2d202d2063" + "00000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {": .rsync-filter", "-/ /abs", "-! x", "-C", "-p y"})
    void refusesWhatAnOldPeerHasNoFormFor(String rule) throws Exception {
        FilterList.Builder rules = new FilterList.Builder();
        rules.filter(rule, name -> new byte[0]);
        assertThatThrownBy(() -> old(rules, Side.SENDER, true))
                .isInstanceOf(VersionException.class)
                .hasMessage("filter rules are too modern for remote rsync.");
    }

    @Test
    void readsAnOldPeersRuleAsAPattern() throws Exception {
        List<FilterRule> rules = wire(28, Side.SENDER, true, false, false).receive(rule("H x"));
        assertThat(rules).hasSize(1);
        assertThat(new String(RuleWire.format(rules.getFirst()), StandardCharsets.US_ASCII))
                .isEqualTo("- H x");
    }

    /** With protocol 29 an old receiver that deletes what is excluded would have got a list. */
    @Test
    void sendsNothingToAnOldReceiverThatDeletesWhatIsExcluded() throws Exception {
        FilterList.Builder rules = new FilterList.Builder();
        rules.exclude("a");
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        WireOutput out = new WireOutput(sink);
        wire(28, Side.SENDER, false, true, true).send(rules.build().rules(), out);
        wire(29, Side.SENDER, false, true, true).send(rules.build().rules(), out);
        out.flush();
        assertThat(sink.toByteArray()).containsExactly(0, 0, 0, 0);
    }

    /** The ends of a local copy have all the rules, whoever needs them: any of them decides about names of attributes. */
    @Test
    void aLocalCopySharesAllRules() throws Exception {
        FilterList rules = new FilterList.Builder()
                .filter("-xs user.a", name -> new byte[0])
                .filter("- b", name -> new byte[0])
                .build();
        for (boolean local : List.of(true, false)) {
            RuleExchange exchange = new RuleExchange(false, false, local);
            ByteArrayOutputStream sink = new ByteArrayOutputStream();
            WireOutput out = new WireOutput(sink);
            rules.send(out, Sessions.plain(Side.SENDER, false, 31), exchange);
            out.flush();
            Session server = Sessions.plain(Side.RECEIVER, true, 31);
            FilterList received = FilterList.EMPTY.receive(input(sink.toByteArray()), server, exchange);
            assertThat(received.rules()).hasSize(local ? 2 : 0);
            assertThat(received.sawAttributeRules()).isEqualTo(local);
        }
    }

    /** What the user lets CVS ignore is known where he is, and each end of a transfer has its own: only a receiver that serves is told all patterns. */
    @Test
    void aSenderThatServesKnowsByItselfWhatCvsIgnores() throws Exception {
        FilterList rules = cvs("mine");
        RuleExchange exchange = new RuleExchange(true, false, false);
        ByteArrayOutputStream pulled = new ByteArrayOutputStream();
        WireOutput out = new WireOutput(pulled);
        rules.send(out, Sessions.plain(Side.RECEIVER, false, 31), exchange);
        out.flush();
        assertThat(pulled.toByteArray()).containsExactly(4, 0, 0, 0, '-', 'C', 's', ' ', 0, 0, 0, 0);
        FilterList received =
                cvs("theirs").receive(input(pulled.toByteArray()), Sessions.plain(Side.SENDER, true, 31), exchange);
        assertThat(received.lines().stream().map(String::new))
                .contains("-sp CVS", "-s theirs")
                .doesNotContain("-s mine");

        ByteArrayOutputStream pushed = new ByteArrayOutputStream();
        out = new WireOutput(pushed);
        FilterList both = cvsOf("-C", "mine");
        both.send(out, Sessions.plain(Side.SENDER, false, 31), exchange);
        out.flush();
        received =
                cvs("theirs").receive(input(pushed.toByteArray()), Sessions.plain(Side.RECEIVER, true, 31), exchange);
        assertThat(received.lines().stream().map(String::new))
                .contains("-p CVS", "- mine")
                .doesNotContain("- theirs");
        assertThat(received.rules()).hasSize(both.rules().size() - 1);
    }

    private static FilterList cvs(String patterns) throws IOException {
        return cvsOf("-Cs", patterns);
    }

    private static FilterList cvsOf(String rule, String patterns) throws IOException {
        return new FilterList.Builder()
                .cvsPatterns(() -> patterns.getBytes(StandardCharsets.US_ASCII))
                .filter(rule, name -> new byte[0])
                .build();
    }

    private static String old(FilterList.Builder rules, Side side, boolean deleting) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        WireOutput out = new WireOutput(sink);
        wire(28, side, false, deleting, false).send(rules.build().rules(), out);
        out.flush();
        return HexFormat.of().formatHex(sink.toByteArray());
    }

    private static RuleWire wire(int version, Side side, boolean server, boolean deleting, boolean deleteExcluded) {
        Session session = Sessions.plain(side, server, version);
        return new RuleWire(session, new RuleExchange(deleting, deleteExcluded, false), () -> new byte[0]);
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
