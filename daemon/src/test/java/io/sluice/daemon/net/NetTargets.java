package io.sluice.daemon.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.daemon.fuzz.FuzzTarget;
import io.sluice.protocol.wire.WireInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What anybody who can connect may say first, and what who was let in may say later. */
public final class NetTargets {
    private NetTargets() {}

    @SuppressWarnings("exports") // nobody but tests sees it
    public static List<FuzzTarget> all() {
        return List.of(following(), proxyHeader());
    }

    /** What a client may say behind a transfer. */
    private static FuzzTarget following() {
        return new FuzzTarget(
                "following-request",
                NetTargets::request,
                Set.of(),
                Stream.of(
                                "--server\0-logDtpre.iLsfxCIvuK\0.\0site/\0\0",
                                "--server\0-slogDtpre.iLsfxCIvuK\0.\0\0rsync\0.\0site/\0\0",
                                "\0")
                        .map(text -> text.getBytes(ISO_8859_1))
                        .toList());
    }

    private static void request(byte[] input) throws IOException {
        ArgumentMemory memory = new ArgumentMemory(ArgumentMemory.OWN);
        try (WireInput in = new WireInput(new ByteArrayInputStream(input))) {
            FollowingRequest request = new FollowingRequest(in, memory);
            int first = request.begin(Duration.ofSeconds(1));
            if (first >= 0 && request.complete(first).isPresent() && in.dataRead() > input.length) {
                throw new IllegalStateException("more than there is: " + in.dataRead());
            }
        }
        if (!memory.take(ArgumentMemory.OWN)) {
            throw new IllegalStateException("memory is kept");
        }
    }

    private static FuzzTarget proxyHeader() {
        return new FuzzTarget(
                "proxy-header",
                NetTargets::header,
                Set.of(ProxyHeader.MalformedException.class),
                Stream.concat(
                                Stream.of(
                                                "PROXY TCP4 198.51.100.7 203.0.113.1 51234 873\r\n",
                                                "PROXY TCP6 2001:db8::1 ::1 1 65535\r\n",
                                                "PROXY UNKNOWN\r\n")
                                        .map(text -> text.getBytes(ISO_8859_1)),
                                Stream.of("2111000cc6336407cb007101c8220369", "20000000", "212100240000")
                                        .map(rest -> HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + rest)))
                        .toList());
    }

    private static void header(byte[] input) throws ProxyHeader.MalformedException {
        ProxyHeader.parse(input).ifPresent(header -> {
            if (header.length() > Math.min(input.length, ProxyHeader.MAX_BYTES)) {
                throw new IllegalStateException("longer than what there is: " + header.length());
            }
        });
    }
}
