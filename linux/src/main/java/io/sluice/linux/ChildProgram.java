package io.sluice.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A program that this process started, with arguments in any bytes and this process's environment and standard error. The JDK's {@code ProcessBuilder}
 * takes arguments that are text and gives a program pipes alone.
 */
public final class ChildProgram {
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final int NO_HANG = 1;
    private static final int TERMINATE = 15;
    private static final int SIGNAL_BITS = 0x7F;
    private static final int STATUS_SHIFT = 8;
    private static final int STATUS_MASK = 0xFF;
    private static final int PAUSE_MILLIS = 2;

    private final int id;
    private OptionalInt status = OptionalInt.empty();

    private ChildProgram(int id) {
        this.id = id;
    }

    /** The process's number. */
    public int id() {
        return id;
    }

    /**
     * A program whose standard input and output are pipes.
     *
     * @param program the process
     * @param output what it writes; the caller closes it
     * @param input what it reads; the caller closes it
     */
    public record Piped(ChildProgram program, InputStream output, OutputStream input) implements AutoCloseable {
        /** Closes both streams. */
        @Override
        public void close() throws IOException {
            try (output) {
                input.close();
            }
        }
    }

    /**
     * A program whose standard input and output are one TCP connection within this machine.
     *
     * @param program the process
     * @param channel the other end, blocking; the caller closes it
     */
    public record Connected(ChildProgram program, SocketChannel channel) {}

    /**
     * Starts a program, looked for in {@code PATH} unless its name has a slash.
     *
     * @param arguments its name first
     * @param variables that it has besides ours, or instead of those of the same name, each {@code NAME=value}
     * @throws SystemCallException with ENOENT if there is no such program
     */
    public static Piped startPiped(List<byte[]> arguments, List<byte[]> variables) throws IOException {
        return startPiped(arguments, variables, false, Optional.empty());
    }

    /**
     * The same, with more to say about it.
     *
     * @param quiet its standard error goes nowhere
     * @param root where the program begins; empty: where this process is
     */
    public static Piped startPiped(
            List<byte[]> arguments, List<byte[]> variables, boolean quiet, Optional<RootedThread> root)
            throws IOException {
        Descriptor[] toProgram = pipe();
        Descriptor[] fromProgram = pipe();
        try {
            OutputStream input = new FileOutputStream("/proc/self/fd/" + toProgram[1].number());
            InputStream output = new FileInputStream("/proc/self/fd/" + fromProgram[0].number());
            try {
                Streams streams = new Streams(toProgram[0].number(), fromProgram[1].number(), quiet);
                ChildProgram program = spawn(arguments, variables, streams, root);
                return new Piped(program, output, input);
            } catch (IOException e) {
                input.close();
                output.close();
                throw e;
            }
        } finally {
            for (Descriptor[] pair : List.of(toProgram, fromProgram)) {
                pair[0].close();
                pair[1].close();
            }
        }
    }

    /** As {@link #startPiped}, with a socket. Nobody else can have got hold of its other end. */
    public static Connected startConnected(List<byte[]> arguments) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 1);
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            Descriptor socket = SocketCalls.connectToLoopback(port);
            try {
                SocketChannel channel = acceptFrom(server, SocketCalls.localPort(socket));
                try {
                    Streams streams = new Streams(socket.number(), socket.number(), false);
                    return new Connected(spawn(arguments, List.of(), streams, Optional.empty()), channel);
                } catch (IOException e) {
                    channel.close();
                    throw e;
                }
            } finally {
                socket.close();
            }
        }
    }

    private static SocketChannel acceptFrom(ServerSocketChannel server, int port) throws IOException {
        while (true) {
            SocketChannel channel = server.accept();
            if (((InetSocketAddress) channel.getRemoteAddress()).getPort() == port) {
                return channel;
            }
            channel.close(); // a stranger was faster
        }
    }

    static Descriptor[] pipe() throws SystemCallException {
        Caller caller = Caller.current();
        SystemCallException.check(
                caller.call(CallNumber.PIPE2, caller.structureAddress(), CLOSE_ON_EXEC), "pipe2", "pipe");
        MemorySegment ends = caller.structure();
        return new Descriptor[] {
            new Descriptor(ends.get(JAVA_INT, 0), "pipe"), new Descriptor(ends.get(JAVA_INT, Integer.BYTES), "pipe")
        };
    }

    /** The descriptors that a program gets. */
    private record Streams(int input, int output, boolean quiet) {}

    private static ChildProgram spawn(
            List<byte[]> arguments, List<byte[]> variables, Streams streams, Optional<RootedThread> root)
            throws IOException {
        try (Arena arena = Arena.ofConfined();
                Nothing nothing = Nothing.open()) {
            Spawning spawning = new Spawning(arena);
            spawning.give(streams.input, 0);
            spawning.give(streams.output, 1);
            if (streams.quiet) {
                spawning.give(nothing.number(), 2);
            }
            return new ChildProgram(spawning.start(arguments, variables, root));
        }
    }

    /**
     * Waits for the program to end.
     *
     * @return its exit status, 128 and the signal's number if a signal ended it; empty if {@code millis} were not enough
     */
    public synchronized OptionalInt await(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (status.isEmpty()) {
            Caller caller = Caller.current();
            long result = caller.call(CallNumber.WAIT4, id, caller.structureAddress(), NO_HANG, 0);
            if (result == id) {
                int raw = caller.structure().get(JAVA_INT, 0);
                int signal = raw & SIGNAL_BITS;
                status = OptionalInt.of(signal == 0 ? raw >> STATUS_SHIFT & STATUS_MASK : 128 + signal);
            } else if (result < 0) {
                status = OptionalInt.of(0); // somebody else has asked for it
            } else if (System.nanoTime() >= end) {
                break;
            } else {
                wait(PAUSE_MILLIS); // the kernel tells no one but who waits, and that without a limit
            }
        }
        return status;
    }

    /** Asks the program to end. */
    public synchronized void terminate() {
        if (status.isEmpty()) {
            Caller.current().call(CallNumber.KILL, id, TERMINATE);
        }
    }
}
