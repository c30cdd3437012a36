package io.sluice.protocol.delta;

import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;

/**
 * Tokens without compression.
 *
 * <pre>
 * | length 4 (1 to 32,768) | literal bytes |   or   | -(block + 1) 4 |   or, at the end,   | 0 4 |
 * </pre>
 */
final class PlainTokenWriter implements TokenWriter {
    private static final int LONGEST_LITERAL = 32 * 1024; // some peers take no more at once

    private final WireOutput out;

    PlainTokenWriter(WireOutput out) {
        this.out = out;
    }

    @Override
    public void literal(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; at += LONGEST_LITERAL) {
            int piece = Math.min(end - at, LONGEST_LITERAL);
            out.writeInt(piece);
            out.write(bytes, at, piece);
        }
    }

    @Override
    public void match(int index, byte[] bytes, int offset, int length) throws IOException {
        out.writeInt(-(index + 1));
    }

    @Override
    public void end() throws IOException {
        out.writeInt(TokenReader.END);
    }
}
