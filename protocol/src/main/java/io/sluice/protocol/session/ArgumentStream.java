package io.sluice.protocol.session;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Arguments on the stream (protocol ≥ 30): what a client tells a daemon, and what it keeps from a remote shell ({@code --secluded-args}, where
 * the first is a program's name).
 *
 * <pre>
 *   argument NUL  argument NUL  …  NUL
 * </pre>
 */
public final class ArgumentStream {
    private static final int MAX_ARGUMENTS = 16_000;
    private static final int MAX_ARGUMENT_BYTES = 64 * 1024;
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final byte[] DOT = {'.'};

    private ArgumentStream() {}

    /**
     * Reads a list to its end.
     *
     * @throws ProtocolException with code 2 if there are more than 16,000 arguments, 4 MiB in all, or 64 KiB in one
     */
    public static List<byte[]> read(WireInput in) throws IOException {
        List<byte[]> arguments = new ArrayList<>();
        int total = 0;
        for (byte[] argument = readOne(in); argument.length > 0; argument = readOne(in)) {
            total += argument.length;
            require("arguments", arguments.size() + 1, MAX_ARGUMENTS);
            require("bytes of arguments", total, MAX_BYTES);
            arguments.add(argument);
        }
        return arguments;
    }

    /**
     * Writes a list and its end. An empty argument is written as {@code .}, as it would be the end.
     *
     * @throws IllegalArgumentException if there is a NUL in an argument
     */
    public static void write(WireOutput out, List<byte[]> arguments) throws IOException {
        for (byte[] argument : arguments) {
            for (byte value : argument) {
                if (value == 0) {
                    throw new IllegalArgumentException("byte in an argument: NUL (expected: any other)");
                }
            }
            out.write(argument.length == 0 ? DOT : argument);
            out.writeByte(0);
        }
        out.writeByte(0);
    }

    private static byte[] readOne(WireInput in) throws IOException {
        var argument = new ByteArrayOutputStream();
        for (int next = in.readByte(); next != 0; next = in.readByte()) {
            require("bytes of an argument", argument.size() + 1, MAX_ARGUMENT_BYTES);
            argument.write(next);
        }
        return argument.toByteArray();
    }

    private static void require(String what, int value, int limit) throws ProtocolException {
        if (value > limit) {
            throw new ProtocolException(
                    ExitCode.PROTOCOL, what + ": at least " + value + " (expected: <= " + limit + ")");
        }
    }
}
