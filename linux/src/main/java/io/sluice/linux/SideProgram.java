package io.sluice.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A program that this process starts to do something on its behalf, and then waits for. Arguments and variables are any bytes. Who waits for it or
 * reads from it can be interrupted; the program then goes on by itself.
 */
public final class SideProgram implements AutoCloseable {
    /** What an empty pipe takes at once. */
    private static final int MAX_INPUT = 16 * 1024;

    private static final int FAILED = 1 << 8;
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final int id;
    private final Optional<FileChannel> output;

    /** Where a program's standard output and error go. */
    public enum Output {
        /** Standard output is to be read here; standard error is this process's. */
        READ,
        /** Both are this process's. */
        OURS,
        /** Neither goes anywhere. */
        NOWHERE,
        /** As {@link #READ}, without standard error. */
        READ_ALONE
    }

    private SideProgram(int id, Optional<FileChannel> output) {
        this.id = id;
        this.output = output;
    }

    /**
     * Starts a program, looked for in {@code PATH} unless its name has a slash.
     *
     * @param arguments its name first
     * @param variables that it has besides ours, or instead of those of the same name, each {@code NAME=value}
     * @param input all of its standard input, at most {@value #MAX_INPUT} bytes
     * @param root where the program begins; empty: where this process is
     * @throws SystemCallException with ENOENT if there is no such program
     */
    public static SideProgram start(
            List<byte[]> arguments, List<byte[]> variables, byte[] input, Output output, Optional<RootedThread> root)
            throws IOException {
        if (input.length > MAX_INPUT) {
            throw new IllegalArgumentException("input: " + input.length + " bytes (expected: <= " + MAX_INPUT + ")");
        }
        boolean read = output == Output.READ || output == Output.READ_ALONE;
        Descriptor[] toProgram = input.length > 0 ? ChildProgram.pipe() : new Descriptor[0];
        Descriptor[] fromProgram = read ? ChildProgram.pipe() : new Descriptor[0];
        try {
            if (input.length > 0) { // a pipe holds it all, whether or not it will be read
                try (FileOutputStream pipe = new FileOutputStream("/proc/self/fd/" + toProgram[1].number())) {
                    pipe.write(input);
                }
            }
            Optional<FileChannel> channel = read ? Optional.of(channel(fromProgram[0])) : Optional.empty();
            try {
                return new SideProgram(spawn(arguments, variables, toProgram, fromProgram, output, root), channel);
            } catch (IOException e) {
                if (channel.isPresent()) {
                    channel.get().close();
                }
                throw e;
            }
        } finally {
            for (Descriptor end : toProgram) {
                end.close();
            }
            for (Descriptor end : fromProgram) {
                end.close();
            }
        }
    }

    @SuppressWarnings("resource") // closed with the channel
    private static FileChannel channel(Descriptor end) throws IOException {
        return new FileInputStream("/proc/self/fd/" + end.number()).getChannel();
    }

    private static int spawn(
            List<byte[]> arguments,
            List<byte[]> variables,
            Descriptor[] toProgram,
            Descriptor[] fromProgram,
            Output output,
            Optional<RootedThread> root)
            throws IOException {
        try (Arena arena = Arena.ofConfined();
                Nothing nothing = Nothing.open()) {
            Spawning spawning = new Spawning(arena);
            if (toProgram.length > 0) {
                spawning.give(toProgram[0].number(), STDIN);
            } else {
                spawning.give(nothing.number(), STDIN);
            }
            if (fromProgram.length > 0) {
                spawning.give(fromProgram[1].number(), STDOUT);
            } else if (output == Output.NOWHERE) {
                spawning.give(nothing.number(), STDOUT);
            }
            if (output == Output.NOWHERE || output == Output.READ_ALONE) {
                spawning.give(nothing.number(), STDERR);
            }
            return spawning.start(arguments, variables, root);
        }
    }

    /** Its process id. */
    int id() {
        return id;
    }

    /**
     * Reads what the program writes until it has closed its output.
     *
     * @param max bytes that are kept; what comes after them is thrown away
     * @throws java.nio.channels.ClosedByInterruptException if the calling thread is interrupted
     */
    public byte[] readOutput(int max) throws IOException {
        FileChannel channel = output.orElseThrow();
        ByteBuffer kept = ByteBuffer.allocate(max);
        ByteBuffer rest = ByteBuffer.allocate(MAX_INPUT);
        while (channel.read(kept.hasRemaining() ? kept : rest.clear()) >= 0) {
            // until its end
        }
        byte[] bytes = new byte[kept.position()];
        kept.flip().get(bytes);
        return bytes;
    }

    /**
     * Waits for the program to end, without limit.
     *
     * @return the status as {@code wait(2)} tells it: the exit code in the second byte, or a signal's number in the first
     */
    public int await() throws InterruptedException {
        Optional<CompletableFuture<ProcessHandle>> end = ProcessHandle.of(id).map(ProcessHandle::onExit);
        try {
            if (end.isPresent()) {
                end.get().get();
            }
        } catch (InterruptedException e) {
            var _ = end.orElseThrow().thenRun(this::reap);
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("process " + id, e);
        }
        return reap();
    }

    private int reap() {
        Caller caller = Caller.current();
        long result = caller.call(CallNumber.WAIT4, id, caller.structureAddress(), 0, 0);
        return result == id ? caller.structure().get(JAVA_INT, 0) : FAILED; // somebody else has asked for it
    }

    /** Closes our end of its output. */
    @Override
    public void close() throws IOException {
        if (output.isPresent()) {
            output.get().close();
        }
    }
}
