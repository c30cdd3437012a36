package io.sluice.protocol.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.delta.Sessions;
import io.sluice.protocol.delta.SumHead;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of what a generator asks for, by PROTOCOL.md, "Items and the basis"; each row has a part that the row before it lacks. */
class RequestsTest {
    private static final Session SESSION = Sessions.with(CompressionType.NONE);
    private static final int TRANSFER = ItemFlags.TRANSFER;
    private static final int TYPED = TRANSFER | ItemFlags.BASIS_TYPE_FOLLOWS;
    private static final int NAMED = TYPED | ItemFlags.XNAME_FOLLOWS;

    @ParameterizedTest
    @CsvSource({
        "plain, 128, '', 060080",
        "typed, 129, '', 06008881",
        "typed, 130, '', 06008882",
        "typed, 2, '', 06008802",
        "named, 131, old.txt, 06009883076f6c642e747874",
        "named, 133, a, 060098850161"
    })
    void tellsWhatTheBasisIs(String shape, int type, String name, String hex) throws IOException {
        int flags = shape.equals("plain") ? TRANSFER : shape.equals("typed") ? TYPED : NAMED;
        assertThat(written(requests -> requests.item(5, flags, type, name.getBytes(ISO_8859_1))))
                .isEqualTo(hex);
    }

    /** An item without content can have an empty name: it is a link to what another directory has. */
    @Test
    void emptyNameHasALength() throws IOException {
        int flags = ItemFlags.LOCAL_CHANGE | ItemFlags.XNAME_FOLLOWS;
        assertThat(written(requests -> requests.item(0, flags, BasisType.FILE, new byte[0])))
                .isEqualTo("01005000");
    }

    /** Four ints and no sums: 2 blocks of 700, the last with 300 bytes. */
    @Test
    void appendingSendsTheHeadAlone() throws IOException {
        SumHead head = SumHead.forBasis(1000, OptionalInt.empty(), SESSION, false);
        assertThat(written(requests -> requests.appending(head))).isEqualTo("02000000bc020000020000002c010000");
    }

    private interface Writing {
        void to(Requests requests) throws IOException;
    }

    private static String written(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WireOutput out = new WireOutput(bytes);
        Requests requests = new Requests(out, SESSION, null);
        writing.to(requests);
        requests.flush();
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
