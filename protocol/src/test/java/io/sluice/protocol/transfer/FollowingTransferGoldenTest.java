package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.ServerArguments;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.ArgumentStream;
import io.sluice.protocol.session.Handshake;
import io.sluice.protocol.session.HandshakeRequest;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stands on the wire behind a transfer that is over, when another follows on the same connection: the request and the handshake, in the frames that go
 * on, and then a transfer as any other; the file that only the second push has tells that it was one.
 */
@Timeout(60)
class FollowingTransferGoldenTest {
    private static final int SEED = 0x1234_5678;
    private static final int PIPE = 64 * 1024;
    private static final List<String> WORDS = List.of("--server", "-logDtpre.iLsfxCIvuK", ".", "site/");
    /** A frame with the arguments, each with a NUL, and one more; then one with the client's names of checksums. */
    private static final String REQUEST = "27000007"
            + "2d2d73657276657200" // --server
            + "2d6c6f6744747072652e694c736678434976754b00" // -logDtpre.iLsfxCIvuK
            + "2e00" // .
            + "736974652f00" // site/
            + "00"
            + "1f000007"
            + "1e"
            + hex("xxh128 xxh3 xxh64 md5 md4 sha1");
    /** A frame with the flags and the server's names, then one with the seed. */
    private static final String ANSWER =
            "27000007" + "d0ff01" + "23" + hex("xxh128 xxh3 xxh64 md5 md4 sha1 none") + "04000007" + "78563412";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream up = new ByteArrayOutputStream();
    private final ByteArrayOutputStream down = new ByteArrayOutputStream();
    private Path source;
    private Path target;

    @BeforeEach
    void makeTrees() throws IOException {
        source = Files.createDirectory(directory.resolve("source"));
        target = Files.createDirectory(directory.resolve("target"));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** All that is written goes to {@code record} too. */
    private static final class Recording extends OutputStream {
        private final OutputStream sink;
        private final ByteArrayOutputStream record;

        Recording(OutputStream sink, ByteArrayOutputStream record) {
            this.sink = sink;
            this.record = record;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            record.write(from, offset, length);
            sink.write(from, offset, length);
        }

        @Override
        public void close() throws IOException {
            sink.close();
        }
    }

    private static List<byte[]> words() {
        return WORDS.stream()
                .map(word -> word.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    private static HandshakeRequest request(Side side, String letters) {
        return new HandshakeRequest(
                        side,
                        ProtocolVersion.NEWEST,
                        OptionalInt.of(ProtocolVersion.NEWEST.number()),
                        letters,
                        true,
                        List.of(),
                        false,
                        List.of(),
                        HandshakeRequest.ALL_CHECKSUMS,
                        List.of(),
                        OptionalInt.empty(),
                        SEED)
                .reusable(true);
    }

    private ExitCode send(WireInput in, WireOutput out, Session session) throws IOException {
        assertThat(session.reusable()).isTrue();
        TransferOptions options = ServerArguments.parse(words(), List.of()).options();
        try (FileTree tree = FileTree.open(bytes(source), TreePolicy.CONFINED)) {
            return new SendingSide(new Connection(session, in, out), options, TransferListener.NONE)
                    .run(new SendingSide.Sources(
                            tree, List.of(new byte[] {'.', '/'}), FilterList.EMPTY, FilterList.EMPTY, List.of()))
                    .exitCode();
        }
    }

    private ExitCode receive(WireInput in, WireOutput out, List<byte[]> arguments) throws IOException {
        ServerArguments parsed = ServerArguments.parse(arguments, List.of());
        Session session = Handshake.asServer(in, out, request(Side.RECEIVER, parsed.capabilities()));
        try (FileTree tree = FileTree.open(bytes(target), TreePolicy.CONFINED)) {
            return new ReceivingSide(new Connection(session, in, out), parsed.options(), TransferListener.NONE)
                    .run(new ReceivingSide.Destination(
                            tree, new byte[] {'.'}, FilterList.EMPTY, FilterList.EMPTY, List.of()))
                    .exitCode();
        }
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void beginsWithItsArguments() throws Exception {
        Files.writeString(source.resolve("first"), "of the first push");
        BoundedPipe toServer = new BoundedPipe(PIPE, Long.MAX_VALUE);
        BoundedPipe toClient = new BoundedPipe(PIPE, Long.MAX_VALUE);
        FutureTask<ExitCode> server = new FutureTask<>(() -> {
            try (WireInput in = new WireInput(toServer.source);
                    WireOutput out = new WireOutput(new Recording(toClient.sink, down), in)) {
                assertThat(receive(in, out, words())).isEqualTo(ExitCode.OK);
                in.holdMessages();
                return receive(in, out, ArgumentStream.read(in));
            }
        });
        Thread.ofPlatform().daemon().name("test-server").start(server);
        int upBefore;
        int downBefore;
        try (WireInput in = new WireInput(toClient.source);
                WireOutput out = new WireOutput(new Recording(toServer.sink, up), in)) {
            assertThat(send(in, out, Handshake.asClient(in, out, request(Side.SENDER, ""))))
                    .isEqualTo(ExitCode.OK);
            upBefore = up.size();
            downBefore = down.size();
            Files.writeString(source.resolve("second"), "of the second push");
            in.holdMessages();
            ArgumentStream.write(out, words());
            out.flush();
            assertThat(send(in, out, Handshake.asClient(in, out, request(Side.SENDER, ""))))
                    .isEqualTo(ExitCode.OK);
        }
        assertThat(server.get()).isEqualTo(ExitCode.OK);
        assertThat(target.resolve("second")).hasContent("of the second push");
        assertThat(HexFormat.of().formatHex(up.toByteArray()).substring(2 * upBefore))
                .startsWith(REQUEST);
        assertThat(HexFormat.of().formatHex(down.toByteArray()).substring(2 * downBefore))
                .startsWith(ANSWER);
    }
}
