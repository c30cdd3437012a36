package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.filter.AttributeFilter;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.session.Side;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of rsync(1), --xattrs and --fake-super; each row differs from a neighbour in one fact. */
class AttributeNamesTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static AttributeFilter filter(String rule) throws TransferException {
        if (rule == null) {
            return AttributeFilter.NONE;
        }
        FilterList rules =
                new FilterList.Builder().filter(rule, name -> new byte[0]).build();
        return AttributeFilter.of(rules, FilterList.EMPTY, Side.RECEIVER, false);
    }

    /** The name by which an attribute that came is set; - if it is not. */
    @ParameterizedTest
    @CsvSource({
        "ROOT, false, , user.a,           user.a",
        "ROOT, false, , trusted.a,        trusted.a",
        "USER, false, , user.a,           user.a",
        "USER, false, , trusted.a,        -",
        "FAKE, false, , trusted.a,        user.rsync.trusted.a",
        "FAKE, false, , user.a,           user.a",
        "ROOT, false, , user.rsync.%stat, -",
        "ROOT, true,  , user.rsync.%stat, user.rsync.%stat",
        "ROOT, false, , user.rsync.x,     user.rsync.x",
        "ROOT, false, -x user.a, user.a,  -",
        "ROOT, false, -x user.b, user.a,  user.a",
        "ROOT, false, -x user.*, user.ab, -",
        "ROOT, false, - user.a,  user.a,  user.a", // a rule about files
    })
    void namesThatCome(String authority, boolean all, String rule, String name, String expected) throws Exception {
        var names = new AttributeNames(Authority.valueOf(authority), Side.RECEIVER, all, filter(rule));
        String here = names.here(bytes(name))
                .map(found -> new String(found, StandardCharsets.US_ASCII))
                .orElse("-");
        assertThat(here).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ROOT, , user.a,           true",
        "ROOT, , trusted.a,        true",
        "ROOT, , system.a,         false",
        "USER, , trusted.a,        false",
        "FAKE, , trusted.a,        false",
        "FAKE, , user.rsync.%stat, false",
        "FAKE, , user.rsync.%aacl, false",
        "FAKE, , user.rsync.x,     true",
        "ROOT, -x user.a, user.a,  false",
    })
    void whatTheSenderLacksIsRemoved(String authority, String rule, String name, boolean removed) throws Exception {
        var names = new AttributeNames(Authority.valueOf(authority), Side.RECEIVER, false, filter(rule));
        assertThat(names.isRemovable(bytes(name))).isEqualTo(removed);
    }

    /** Only who keeps them disguised takes the disguise off. */
    @ParameterizedTest
    @CsvSource({
        "FAKE, user.rsync.trusted.a, trusted.a",
        "ROOT, user.rsync.trusted.a, user.rsync.trusted.a",
        "FAKE, user.rsync.%stat,     user.rsync.%stat",
        "FAKE, user.a,               user.a",
    })
    void namesOnTheWire(String authority, String name, String expected) {
        var names = new AttributeNames(Authority.valueOf(authority), Side.SENDER, false, AttributeFilter.NONE);
        assertThat(new String(names.onWire(bytes(name)), StandardCharsets.US_ASCII))
                .isEqualTo(expected);
    }
}
