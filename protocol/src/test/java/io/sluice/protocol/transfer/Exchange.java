package io.sluice.protocol.transfer;

import io.sluice.protocol.TransferException;
import io.sluice.protocol.delta.SharedEncodings;
import io.sluice.protocol.event.TransferListener;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A client of ours and a server, ours or the real rsync, on the two ends of a connection, and what came of it. */
final class Exchange {
    private final Side clientSide;
    private final TransferOptions options;
    private final String sources;
    private final String destination;
    private int protocol = 32;
    private int capacity = 4096;
    private long clientBreaksAfter = Long.MAX_VALUE;
    private long serverBreaksAfter = Long.MAX_VALUE;
    private FilterList filters = FilterList.EMPTY;
    private SharedEncodings shared = SharedEncodings.NONE;
    private List<byte[]> names = List.of();
    private @Nullable TransferListener clientListener;
    private @Nullable TransferListener serverListener;

    /** What came of it: the exit code, the result or the exception that broke it off (neither for a real rsync), and what the listener heard. */
    record End(
            int code,
            @Nullable TransferResult result,
            @Nullable TransferException failure,
            Recorder heard) {
        static End of(TransferResult result, Recorder heard) {
            return new End(result.exitCode().value(), result, null, heard);
        }

        static End of(TransferException failure, Recorder heard) {
            return new End(failure.exitCode().value(), null, failure, heard);
        }
    }

    record Ends(End client, End server) {}

    private Exchange(Side clientSide, String letters, Path source, Path destination, boolean content) {
        this.clientSide = clientSide;
        this.sources = source + (content ? "/" : "");
        this.destination = destination.toString();
        this.options = parse(letters);
    }

    /** A push of {@code source}'s content; {@code arguments} are those of a server, such as {@code -logDtpr --delete}. */
    static Exchange push(String arguments, Path source, Path destination) {
        return new Exchange(Side.SENDER, arguments, source, destination, true);
    }

    /** A pull of {@code source}'s content. */
    static Exchange pull(String arguments, Path source, Path destination) {
        return new Exchange(Side.RECEIVER, arguments, source, destination, true);
    }

    /** A push of {@code source} itself, to a path as it is given. */
    static Exchange pushOne(String arguments, Path source, String destination) {
        return new Exchange(Side.SENDER, arguments, source, Path.of(destination), false).to(destination);
    }

    private Exchange(Exchange other, String destination) {
        this.clientSide = other.clientSide;
        this.options = other.options;
        this.sources = other.sources;
        this.destination = destination;
    }

    private Exchange to(String path) {
        return new Exchange(this, path);
    }

    private static TransferOptions parse(String letters) {
        List<byte[]> arguments = new ArrayList<>(List.of(bytes("--server")));
        letters.lines()
                .flatMap(line -> Arrays.stream(line.split(" ", -1)))
                .filter(word -> !word.isEmpty())
                .forEach(word -> arguments.add(bytes(word)));
        arguments.add(bytes("."));
        arguments.add(bytes("x"));
        try {
            return ServerArguments.parse(arguments, List.of()).options();
        } catch (TransferException e) {
            throw new IllegalArgumentException(letters, e);
        }
    }

    Exchange protocol(int version) {
        protocol = version;
        return this;
    }

    Exchange capacity(int bytes) {
        capacity = bytes;
        return this;
    }

    Exchange filters(FilterList list) {
        filters = list;
        return this;
    }

    Exchange names(String... list) {
        names = Arrays.stream(list).map(Exchange::bytes).toList();
        return this;
    }

    /** The client tells {@code listener} of its transfer, and no recorder. */
    Exchange clientHeardBy(TransferListener listener) {
        clientListener = listener;
        return this;
    }

    /** What is sent is shared with other exchanges that have {@code value}. */
    Exchange sharing(SharedEncodings value) {
        shared = value;
        return this;
    }

    /** As {@link #clientHeardBy}, of the server. */
    Exchange serverHeardBy(TransferListener listener) {
        serverListener = listener;
        return this;
    }

    /** Breaks the connection after so many bytes of the client's, or of the server's. */
    Exchange breakAfter(long client, long server) {
        clientBreaksAfter = client;
        serverBreaksAfter = server;
        return this;
    }

