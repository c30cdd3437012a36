package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** A Unix socket that sends datagrams to another one that has a name, which the JDK has no object for: what syslog listens on. */
public final class LocalDatagrams implements AutoCloseable {
    private static final short UNIX = 1;
    /** Never waits: whoever does not take in what it is sent must not hold us up. */
    private static final int DATAGRAM_CLOSE_ON_EXEC_NONBLOCK = 0x80802;

    private static final int NAME_AT = 2;
    private static final int MAX_NAME = 107;

    private final Descriptor socket;
    private final String path;

    private LocalDatagrams(Descriptor socket, String path) {
        this.socket = socket;
        this.path = path;
    }

    /**
     * Opens one that sends to {@code path}; the caller closes it.
     *
     * @param path a file, or, with {@code @} as its first letter, a name that no file has
     */
    public static LocalDatagrams connect(String path) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        boolean isFile = !path.startsWith("@");
        if (name.length > MAX_NAME) {
            throw new IllegalArgumentException("socket: " + path + " (expected: a name of <= " + MAX_NAME + " bytes)");
        }
        Caller caller = Caller.current();
        long fd = check(caller.call(CallNumber.SOCKET, UNIX, DATAGRAM_CLOSE_ON_EXEC_NONBLOCK, 0), "socket", path);
        Descriptor socket = new Descriptor((int) fd, path);
        try {
            MemorySegment address = caller.statx();
            address.fill((byte) 0);
            address.set(JAVA_SHORT, 0, UNIX);
            MemorySegment.copy(name, 0, address, JAVA_BYTE, NAME_AT, name.length);
            if (!isFile) {
                address.set(JAVA_BYTE, NAME_AT, (byte) 0);
            }
            long length = NAME_AT + name.length + (isFile ? 1L : 0);
            check(caller.call(CallNumber.CONNECT, fd, caller.statxAddress(), length), "connect", path);
            return new LocalDatagrams(socket, path);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends the first bytes of {@code message}, as many as there is room for, as one datagram. */
    public void send(byte[] message) throws IOException {
        Caller caller = Caller.current();
        MemorySegment buffer = caller.ioBuffer();
        int length = (int) Math.min(message.length, buffer.byteSize());
        MemorySegment.copy(message, 0, buffer, JAVA_BYTE, 0, length);
        check(caller.call(CallNumber.WRITE, socket.number(), buffer.address(), length), "write", path);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
