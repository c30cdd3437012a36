package io.sluice.protocol.filelist;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Two machines on which the same names have other ids: a mapping that took the number would give another id. */
class IdMappingTest {
    private static final Map<String, Integer> HERE = Map.of("www", 33, "root", 999);

    private static final IdNames NAMES = new IdNames() {
        @Override
        public OptionalInt userId(String name) {
            return HERE.containsKey(name) ? OptionalInt.of(HERE.get(name)) : OptionalInt.empty();
        }

        @Override
        public OptionalInt groupId(String name) {
            return userId(name);
        }
    };

    private static IdMapping mapping(boolean incremental, SettableGroups groups) {
        Capture capture = new Capture("ids", 31, incremental ? 0x1ff : 0x1fe, "og", new byte[0]);
        return new IdMapping(
                WireFormat.of(capture.session(), capture.options()),
                NAMES,
                new IdRules(Authority.ROOT, groups, OwnerMap.NONE, OwnerMap.NONE));
    }

    private static WireInput input(ListBytes.Step step) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new WireOutput(bytes)) {
            step.write(out);
            out.flush();
        }
        return new WireInput(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void mapsByNameWhereTheNameIsKnown() throws IOException {
        IdMapping ids = mapping(true, new SettableGroups(true, new int[0]));
        assertThat(ids.readUser(input(out -> name(out, "www")), 48)).isEqualTo(33);
        assertThat(ids.user(48)).isEqualTo(33);
        assertThat(ids.readUser(input(out -> name(out, "strange")), 49)).isEqualTo(49);
        assertThat(ids.user(50)).isEqualTo(50);
    }

    @Test
    void neverMapsId0() throws IOException {
        IdMapping ids = mapping(true, new SettableGroups(true, new int[0]));
        assertThat(ids.readUser(input(out -> name(out, "root")), 0)).isZero();
        assertThat(ids.group(0)).isZero();
    }

    /** The lists after a list that was not sent in segments: users, then groups, each ended by 0 and its name. */
    @Test
    void mapsAllRowsAfterTheLists() throws IOException {
        var rows = new ColumnsBuilder(new Columns.Layout(true, true, 0, false, AllocationLimit.DEFAULT));
        rows.prefix(new byte[0], 0, 0);
        rows.addName(new byte[] {'f'}, 0, 1);
        rows.ids(48, 7);
        WireInput in = input(out -> {
            out.writeVarInt(48);
            name(out, "www");
            out.writeVarInt(0);
            name(out, "root");
            out.writeVarInt(0);
            name(out, "root");
        });
        mapping(false, new SettableGroups(false, new int[] {33})).readLists(in, rows);
        Columns columns = rows.seal();
        assertThat(columns.uids).containsExactly(33);
        assertThat(columns.gids).containsExactly(7);
        assertThat(columns.flags[0] & Columns.SKIP_GROUP).isNotZero();
    }

    @Test
    void knowsWhichGroupsMayBeSet() {
        assertThat(new SettableGroups(true, new int[0]).contains(5)).isTrue();
        assertThat(new SettableGroups(false, new int[] {4, 5}).contains(5)).isTrue();
        assertThat(new SettableGroups(false, new int[] {4}).contains(5)).isFalse();
    }

    private static void name(WireOutput out, String name) throws IOException {
        out.writeByte(name.length());
        out.write(name.getBytes(StandardCharsets.US_ASCII));
    }
}
