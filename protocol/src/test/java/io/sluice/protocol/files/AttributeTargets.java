package io.sluice.protocol.files;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.protocol.fuzz.FuzzTarget;
import java.util.HexFormat;
import java.util.List;

/** Values that stand in attributes of files, which a peer may have sent there. */
public final class AttributeTargets {
    private AttributeTargets() {}

    @SuppressWarnings("exports") // nobody but tests sees it
    public static List<FuzzTarget> all() {
        return List.of(
                new FuzzTarget(
                        "fake-status",
                        input -> FakeStatus.parse(input).ifPresent(FakeStatus::format),
                        List.of("100644 0,0 1000:1000".getBytes(US_ASCII), "60660 8,1 0:0 x".getBytes(US_ASCII)),
                        64 << 10,
                        256),
                new FuzzTarget(
                        "acl-values",
                        AttributeTargets::lists,
                        List.of(
                                HexFormat.of()
                                        .parseHex("02000000" + "01000600ffffffff" + "0200040001000000"
                                                + "04000400ffffffff" + "10000400ffffffff" + "20000400ffffffff"),
                                HexFormat.of().parseHex("06000000040000000400000004000000" + "0100000004000080")),
                        64 << 10,
                        256));
    }

    private static void lists(byte[] input) {
        AccessControlFormat.toKernel(AccessControlFormat.fromKernel(input));
        AccessControlFormat.toKept(AccessControlFormat.fromKept(input, 0100644));
    }
}
