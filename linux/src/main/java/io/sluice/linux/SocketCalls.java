package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.Optional;

/** Sockets that the JDK has no object for: those that this process was started with, and those that it starts others with. */
public final class SocketCalls {
    private static final int UNIX = 1;
    private static final int INET = 2;
    private static final int INET6 = 10;
    private static final int STREAM_CLOSE_ON_EXEC = 0x80001;
    private static final int SOCKET_LEVEL = 1;
    private static final int SOCKET_TYPE = 3;
    private static final int INET_BYTES = 4;
    private static final int INET6_BYTES = 16;
    private static final int INET_SIZE = 16;
    private static final int INET_PORT_AT = 2;
    private static final int INET_ADDRESS_AT = 4;
    private static final int INET6_ADDRESS_AT = 8;
    /** Of the 64 bytes of the caller's structure, the last eight hold a length. */
    private static final int ROOM = 56;

    private SocketCalls() {}

    /** Whether a descriptor is a socket. */
    public static boolean isSocket(int fd) {
        return option(fd, SOCKET_TYPE) >= 0;
    }

    /** An option of a socket, below 0 if the descriptor is none. */
    static int option(int fd, int name) {
        Caller caller = Caller.current();
        caller.structure().set(JAVA_INT, ROOM, Integer.BYTES);
        long value = caller.structureAddress();
        long result = caller.call(CallNumber.GETSOCKOPT, fd, SOCKET_LEVEL, name, value, value + ROOM);
        return (int) (result < 0 ? result : caller.structure().get(JAVA_INT, 0));
    }

    /**
     * The address that a socket is connected to; empty for a kind that has none, such as a Unix socket, whose peer is on this machine.
     *
     * @throws SystemCallException if it is not connected
     */
    public static Optional<InetAddress> peerAddress(int fd) throws IOException {
        MemorySegment name = name(CallNumber.GETPEERNAME, "getpeername", fd);
        return switch (name.get(JAVA_SHORT, 0)) {
            case INET -> Optional.of(address(name, INET_ADDRESS_AT, INET_BYTES));
            case INET6 -> Optional.of(address(name, INET6_ADDRESS_AT, INET6_BYTES));
            case UNIX -> Optional.empty();
            default -> throw new IOException("family of a socket's peer: " + name.get(JAVA_SHORT, 0));
        };
    }

    private static InetAddress address(MemorySegment name, int at, int length) throws IOException {
        byte[] bytes = new byte[length];
        MemorySegment.copy(name, JAVA_BYTE, at, bytes, 0, length);
        return InetAddress.getByAddress(bytes);
    }

    private static MemorySegment name(int call, String called, int fd) throws SystemCallException {
        Caller caller = Caller.current();
        MemorySegment structure = caller.structure();
        structure.set(JAVA_INT, ROOM, ROOM);
        long address = caller.structureAddress();
        check(caller.call(call, fd, address, address + ROOM), called, "descriptor " + fd);
        return structure;
    }

    /** A new socket that is connected to a port of this machine, closed in programs that this process starts. The caller closes it. */
    static Descriptor connectToLoopback(int port) throws IOException {
        Caller caller = Caller.current();
        String shown = "127.0.0.1:" + port;
        long fd = check(caller.call(CallNumber.SOCKET, INET, STREAM_CLOSE_ON_EXEC, 0), "socket", shown);
        Descriptor socket = new Descriptor((int) fd, shown);
        try {
            MemorySegment name = caller.structure();
            name.fill((byte) 0);
            name.set(JAVA_SHORT, 0, (short) INET);
            name.set(JAVA_BYTE, INET_PORT_AT, (byte) (port >> 8));
            name.set(JAVA_BYTE, INET_PORT_AT + 1, (byte) port);
            name.set(JAVA_BYTE, INET_ADDRESS_AT, (byte) 127);
            name.set(JAVA_BYTE, INET_ADDRESS_AT + INET_BYTES - 1, (byte) 1);
            check(caller.call(CallNumber.CONNECT, fd, caller.structureAddress(), INET_SIZE), "connect", shown);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The port that a socket itself has. */
    static int localPort(Descriptor socket) throws IOException {
        return localPort(socket.number());
    }

    static int localPort(int fd) throws IOException {
        MemorySegment name = name(CallNumber.GETSOCKNAME, "getsockname", fd);
        return (name.get(JAVA_BYTE, INET_PORT_AT) & 0xFF) << 8 | (name.get(JAVA_BYTE, INET_PORT_AT + 1) & 0xFF);
    }
}
