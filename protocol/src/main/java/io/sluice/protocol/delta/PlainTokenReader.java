package io.sluice.protocol.delta;

import io.sluice.protocol.wire.WireInput;
import java.io.IOException;

/**
 * Tokens without compression, as {@link PlainTokenWriter} shows them; a longer literal than it writes is handed out in
 * pieces.
 */
final class PlainTokenReader implements TokenReader {
    private final WireInput in;
    private final byte[] buffer = new byte[32 * 1024];
    private int rest;

    PlainTokenReader(WireInput in) {
        this.in = in;
    }

    @Override
    public int next() throws IOException {
        if (rest == 0) {
            int token = in.readInt();
            if (token <= 0) {
                return token;
            }
            rest = token;
        }
        int piece = Math.min(rest, buffer.length);
        in.readFully(buffer, 0, piece);
        rest -= piece;
        return piece;
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public void matched(byte[] bytes, int offset, int length) {}
}
