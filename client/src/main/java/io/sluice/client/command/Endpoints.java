package io.sluice.client.command;

import io.sluice.client.ClientException;
import io.sluice.client.Location;
import io.sluice.protocol.session.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which way the files go.
 *
 * @param side what we are
 * @param peer the one end that can be elsewhere, without its path: our destination if we send, where the sources are if we receive
 * @param sources paths as given, on this host if we send, else on the peer
 * @param destination the path where they go; empty if nothing goes anywhere: a listing
 */
public record Endpoints(Side side, Location peer, List<byte[]> sources, Optional<byte[]> destination) {
    private static final byte[] HERE = {'.'};

    public Endpoints {
        sources = List.copyOf(sources);
    }

    /** Nothing goes anywhere, and the peer is a daemon without a module: its modules are to be listed. */
    public boolean listsModules() {
        return side == Side.RECEIVER && peer instanceof Location.Daemon && sources.getFirst().length == 0;
    }

    /** Returns the same with {@code port} (0: none) for a daemon whose operand names no port. */
    public Endpoints withDefaultPort(int port) {
        if (port == 0 || !(peer instanceof Location.Daemon daemon) || daemon.port() != 0) {
            return this;
        }
        return new Endpoints(side, daemon.withPort(port), sources, destination);
    }

    /** Returns the same with a daemon that is reached by TLS, if there is one. */
    public Endpoints withTls() {
        return peer instanceof Location.Daemon daemon
                ? new Endpoints(side, daemon.withTls(), sources, destination)
                : this;
    }

    /** Returns the place of {@code path} on the peer. */
    public Location peerWith(byte[] path) {
        return switch (peer) {
            case Location.Local local -> new Location.Local(path);
            case Location.Daemon daemon -> daemon.withPath(path);
            case Location.Shell shell -> new Location.Shell(shell.user(), shell.host(), path);
        };
    }

    /** A batch takes the place of the sender; the destination is to be here, see {@link #requireHere}. */
    public static Endpoints replaying(String destination) {
        return new Endpoints(
                Side.RECEIVER,
                new Location.Local(HERE),
                List.of(HERE.clone()),
                Optional.of(ByteText.bytes(destination)));
    }

    /** A batch is for a destination on this host. */
    public static void requireHere(String destination) throws ClientException {
        if (OperandParser.parse(destination) instanceof Location.Remote) {
            throw new UsageException("remote destination is not allowed with --read-batch");
        }
    }

    /**
     * Reads a command line's operands.
     *
     * @param operands at least one
     * @throws ClientException with rsync's texts if they do not fit together
     */
    public static Endpoints of(List<String> operands) throws ClientException {
        Location first = OperandParser.parse(operands.getFirst());
        return first instanceof Location.Remote remote ? receiving(remote, operands) : sending(operands);
    }

    private static Endpoints receiving(Location.Remote first, List<String> operands) throws ClientException {
        int count = operands.size();
        boolean listing = count == 1 || operands.getLast().startsWith(":");
        if (!listing && OperandParser.parse(operands.getLast()) instanceof Location.Remote) {
            throw new UsageException("The source and destination cannot both be remote.");
        }
        List<byte[]> sources = new ArrayList<>();
        sources.add(remotePath(first));
        for (String operand : operands.subList(1, listing ? count : count - 1)) {
            sources.add(remotePath(sameHost(first, operand)));
        }
        Optional<byte[]> destination = listing ? Optional.empty() : Optional.of(ByteText.bytes(operands.getLast()));
        if (destination.isPresent() && destination.get().length == 0) {
            throw new UsageException("Empty destination arg specified (use \".\" or see --old-args).");
        }
        return new Endpoints(Side.RECEIVER, first, sources, destination);
    }

    private static Location.Remote sameHost(Location.Remote first, String operand) throws ClientException {
        if (!(OperandParser.parse(operand) instanceof Location.Remote other)) {
            throw new UsageException(
                    "Unexpected local arg: " + operand + "\nIf arg is a remote file/dir, prefix it with a colon (:).");
        }
        if (!other.host().isEmpty()
                && (!other.host().equals(first.host()) || !other.user().equals(first.user()))) {
            throw new UsageException("All source args must come from the same machine.");
        }
        if (first.getClass() != other.getClass() || (!other.host().isEmpty() && usesTls(first) != usesTls(other))) {
            throw new UsageException("All source args must use the same hostspec format.");
        }
        if (first instanceof Location.Daemon one && other instanceof Location.Daemon two && one.port() != two.port()) {
            throw new UsageException("All source args must use the same port number.");
        }
        return other;
    }

    private static boolean usesTls(Location location) {
        return location instanceof Location.Daemon daemon && daemon.tls();
    }

    private static Endpoints sending(List<String> operands) throws ClientException {
        boolean listing = operands.size() == 1;
        List<String> sources = listing ? operands : operands.subList(0, operands.size() - 1);
        String last = operands.getLast();
        if (!listing && last.isEmpty()) {
            throw new UsageException("Empty destination arg specified (use \".\" or see --old-args).");
        }
        List<byte[]> paths = new ArrayList<>();
        for (String source : sources) {
            if (source.isEmpty()) {
                throw new UsageException("Empty source arg specified.");
            }
            if (OperandParser.parse(source) instanceof Location.Remote) {
                throw new UsageException("Unexpected remote arg: " + source);
            }
            paths.add(ByteText.bytes(source));
        }
        Location peer = listing ? new Location.Local(HERE) : OperandParser.parse(last);
        byte[] path = peer instanceof Location.Remote remote ? remotePath(remote) : peer.path();
        return new Endpoints(Side.SENDER, peer, paths, listing ? Optional.empty() : Optional.of(path));
    }

    /** A remote shell's empty path is the home directory. */
    private static byte[] remotePath(Location.Remote location) {
        boolean home = location instanceof Location.Shell && location.path().length == 0;
        return home ? HERE.clone() : Arrays.copyOf(location.path(), location.path().length);
    }
}
