package io.sluice.protocol.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.filter.FilterList;
import io.sluice.protocol.options.ServerArguments;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.Handshake;
import io.sluice.protocol.session.HandshakeRequest;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole sessions that two rsync 3.5.0 had with each other, with our server in the place of theirs: it hears what the client sent then, has to answer with
 * the same bytes, and to leave the same tree. So everything is held here at once: indexes, items, block sums, tokens, end marks, and their order.
 */
@Timeout(60)
class SessionGoldenTest {
    /** The version comes first, both ways. */
    private static final int VERSION_BYTES = 4;
    /** A server's version, compatibility flags (which tell what else it can do) and seed; frames follow. */
    private static final int HANDSHAKE_BYTES = 10;
    /** The index that ends the list. */
    private static final String LIST_END = "fffe80020000";
    /** The end of what a sender says: figures that depend on frames and time, and an end mark or two. */
    private static final int FIGURES_BYTES = 20;

    private static final int SEED = 305_419_896;
    private static final PathLabel LABEL = PathLabel.NONE;

    @TempDir
    private Path directory;

    private Path source;
    private Path destination;

    @BeforeEach
    void makeTrees() throws IOException {
        source = directory.resolve("source");
        destination = directory.resolve("destination");
        Files.createDirectories(source.resolve("sub"));
        Files.createDirectories(destination.resolve("sub"));
        StringBuilder old = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            old.append("line ").append(i).append(" of the old text\n");
        }
        Files.writeString(source.resolve("new"), "new file\n");
        Files.writeString(source.resolve("empty"), "");
        Files.createSymbolicLink(source.resolve("link"), Path.of("new"));
        Files.writeString(source.resolve("sub/changed"), old.substring(0, 1000) + "INSERTED" + old.substring(1000));
        Files.writeString(source.resolve("sub/same"), "same");
        Files.writeString(destination.resolve("sub/changed"), old);
        Files.writeString(destination.resolve("sub/same"), "same");
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.toList()) {
                setUp(path);
            }
        }
        setTime(destination.resolve("sub/changed"), 1_400_000_000);
        setTime(destination, 1_400_000_000);
    }

    private static void setUp(Path path) throws IOException {
        if (!Files.isSymbolicLink(path)) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
        }
        setTime(path, 1_500_000_000);
    }

    private static void setTime(Path path, long seconds) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.fromMillis(seconds * 1000), null, null);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 31, 32})
    void receivesAsRsyncDoes(int version) throws IOException {
        Recorded recorded = Recorded.of("push-" + version);
        PacedClient client = new PacedClient(recorded);
        answer(recorded, client, client.heard());
        assertThat(client.answer()).isEqualTo(data(recorded.down, HANDSHAKE_BYTES));
        assertThat(Files.mismatch(destination.resolve("sub/changed"), source.resolve("sub/changed")))
                .isEqualTo(-1);
        assertThat(Files.readString(destination.resolve("new"))).isEqualTo("new file\n");
        assertThat(Files.size(destination.resolve("empty"))).isZero();
        assertThat(Files.readSymbolicLink(destination.resolve("link"))).isEqualTo(Path.of("new"));
        assertThat(Files.getLastModifiedTime(destination)).isEqualTo(Files.getLastModifiedTime(source));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 31, 32})
    void sendsAsRsyncDoes(int version) throws IOException {
        Recorded recorded = Recorded.of("pull-" + version);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        answer(recorded, new ByteArrayInputStream(recorded.up), said);
        String answer = data(said.toByteArray(), HANDSHAKE_BYTES);
        String expected = data(recorded.down, HANDSHAKE_BYTES);
        int compared = expected.length() - 2 * FIGURES_BYTES;
        assertThat(answer).hasSizeGreaterThan(compared);
        assertThat(answer.substring(0, compared)).isEqualTo(expected.substring(0, compared));
    }

    /** Our server, with the recorded client. */
    private void answer(Recorded recorded, InputStream up, OutputStream down) throws IOException {
        ServerArguments arguments = ServerArguments.parse(recorded.arguments, List.of());
        TransferOptions options = arguments.options();
        Side side = arguments.clientSide() == Side.SENDER ? Side.RECEIVER : Side.SENDER;
        HandshakeRequest request = new HandshakeRequest(
                side,
                new ProtocolVersion(32),
                OptionalInt.empty(),
                arguments.capabilities(),
                options.allowsIncrementalRecursion(side),
                options.algorithms().checksumChoice(),
                false,
                List.of(),
                HandshakeRequest.ALL_CHECKSUMS,
                List.of(CompressionType.ZLIBX),
                options.algorithms().checksumSeed(),
                SEED);
        try (WireInput in = new WireInput(up);
                WireOutput out = new WireOutput(down, in);
                FileTree tree = FileTree.open(
                        (side == Side.SENDER ? source : destination).toString().getBytes(StandardCharsets.UTF_8),
                        TreePolicy.OPERATOR)) {
            Session session = Handshake.asServer(in, out, request);
            Connection connection = new Connection(session, in, out);
            TransferResult result = side == Side.SENDER
                    ? new SendingSide(connection, options, new Recorder())
                            .run(new SendingSide.Sources(
                                    tree, List.of(bytes("./")), FilterList.EMPTY, FilterList.EMPTY, List.of(), LABEL))
                    : new ReceivingSide(connection, options, new Recorder())
                            .run(new ReceivingSide.Destination(
                                    tree, bytes("."), FilterList.EMPTY, FilterList.EMPTY, List.of(), LABEL));
            assertThat(result.exitCode().value()).isZero();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The content of all data frames behind {@code start}, in hexadecimal: where frames end is no rule. */
    private static String data(byte[] stream, int start) {
        StringBuilder data = new StringBuilder();
        for (int at = start; at + 4 <= stream.length; ) {
            int length = (stream[at] & 0xFF) | (stream[at + 1] & 0xFF) << 8 | (stream[at + 2] & 0xFF) << 16;
            assertThat(stream[at + 3]).as("tag of the frame at " + at).isEqualTo((byte) 7);
            data.append(HexFormat.of().formatHex(stream, at + 4, Math.min(stream.length, at + 4 + length)));
            at += 4 + length;
        }
        return data.toString();
    }

    /**
     * A client that says what it said when it was recorded, but files only once they were asked for, and each end mark only after the server's: earlier it
     * could not have known.
     */
    private static final class PacedClient extends InputStream {
        private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
        private final Deque<Turn> turns = new ArrayDeque<>();
        private ByteArrayInputStream saying;

        /** What it says once it has heard so many bytes of data. */
        private record Turn(int after, byte[] words) {}

        PacedClient(Recorded recorded) {
            String up = data(recorded.up, VERSION_BYTES);
            String down = data(recorded.down, HANDSHAKE_BYTES);
            int files = up.indexOf(LIST_END) + LIST_END.length();
            int ends = withoutZeros(up);
            int requests = withoutZeros(down) / 2;
            saying = new ByteArrayInputStream(Arrays.copyOf(recorded.up, VERSION_BYTES));
            turns.add(new Turn(0, frame(up.substring(0, files))));
            turns.add(new Turn(requests, frame(up.substring(files, ends))));
            for (int mark = 1; ends + 2 * mark <= up.length(); mark++) {
                turns.add(new Turn(Math.min(requests + mark, down.length() / 2), frame("00")));
            }
        }

        private static int withoutZeros(String hex) {
            int end = hex.length();
            while (hex.startsWith("00", end - 2)) {
                end -= 2;
            }
            return end;
        }

        private static byte[] frame(String hex) {
            byte[] data = HexFormat.of().parseHex(hex);
            byte[] framed = new byte[4 + data.length];
            framed[0] = (byte) data.length;
            framed[1] = (byte) (data.length >> 8);
            framed[3] = 7;
            System.arraycopy(data, 0, framed, 4, data.length);
            return framed;
        }

        OutputStream heard() {
            return new OutputStream() {
                @Override
                public void write(int value) {
                    write(new byte[] {(byte) value}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    synchronized (PacedClient.this) {
                        heard.write(bytes, offset, length);
                        PacedClient.this.notifyAll();
                    }
                }
            };
        }

        synchronized String answer() {
            return data(heard.toByteArray(), HANDSHAKE_BYTES);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) throws IOException {
            while (saying.available() == 0) {
                Turn next = turns.peek();
                if (next == null) {
                    return -1;
                }
                awaitHeard(next.after);
                saying = new ByteArrayInputStream(turns.remove().words);
            }
            return saying.read(into, offset, length);
        }

        private synchronized void awaitHeard(int bytes) throws IOException {
            try {
                while (answer().length() / 2 < bytes) {
                    wait();
                }
            } catch (InterruptedException e) {
                throw new InterruptedIOException("interrupted");
            }
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("one byte at a time");
        }
    }

    private record Recorded(List<byte[]> arguments, byte[] up, byte[] down) {
        static Recorded of(String name) throws IOException {
            Properties all = new Properties();
            try (InputStream in = SessionGoldenTest.class.getResourceAsStream("sessions.properties")) {
                all.load(Objects.requireNonNull(in, "sessions.properties"));
            }
            List<byte[]> arguments = Arrays.stream(
                            all.getProperty(name + ".arguments").split(" ", -1))
                    .map(SessionGoldenTest::bytes)
                    .toList();
            return new Recorded(arguments, hex(all, name + ".up"), hex(all, name + ".down"));
        }

        private static byte[] hex(Properties all, String key) {
            return HexFormat.of().parseHex(all.getProperty(key).replace(" ", ""));
        }
    }
}
