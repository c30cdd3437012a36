package io.sluice.protocol.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The binary negotiation after the arguments. It ends before multiplexing starts; the caller turns that on, for what a client sends only if the version
 * has that.
 *
 * <pre>
 *   both     int version                 unless greetings told it
 *   server   varint compat flags         protocol ≥ 30
 *   both     vstring checksum names      if the flags say names are negotiated and none was chosen by option
 *   both     vstring compression names   likewise, and tokens are compressed
 *   server   int checksum seed
 * </pre>
 *
 * <p>Both ends send their names before they read the other's. The client's order decides: the first of its names that the server has too.
 */
public final class Handshake {
    /** The capability letters a client of ours sends after {@code -e.}; {@code i} is left out when incremental recursion is not allowed. */
    public static final String CAPABILITIES = "iLsfxCIvu";

    /** One more letter, of a client that would send another request on the same connection. */
    public static final String REUSE = "K";

    private static final int MAX_NAMES = 1024;

    private final WireInput in;
    private final WireOutput out;
    private final HandshakeRequest request;
    private final boolean server;
    private final boolean batch;
    private final HandshakeWitness witness;

    private enum End {
        CLIENT,
        SERVER,
        BATCH
    }

    private Handshake(WireInput in, WireOutput out, HandshakeRequest request, End end, HandshakeWitness witness) {
        this.in = in;
        this.out = out;
        this.request = request;
        this.server = end == End.SERVER;
        this.batch = end == End.BATCH;
        this.witness = witness;
    }

    /** Runs the client's end. */
    public static Session asClient(WireInput in, WireOutput out, HandshakeRequest request) throws IOException {
        return asClient(in, out, request, HandshakeWitness.NONE);
    }

    /** Runs the client's end; {@code witness} hears what is said. */
    public static Session asClient(WireInput in, WireOutput out, HandshakeRequest request, HandshakeWitness witness)
            throws IOException {
        return new Handshake(in, out, request, End.CLIENT, witness).run();
    }

    /** Runs the server's end. */
    public static Session asServer(WireInput in, WireOutput out, HandshakeRequest request) throws IOException {
        return asServer(in, out, request, HandshakeWitness.NONE);
    }

    /** Runs the server's end; {@code witness} hears what is said. */
    public static Session asServer(WireInput in, WireOutput out, HandshakeRequest request, HandshakeWitness witness)
            throws IOException {
        return new Handshake(in, out, request, End.SERVER, witness).run();
    }

    /** What a batch file begins with, behind its flags, instead of a conversation; nothing was negotiated by name. */
    public static Session fromBatch(WireInput in, HandshakeRequest request) throws IOException {
        WireOutput nowhere = new WireOutput(OutputStream.nullOutputStream());
        return new Handshake(in, nowhere, request, End.BATCH, HandshakeWitness.NONE).run();
    }

    private Session run() throws IOException {
        ProtocolVersion version = agreeOnVersion();
        int flags = version.hasCompatFlags() ? exchangeFlags(version) : 0;
        boolean varints = (flags & CompatFlags.VARINT_FLAGS) != 0;
        boolean names = varints && !batch;
        if (names) {
            sendNames();
        }
        ChecksumType negotiatedChecksum = agreeOnChecksum(version, names);
        CompressionType compression = agreeOnCompression(names);
        int seed = exchangeSeed();

        List<ChecksumType> chosen = request.checksums();
        ChecksumType transfer = chosen.isEmpty() ? negotiatedChecksum : chosen.getFirst();
        ChecksumType file = chosen.isEmpty() ? negotiatedChecksum : chosen.getLast();
        return new Session(
                request.side(),
                server,
                version,
                (flags & CompatFlags.INCREMENTAL_RECURSION) != 0,
                hasSymlinkTimes(flags),
                (flags & CompatFlags.SAFE_FILE_LIST) != 0 || version.alwaysSafeFileList(),
                version.hasXattrOptimization() && (flags & CompatFlags.AVOID_XATTR_OPTIMIZATION) == 0,
                (flags & CompatFlags.SEED_FIRST) != 0,
                (flags & CompatFlags.INPLACE_PARTIAL_DIR) != 0,
                varints,
                (flags & CompatFlags.ID_ZERO_NAMES) != 0,
                transfer,
                file,
                compression,
                seed,
                request.names().withLinkTargets(convertsLinkTargets(flags)),
                request.reusable() && (flags & CompatFlags.REUSABLE) != 0);
    }

