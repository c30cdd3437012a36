package io.sluice.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
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
     * @param variables that it has besides ours, each {@code NAME=value}
     * @throws SystemCallException with ENOENT if there is no such program
     */
    public static Piped startPiped(List<byte[]> arguments, List<byte[]> variables) throws IOException {
        Descriptor[] toProgram = pipe();
        Descriptor[] fromProgram = pipe();
        try {
            OutputStream input = new FileOutputStream("/proc/self/fd/" + toProgram[1].number());
            InputStream output = new FileInputStream("/proc/self/fd/" + fromProgram[0].number());
            try {
                ChildProgram program = spawn(arguments, variables, toProgram[0].number(), fromProgram[1].number());
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
                    return new Connected(spawn(arguments, List.of(), socket.number(), socket.number()), channel);
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

    private static Descriptor[] pipe() throws SystemCallException {
        Caller caller = Caller.current();
        SystemCallException.check(
                caller.call(CallNumber.PIPE2, caller.structureAddress(), CLOSE_ON_EXEC), "pipe2", "pipe");
        MemorySegment ends = caller.structure();
        return new Descriptor[] {
            new Descriptor(ends.get(JAVA_INT, 0), "pipe"), new Descriptor(ends.get(JAVA_INT, Integer.BYTES), "pipe")
        };
    }

    private static ChildProgram spawn(List<byte[]> arguments, List<byte[]> variables, int input, int output)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return new ChildProgram(new Spawning(arena, variables).start(arguments, input, output));
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

    /** {@code posix_spawnp(3)} with its structures, which live as long as the arena. */
    private static final class Spawning {
        /** More than any C library's structures take. */
        private static final int STRUCTURE_SIZE = 512;

        private static final int ALIGNMENT = 16;
        private static final int POINTER = 8;
        private static final int SET_SIGNAL_MASK = 8;
        private static final int FIRST_OWN = 3;

        private final Arena arena;
        private final List<byte[]> variables;
        private final SymbolLookup library = Linker.nativeLinker().defaultLookup();

        Spawning(Arena arena, List<byte[]> variables) {
            this.arena = arena;
            this.variables = variables;
        }

        int start(List<byte[]> arguments, int input, int output) throws IOException {
            MemorySegment id = arena.allocate(JAVA_INT);
            long actions = arena.allocate(STRUCTURE_SIZE, ALIGNMENT).address();
            require("posix_spawn_file_actions_init", actions, 0, 0);
            require("posix_spawn_file_actions_adddup2", actions, input, 0);
            require("posix_spawn_file_actions_adddup2", actions, output, 1);
            if (library.find("posix_spawn_file_actions_addclosefrom_np").isPresent()) {
                require("posix_spawn_file_actions_addclosefrom_np", actions, FIRST_OWN, 0);
            }
            int error = call(
                    "posix_spawnp",
                    id.address(),
                    text(arguments.getFirst()),
                    actions,
                    attributes(),
                    vector(arguments),
                    environment());
            if (error != 0) {
                throw new SystemCallException("posix_spawn", error, arguments.getFirst());
            }
            return id.get(JAVA_INT, 0);
        }

        /** With no signal blocked, as the JVM's threads have some. */
        private long attributes() throws IOException {
            long attributes = arena.allocate(STRUCTURE_SIZE, ALIGNMENT).address();
            long none = arena.allocate(STRUCTURE_SIZE, ALIGNMENT).address();
            require("posix_spawnattr_init", attributes, 0, 0);
            require("posix_spawnattr_setsigmask", attributes, none, 0);
            require("posix_spawnattr_setflags", attributes, SET_SIGNAL_MASK, 0);
            return attributes;
        }

        /** Our variables as the C library has them, byte for byte, behind those that are added: of two, programs see the first. */
        @SuppressWarnings("restricted")
        private long environment() {
            MemorySegment own = library.findOrThrow("environ")
                    .reinterpret(POINTER)
                    .get(ADDRESS, 0)
                    .reinterpret(Long.MAX_VALUE);
            int count = 0;
            while (own.getAtIndex(JAVA_LONG, count) != 0) {
                count++;
            }
            MemorySegment vector = arena.allocate(JAVA_LONG, variables.size() + count + 1L);
            for (int i = 0; i < variables.size(); i++) {
                vector.setAtIndex(JAVA_LONG, i, text(variables.get(i)));
            }
            MemorySegment.copy(own, 0, vector, (long) variables.size() * POINTER, (long) count * POINTER);
            return vector.address();
        }

        private long vector(List<byte[]> arguments) {
            MemorySegment vector = arena.allocate(JAVA_LONG, arguments.size() + 1L);
            for (int i = 0; i < arguments.size(); i++) {
                vector.setAtIndex(JAVA_LONG, i, text(arguments.get(i)));
            }
            return vector.address();
        }

        private long text(byte[] bytes) {
            for (byte octet : bytes) {
                if (octet == 0) {
                    throw new IllegalArgumentException("argument: " + KernelBytes.show(bytes) + " (expected: no NUL)");
                }
            }
            MemorySegment text = arena.allocate(bytes.length + 1L);
            MemorySegment.copy(MemorySegment.ofArray(bytes), 0, text, 0, bytes.length);
            return text.address();
        }

        private void require(String function, long a, long b, long c) throws IOException {
            int error = call(function, a, b, c, 0, 0, 0);
            if (error != 0) {
                throw new SystemCallException(function, error, "program");
            }
        }

        private int call(String function, long a, long b, long c, long d, long e, long f) {
            try {
                return (int) Native.FUNCTION.invokeExact(library.findOrThrow(function), a, b, c, d, e, f);
            } catch (Throwable impossible) {
                throw new AssertionError(function + " by a method handle", impossible);
            }
        }
    }

    /** One handle for every function that takes up to six words and answers with an error number. */
    private static final class Native {
        static final MethodHandle FUNCTION = handle();

        private Native() {}

        @SuppressWarnings("restricted")
        private static MethodHandle handle() {
            return Linker.nativeLinker()
                    .downcallHandle(FunctionDescriptor.of(
                            JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
        }
    }
}
