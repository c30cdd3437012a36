package io.sluice.protocol.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.protocol.delta.Sessions;
import io.sluice.protocol.fuzz.FuzzTarget;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Filter rules on the wire and in files, and what they do to names. */
public final class RuleTargets {
    private static final int OLDEST = 27;
    private static final int VERSIONS = 6;
    private static final List<byte[]> PATHS =
            List.of(bytes("a"), bytes("dir/sub/file.o"), bytes("a".repeat(120)), bytes("x/".repeat(60) + "y"));

    private RuleTargets() {}

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @SuppressWarnings("exports") // nobody but tests sees it
    public static List<FuzzTarget> all() {
        List<byte[]> recorded = new ArrayList<>();
        for (int version = 0; version < VERSIONS; version++) {
            recorded.add(FuzzTarget.input(HexFormat.of().parseHex(RuleWireTest.PUSH), version, 3));
            recorded.add(FuzzTarget.input(HexFormat.of().parseHex(RuleWireTest.PULL), version, 0));
        }
        return List.of(
                new FuzzTarget("rules", RuleTargets::wire, recorded, 256 << 10, 2048),
                new FuzzTarget(
                        "rule-file",
                        RuleTargets::file,
                        List.of(
                                FuzzTarget.input(
                                        bytes("- *.o\n+ /a/**/b[[:alpha:]x-z]?\nP,! p\n!\n:C\ndir-merge,n- .x\n"), 0),
                                FuzzTarget.input(bytes("*.o dir/ !x"), 1),
                                FuzzTarget.input(bytes("- a\\\n- [a\\]\n- x/**\\y\n"), 0)),
                        256 << 10,
                        2048));
    }

    private static void wire(byte[] input) throws IOException {
        int more = FuzzTarget.choice(input, 1, 8);
        Side side = (more & 1) == 0 ? Side.SENDER : Side.RECEIVER;
        Session session = Sessions.plain(side, true, OLDEST + FuzzTarget.choice(input, 0, VERSIONS));
        try (WireInput in = new WireInput(new ByteArrayInputStream(FuzzTarget.content(input, 2)))) {
            check(
                    FilterList.EMPTY.receive(in, session, new RuleExchange((more & 2) != 0, (more & 4) != 0, false)),
                    side);
        }
    }

    private static void file(byte[] input) throws IOException {
        byte[] text = FuzzTarget.content(input, 1);
        FilterList.Builder builder = new FilterList.Builder();
        switch (FuzzTarget.choice(input, 0, 3)) {
            case 0 -> {
                for (String line : new String(text, ISO_8859_1).split("\n", -1)) {
                    builder.filter(line, name -> bytes("- merged"));
                }
            }
            case 1 -> builder.from(text, false, "name");
            default -> builder.words(new String(text, ISO_8859_1), FilterList.Kind.FILTER);
        }
        check(builder.build(), Side.SENDER);
    }

    private static void check(FilterList rules, Side side) {
        FilterScope scope = new FilterScope(rules, FilterList.EMPTY, side, false);
        scope.rootedAt(new byte[1]);
        for (byte[] path : PATHS) {
            scope.check(path, true);
            scope.check(path, false);
        }
    }
}
