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
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.stream.Stream;

/** The two directories that rsync had when its sessions were recorded, and our server in the place of its own. */
final class GoldenTrees {
    private static final int SEED = 305_419_896;
    private static final byte DATA = 7;
    private static final byte DELETED = DATA + 101;
    private static final PathLabel LABEL = PathLabel.NONE;

    private final Path source;
    private final Path destination;

    GoldenTrees(Path directory) throws IOException {
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

    /** Two files, two directories, a link and a socket that the source does not have. */
    void addWhatIsDeleted() throws IOException {
        FileTime before = Files.getLastModifiedTime(destination.resolve("sub"));
        Files.createDirectories(destination.resolve("sub/old/deep"));
        Files.writeString(destination.resolve("sub/old/deep/file"), "x");
        Files.writeString(destination.resolve("gone"), "x");
        Files.createSymbolicLink(destination.resolve("gone-link"), Path.of("x"));
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(destination.resolve("sub/pipe")));
        }
        Files.setLastModifiedTime(destination.resolve("sub"), before);
        setTime(destination, 1_400_000_000);
    }

    /** One file that the source does not have. */
    void addOneThatIsDeleted() throws IOException {
        Files.writeString(destination.resolve("gone"), "x");
        setTime(destination, 1_400_000_000);
    }

    /** All regular files of the destination, each with how many bytes it has. */
    List<String> received() throws IOException {
        try (Stream<Path> all = Files.walk(destination)) {
            List<String> found = new ArrayList<>();
            for (Path path : all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()) {
                found.add(destination.relativize(path) + " " + Files.size(path));
            }
            return found;
        }
    }

    void assertDeleted() throws IOException {
        try (Stream<Path> left = Files.walk(destination);
                Stream<Path> all = Files.walk(source)) {
            assertThat(left.map(destination::relativize))
                    .containsExactlyInAnyOrderElementsOf(
                            all.map(source::relativize).toList());
        }
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

    /** The receiver has the tree of the sender now. */
    void assertReceived() throws IOException {
        assertThat(Files.mismatch(destination.resolve("sub/changed"), source.resolve("sub/changed")))
                .isEqualTo(-1);
        assertThat(Files.readString(destination.resolve("new"))).isEqualTo("new file\n");
        assertThat(Files.size(destination.resolve("empty"))).isZero();
        assertThat(Files.readSymbolicLink(destination.resolve("link"))).isEqualTo(Path.of("new"));
        assertThat(Files.getLastModifiedTime(destination)).isEqualTo(Files.getLastModifiedTime(source));
    }

    /** Our server, with the recorded client. */
    void answer(Recorded recorded, InputStream up, OutputStream down) throws IOException {
        answer(recorded, up, down, PublishGate.OPEN);
    }

    /** @param gate of ours, if we send */
    void answer(Recorded recorded, InputStream up, OutputStream down, PublishGate gate) throws IOException {
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
                            .publishing(gate)
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

    /** The content of all data frames behind {@code start}, in hexadecimal: where frames end, and between which something deleted is named, is no rule. */
    static String data(byte[] stream, int start) {
        StringBuilder data = new StringBuilder();
        for (int at = start; at + 4 <= stream.length; ) {
            int length = (stream[at] & 0xFF) | (stream[at + 1] & 0xFF) << 8 | (stream[at + 2] & 0xFF) << 16;
            assertThat(stream[at + 3]).as("tag of the frame at " + at).isIn(DATA, DELETED);
            if (stream[at + 3] == DATA) {
                data.append(HexFormat.of().formatHex(stream, at + 4, Math.min(stream.length, at + 4 + length)));
            }
            at += 4 + length;
        }
        return data.toString();
    }

    /** One session as it was recorded; {@code list} is where a plain client's list ends. */
    record Recorded(List<byte[]> arguments, byte[] up, byte[] down, int list) {
        static Recorded of(String file, String name) throws IOException {
            Properties all = new Properties();
            try (InputStream in = GoldenTrees.class.getResourceAsStream(file)) {
                all.load(Objects.requireNonNull(in, file));
            }
            List<byte[]> arguments = Arrays.stream(
                            all.getProperty(name + ".arguments").split(" ", -1))
                    .map(GoldenTrees::bytes)
                    .toList();
            int list = Integer.parseInt(all.getProperty(name + ".list", "0"));
            return new Recorded(arguments, hex(all, name + ".up"), hex(all, name + ".down"), list);
        }

        private static byte[] hex(Properties all, String key) {
            return HexFormat.of().parseHex(all.getProperty(key).replace(" ", ""));
        }
    }
}
