package io.sluice.client.transport;

import io.sluice.client.ClientException;
import io.sluice.linux.ChildProgram;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The standard input and output of a program, whose standard error is ours. */
final class ProgramLink implements Link {
    private static final long EXIT_MILLIS = 5_000;

    private final ChildProgram program;
    private final InputStream input;
    private final OutputStream output;
    private final AutoCloseable streams;
    private final boolean statusTells;

    private ProgramLink(
            ChildProgram program, InputStream input, OutputStream output, AutoCloseable streams, boolean statusTells) {
        this.program = program;
        this.input = input;
        this.output = output;
        this.streams = streams;
        this.statusTells = statusTells;
    }

    /**
     * Starts a program that leads to the peer by pipes, as a remote shell does; its exit status counts.
     *
     * @param arguments its name first
     * @param variables that it has besides ours, each {@code NAME=value}
     */
    static ProgramLink piped(List<byte[]> arguments, List<byte[]> variables) throws IOException {
        try {
            ChildProgram.Piped piped = ChildProgram.startPiped(arguments, variables);
            return new ProgramLink(piped.program(), piped.output(), new PatientOutput(piped.input()), piped, true);
        } catch (SystemCallException e) {
            throw failedToStart(arguments, e);
        }
    }

    /** Starts a shell command whose standard input is a socket, by which a daemon knows that it is to serve that connection alone. */
    static ProgramLink connected(String command) throws IOException {
        List<byte[]> arguments = List.of(bytes("/bin/sh"), bytes("-c"), bytes(command));
        try {
            ChildProgram.Connected connected = ChildProgram.startConnected(arguments);
            SocketChannel channel = connected.channel();
            SocketLink socket = new SocketLink(channel);
            return new ProgramLink(connected.program(), socket.input(), socket.output(), socket, false);
        } catch (SystemCallException e) {
            throw failedToStart(arguments, e);
        }
    }

    private static ClientException failedToStart(List<byte[]> arguments, SystemCallException e) {
        String name = new String(arguments.getFirst(), StandardCharsets.UTF_8);
        String text = "rsync: [sender] Failed to exec " + name + ": " + e.reason() + " (" + e.errno() + ")";
        return new ClientException(ExitCode.IPC, text, e);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public OptionalLong process() {
        return statusTells ? OptionalLong.of(program.id()) : OptionalLong.empty();
    }

    /** A link that just broke off has its reason in the program's exit status, if that is worse than ours. */
    @Override
    public TransferException explain(TransferException failure) {
        boolean broken = failure.exitCode() == ExitCode.STREAM_IO || failure.exitCode() == ExitCode.SOCKET_IO;
        if (!broken) {
            return failure;
        }
        TransferException closed = failure.exitCode() == ExitCode.SOCKET_IO
                ? new TransferException(
                        ExitCode.STREAM_IO, "connection unexpectedly closed (0 bytes received so far)", failure)
                : failure;
        OptionalInt status = statusTells ? exitStatus() : OptionalInt.empty();
        boolean worse =
                status.isPresent() && status.getAsInt() > closed.exitCode().value();
        return worse ? new RemoteProgramException(status.getAsInt(), closed) : closed;
    }

    /** Without a limit, as rsync waits: {@link #close} ends it. */
    @Override
    public int finish() {
        OptionalInt status = OptionalInt.empty();
        while (statusTells && status.isEmpty() && !Thread.currentThread().isInterrupted()) {
            status = exitStatus();
        }
        return status.orElse(0);
    }

    private OptionalInt exitStatus() {
        try {
            return program.await(EXIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            streams.close();
        } catch (Exception gone) {
            // The program ended before it read everything; what matters is its exit status.
        }
        if (exitStatus().isEmpty()) {
            program.terminate();
        }
    }

    /**
     * What a program does not take of our first words is dropped: it may have said why before it ended, and that is to be read. Later on, as a program
     * that has stopped to read is no use, a failure to write counts.
     */
    private static final class PatientOutput extends OutputStream {
        private static final int FIRST_WORDS = 64 * 1024;

        private final OutputStream to;
        private int written;

        PatientOutput(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            boolean first = written < FIRST_WORDS;
            written += first ? length : 0;
            try {
                to.write(from, offset, length);
            } catch (IOException e) {
                if (!first) {
                    throw e;
                }
            }
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }
}
