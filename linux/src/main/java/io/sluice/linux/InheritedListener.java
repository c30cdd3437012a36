package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A TCP socket that this process was started with and that listens already, as a channel of the JDK's. The JDK makes no channel of a descriptor, but a
 * descriptor can be put in the place of a channel's own.
 *
 * @param channel accepts; it does not know the socket's address. The caller closes it
 * @param port that the socket listens on
 */
public record InheritedListener(ServerSocketChannel channel, int port) {
    private static final int ACCEPTS = 30;
    private static final int FAMILY = 39;
    private static final int INET = 2;
    private static final int INET6 = 10;
    private static final int CLOSE_ON_EXEC = 02000000;

    /**
     * Takes a descriptor, which is closed afterwards.
     *
     * @throws IOException if it is none, or no TCP socket that listens
     */
    public static InheritedListener take(int fd) throws IOException {
        int family = SocketCalls.option(fd, FAMILY);
        boolean listens = SocketCalls.option(fd, ACCEPTS) == 1;
        if (!listens || (family != INET && family != INET6)) {
            throw new IOException("descriptor " + fd + ": family " + family + ", " + (listens ? "" : "not ")
                    + "listening (expected: a TCP socket that listens)");
        }
        int port = SocketCalls.localPort(fd);
        ServerSocketChannel channel =
                ServerSocketChannel.open(family == INET ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 1);
            int own = find(((InetSocketAddress) channel.getLocalAddress()).getPort());
            check(Caller.current().call(CallNumber.DUP3, fd, own, CLOSE_ON_EXEC), "dup3", "descriptor " + fd);
            new Descriptor(fd, "descriptor " + fd).close();
            return new InheritedListener(channel, port);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The descriptor that listens on a port that only one can have. */
    private static int find(int port) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            for (Path entry : open.toList()) {
                int fd = Integer.parseInt(String.valueOf(entry.getFileName()));
                if (SocketCalls.option(fd, ACCEPTS) == 1 && SocketCalls.localPort(fd) == port) {
                    return fd;
                }
            }
        }
        throw new IOException("port " + port + ": no descriptor (expected: that of a channel)");
    }
}