    private ProtocolVersion agreeOnVersion() throws IOException {
        int peer;
        if (request.peerVersion().isPresent()) {
            peer = request.peerVersion().getAsInt();
        } else {
            out.writeInt(request.version().number());
            out.flush();
            peer = in.readInt();
        }
        if (!ProtocolVersion.isPlausible(peer)) {
            throw new ProtocolException(
                    ExitCode.PROTOCOL,
                    "protocol version mismatch -- is your shell clean? (the peer sent " + peer + ")");
        }
        if (batch && peer > request.version().number()) {
            throw new ProtocolException(
                    ExitCode.PROTOCOL,
                    "The protocol version in the batch file is too new (" + peer + " > "
                            + request.version().number() + ").");
        }
        int agreed = Math.min(peer, request.version().number());
        witness.versions(peer, agreed);
        if (agreed < ProtocolVersion.OLDEST.number()) {
            throw new ProtocolException(
                    ExitCode.PROTOCOL,
                    "protocol version: " + agreed + " (expected: at least " + ProtocolVersion.OLDEST.number()
                            + " on the " + (server ? "client" : "server") + ")");
        }
        return new ProtocolVersion(agreed);
    }

    private int exchangeFlags(ProtocolVersion version) throws IOException {
        if (server) {
            boolean offersReuse = request.reusable() && version.hasFarewell() && request.side() == Side.RECEIVER;
            int flags = CompatFlags.answer(request.peerCapabilities(), request.allowIncrementalRecursion())
                    | (offersReuse ? CompatFlags.offerReuse(request.peerCapabilities()) : 0);
            out.writeVarInt(flags);
            return flags;
        }
        int flags = in.readVarInt();
        if ((flags & CompatFlags.INCREMENTAL_RECURSION) != 0 && !request.allowIncrementalRecursion()) {
            throw new ProtocolException(
                    ExitCode.SYNTAX,
                    "Incompatible options specified for inc-recursive " + (batch ? "batch file." : "connection."));
        }
        return flags;
    }

    private void sendNames() throws IOException {
        if (negotiatesChecksum()) {
            sendNames("checksum", request.offeredChecksums(), ChecksumType::wireName);
        }
        if (negotiatesCompression()) {
            sendNames("compress", request.offeredCompressions(), CompressionType::wireName);
        }
        out.flush();
    }

    private boolean negotiatesChecksum() {
        return request.checksums().isEmpty();
    }

    private boolean negotiatesCompression() {
        return request.compress() && request.compressions().isEmpty();
    }

    /** A server offers {@code none} last, a client does not. */
    private <T> void sendNames(String what, List<T> offered, Function<T, String> name) throws IOException {
        String known = offered.stream().map(name).collect(Collectors.joining(" "));
        String names = server ? known + " none" : known;
        witness.offered(what, names);
        out.writeVString(names.getBytes(US_ASCII));
    }

    private ChecksumType agreeOnChecksum(ProtocolVersion version, boolean names) throws IOException {
        if (!names || !negotiatesChecksum()) {
            return version.impliesMd5() ? ChecksumType.MD5 : ChecksumType.MD4_SEEDED;
        }
        return firstCommon("checksum", request.offeredChecksums(), ChecksumType::wireName, ChecksumType.NONE);
    }

    private CompressionType agreeOnCompression(boolean names) throws IOException {
        if (!request.compress()) {
            return CompressionType.NONE;
        }
        if (!request.compressions().isEmpty()) {
            return request.compressions().getFirst();
        }
        return names
                ? firstCommon(
                        "compress", request.offeredCompressions(), CompressionType::wireName, CompressionType.NONE)
                : CompressionType.ZLIB;
    }

    private <T> T firstCommon(String what, List<T> offered, Function<T, String> name, T none) throws IOException {
        String theirs = new String(in.readVString(MAX_NAMES), US_ASCII);
        witness.heard(what, theirs);
        List<String> names = Arrays.asList(theirs.toLowerCase(Locale.ROOT).split(" ", -1));
        List<T> known =
                server ? Stream.concat(offered.stream(), Stream.of(none)).toList() : offered;
        Stream<T> common = known.stream().filter(type -> names.contains(name.apply(type)));
        Optional<T> choice = server
                ? common.min(Comparator.comparingInt(type -> names.indexOf(name.apply(type))))
                : common.findFirst();
        if (choice.isPresent()) {
            return choice.get();
        }
        String ours = offered.stream().map(name).collect(Collectors.joining(" "));
        throw new ProtocolException(
                ExitCode.UNSUPPORTED,
                "Failed to negotiate a " + what + " choice.\n" + (server ? "Client" : "Server") + " list: " + theirs
                        + "\n" + (server ? "Server" : "Client") + " list: " + ours);
    }

    private int exchangeSeed() throws IOException {
        if (server) {
            int asked = request.checksumSeed().orElse(0);
            int seed = asked == 0 ? request.randomSeed() : asked; // 0 asks for a random one
            out.writeInt(seed);
            out.flush();
            return seed;
        }
        return in.readInt();
    }

    private boolean convertsLinkTargets(int flags) {
        boolean asked = request.peerCapabilities().indexOf('s') >= 0;
        return (flags & CompatFlags.LINK_TARGET_NAMES) != 0 && (!server || asked);
    }

    private boolean hasSymlinkTimes(int flags) {
        if (request.side() == Side.RECEIVER) {
            return true;
        }
        return server ? request.peerCapabilities().indexOf('L') >= 0 : (flags & CompatFlags.SYMLINK_TIMES) != 0;
    }
}