    private ServerArguments arguments() {
        String path = clientSide == Side.SENDER ? destination : sources;
        return new ServerArguments(
                clientSide, options, ServerArguments.capabilities(clientSide, options), false, List.of(bytes(path)));
    }

    /** Both ends are ours, connected by pipes that hold few bytes. */
    Ends ours() throws Exception {
        BoundedPipe up = new BoundedPipe(capacity, clientBreaksAfter);
        BoundedPipe down = new BoundedPipe(capacity, serverBreaksAfter);
        FutureTask<End> server = new FutureTask<>(() -> serve(up.source, down.sink));
        Thread.ofPlatform().daemon().name("test-server").start(server);
        End client = act(down.source, up.sink);
        return new Ends(client, server.get());
    }

    /** The server is the installed rsync. */
    Ends rsync() throws Exception {
        List<String> command = new ArrayList<>(List.of("rsync"));
        arguments().format().forEach(argument -> command.add(new String(argument, StandardCharsets.ISO_8859_1)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.PIPE)
                .start();
        FutureTask<String> errors =
                new FutureTask<>(() -> new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().start(errors);
        End client = act(process.getInputStream(), process.getOutputStream());
        process.getOutputStream().close();
        int code = process.waitFor();
        Recorder heard = new Recorder();
        heard.notices.add(errors.get());
        return new Ends(client, new End(code, null, null, heard));
    }

    private End act(InputStream source, OutputStream sink) throws IOException {
        Recorder heard = new Recorder();
        try (WireInput in = new WireInput(source);
                WireOutput out = new WireOutput(sink, in)) {
            Session session = Handshake.asClient(in, out, request(clientSide, ""));
            Connection connection = new Connection(session, in, out);
            return end(connection, options, clientListener == null ? heard : clientListener, heard, filters, names);
        }
    }

    private End serve(InputStream source, OutputStream sink) throws Exception {
        Recorder heard = new Recorder();
        ServerArguments parsed = ServerArguments.parse(arguments().format(), List.of());
        Side side = clientSide == Side.SENDER ? Side.RECEIVER : Side.SENDER;
        try (WireInput in = new WireInput(source);
                WireOutput out = new WireOutput(sink, in)) {
            Session session = Handshake.asServer(in, out, request(side, parsed.capabilities()));
            return end(
                    new Connection(session, in, out),
                    parsed.options(),
                    serverListener == null ? heard : serverListener,
                    heard,
                    FilterList.EMPTY,
                    List.of());
        } catch (TransferException e) {
            return End.of(e, heard);
        }
    }

    private End end(
            Connection connection,
            TransferOptions own,
            TransferListener listener,
            Recorder heard,
            FilterList rules,
            List<byte[]> forwarded)
            throws IOException {
        PathLabel label = PathLabel.of("/");
        try (FileTree root = FileTree.open(bytes("/"), TreePolicy.OPERATOR)) {
            TransferResult result;
            if (connection.session().side() == Side.SENDER) {
                var from = new SendingSide.Sources(
                        root, List.of(relative(sources)), rules, FilterList.EMPTY, forwarded, label);
                result = new SendingSide(connection, own, listener)
                        .sharing(shared)
                        .run(from);
            } else {
                var to = new ReceivingSide.Destination(
                        root, relative(destination), rules, FilterList.EMPTY, forwarded, label);
                result = new ReceivingSide(connection, own, listener).run(to);
            }
            return End.of(result, heard);
        } catch (TransferException e) {
            return End.of(e, heard);
        }
    }

    private HandshakeRequest request(Side side, String capabilities) {
        return new HandshakeRequest(
                side,
                new ProtocolVersion(protocol),
                OptionalInt.empty(),
                capabilities,
                options.allowsIncrementalRecursion(side),
                options.algorithms().checksumChoice(),
                options.algorithms().compresses(),
                options.algorithms().compressChoice(),
                HandshakeRequest.ALL_CHECKSUMS,
                List.of(CompressionType.ZLIBX, CompressionType.ZLIB),
                OptionalInt.empty(),
                0x1234_5678);
    }

    private static byte[] relative(String path) {
        return bytes(path.startsWith("/") ? path.substring(1) : path);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
