package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.AllocationException;
import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.filter.AttributeFilter;
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
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What travels about long values, byte for byte as rsync 3.5.0 sends it; each side reads what the other has written. */
class AttributeValuesTest {
    private static final byte[] LONG = "v".repeat(40).getBytes(StandardCharsets.US_ASCII);

    static ExtendedAttributeSet set() {
        return ExtendedAttributeSet.of(List.of(
                attribute("user.a", LONG, 1),
                attribute("user.b", new byte[] {1}, 2),
                attribute("user.c", LONG, 3),
                attribute("user.d", LONG, 4)));
    }

    private static ExtendedAttribute attribute(String name, byte[] value, int number) {
        return ExtendedAttribute.of(name.getBytes(StandardCharsets.US_ASCII), value, number);
    }

    static AttributeMemory memory(long bytes) {
        return new AttributeMemory(new AllocationLimit(bytes), "values of extended attributes");
    }

    private static WireInput input(String hex) {
        return new WireInput(new ByteArrayInputStream(HexFormat.of().parseHex(hex)));
    }

    /** Short values never need to be asked for, and a long one is asked for once, whichever file shares it. */
    @Test
    void asksForLongValuesOnce() throws IOException {
        ExtendedAttributeSet set = set();
        List<ExtendedAttribute> wanted = set.missingIn(ExtendedAttributeSet.of(List.of(attribute("user.c", LONG, 1))));
        assertThat(wanted).hasSize(3);
        assertThat(asked(wanted)).isEqualTo("010300");
        assertThat(asked(set.attributes())).isEqualTo("0300");
        assertThat(asked(set.attributes())).isEqualTo("00");
    }

    private static String asked(List<ExtendedAttribute> wanted) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new WireOutput(bytes)) {
            AttributeValues.ask(out, wanted);
            out.flush();
        }
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Test
    void understandsRequestsForwardAndBackward() throws IOException {
        ExtendedAttributeSet set = set();
        assertThat(AttributeValues.readRequest(input("010300"), set))
                .extracting(ExtendedAttribute::number)
                .containsExactly(1, 4);
        assertThat(AttributeValues.readRequest(input("04f0ffffffff00"), set))
                .extracting(ExtendedAttribute::number)
                .containsExactly(4, 3);
    }

    /** A value that came with the list, or that is none, cannot be asked for; nor can anything be asked for without end. */
    @Test
    void refusesRequestsThatMakeNoSense() {
        for (String hex : List.of("0200", "0500", "04f0feffffff00", "0102f0feffffff02f0feffffff02f0feffffff00")) {
            assertThatThrownBy(() -> AttributeValues.readRequest(input(hex), set()))
                    .as(hex)
                    .isInstanceOf(ProtocolException.class);
        }
    }

    /** What came is the value, whatever the list's sum said: it may have changed at the sender. */
    @Test
    void takesTheValuesThatCome() throws IOException {
        ExtendedAttributeSet set = set();
        AttributeValues.receive(input("03" + "02" + "6869" + "00"), set, memory(1 << 20));
        assertThat(set.attributes().get(2).value()).isEqualTo(new byte[] {'h', 'i'});
        assertThat(set.attributes().get(0).value()).isNull();
        assertThat(set.attributes().get(1).value()).isEqualTo(new byte[] {1});
    }

    @Test
    void refusesAValueThatIsTooLong() {
        assertThatThrownBy(() -> AttributeValues.receive(input("01f001000008"), set(), memory(1 << 20)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("xattr datum_len exceeds per-value limit");
    }

    @Test
    void travelsWithReportedAttributesUnlessMadeHere() {
        int madeHere = ItemFlags.REPORT_XATTR | ItemFlags.XNAME_FOLLOWS | ItemFlags.LOCAL_CHANGE;
        assertThat(AttributeValues.travel(ItemFlags.TRANSFER, true)).isFalse();
        assertThat(AttributeValues.travel(ItemFlags.REPORT_XATTR, true)).isTrue();
        assertThat(AttributeValues.travel(madeHere, true)).isFalse();
        assertThat(AttributeValues.travel(madeHere, false)).isTrue();
    }

    @Test
    void knowsALongValueByItsSum() {
        ExtendedAttribute attribute = attribute("user.a", LONG, 1);
        byte[] other = Arrays.copyOf(LONG, LONG.length);
        other[39] = 'w';
        assertThat(attribute.hasValue(LONG)).isTrue();
        assertThat(attribute.hasValue(other)).isFalse();
        assertThat(attribute.value()).isNull();
    }

    /** The value is of 2 bytes: it is refused by its length, not for want of the bytes, as they are there. */
    @Test
    void noValueGrowsBeyondTheLimit() {
        assertThatThrownBy(() -> AttributeValues.receive(input("03" + "02" + "6869" + "00"), set(), memory(2)))
                .isInstanceOf(AllocationException.class)
                .hasMessage("exceeded --max-alloc=2 setting (values of extended attributes)");
    }

    /** Each value is short; it is all of them together, those of other files included, that are too much. */
    @Test
    void allValuesTogetherStayWithinTheLimit() throws IOException {
        AttributeMemory memory = memory(8);
        AttributeValues.receive(input("01" + "03" + "616263" + "02" + "02" + "6869" + "00"), set(), memory);
        assertThatThrownBy(() -> AttributeValues.receive(input("03" + "03" + "616263" + "00"), set(), memory))
                .isInstanceOf(AllocationException.class)
                .hasMessage("exceeded --max-alloc=8 setting (values of extended attributes)");
    }

    /** The same names again, with values that differ: a peer may list as many sets as it likes. */
    @Test
    void allSetsOfAListTogetherStayWithinTheLimit() throws IOException {
        StringBuilder sets = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            sets.append("00" + "01" + "07" + "02" + "757365722e6100").append(String.format(Locale.ROOT, "%04x", i));
        }
        assertThat(sets(sets.toString(), 100, 1 << 20)).isEqualTo(100);
        assertThatThrownBy(() -> sets(sets.toString(), 100, 10_000))
                .isInstanceOf(AllocationException.class)
                .hasMessage("exceeded --max-alloc=10000 setting (extended attributes of a file list)");
    }

    private static int sets(String hex, int count, long limit) throws IOException {
        var decoder = new ExtendedAttributeDecoder(
                input(hex),
                new AttributeNames(Authority.ROOT, Side.RECEIVER, false, AttributeFilter.NONE),
                new AllocationLimit(limit));
        int read = 0;
        while (read < count) {
            assertThat(decoder.read().attributes()).hasSize(1);
            read++;
        }
        return read;
    }
}
