package io.sluice.protocol.delta;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;

/** Tokens with compressed literals, as {@link TokenFlags} shows them. */
final class CompressedTokenReader implements TokenReader {
    private final WireInput in;
    private final Decompressor decompressor;
    private final byte[] part = new byte[TokenFlags.MAX_DATA];

    private boolean fetching; // the decompressor may have bytes of the last part
    private boolean inData; // parts have come, and no block or end since
    private int block; // the last one
    private int others; // how many of its run are left

    CompressedTokenReader(WireInput in, Decompressor decompressor) {
        this.in = in;
        this.decompressor = decompressor;
    }

    @Override
    public int next() throws IOException {
        if (others > 0) {
            others--;
            block++;
            return -(block + 1);
        }
        while (true) {
            int literal = fetching ? decompressor.fetch() : 0;
            if (literal > 0) {
                return literal;
            }
            fetching = false;
            int flag = in.readByte();
            if ((flag & TokenFlags.KIND) != TokenFlags.DATA) {
                return endDataAt(flag);
            }
            int length = (flag & TokenFlags.LOW_BITS) << Byte.SIZE | in.readByte();
            in.readFully(part, 0, length);
            decompressor.feed(part, length);
            fetching = true;
            inData = true;
        }
    }

    private int endDataAt(int flag) throws IOException {
        if (inData) {
            decompressor.endData();
            inData = false;
        }
        if (flag == TokenFlags.END) {
            block = 0;
            decompressor.begin();
            return END;
        }
        return readBlock(flag);
    }

    private int readBlock(int flag) throws IOException {
        boolean near = (flag & TokenFlags.NEAR_BLOCK) != 0;
        if (!near && flag != TokenFlags.BLOCK && flag != TokenFlags.RUN) {
            throw new ProtocolException("token flag: " + flag + " (expected: 0, 32, 33 or >= 64)");
        }
        boolean run = near ? (flag & TokenFlags.KIND) == TokenFlags.NEAR_RUN : flag == TokenFlags.RUN;
        long first = near ? (long) block + (flag & TokenFlags.LOW_BITS) : in.readInt();
        int behind = run ? in.readShort() : 0;
        if (run && behind == 0) {
            throw new ProtocolException("token run: 0 (expected: 1 to " + TokenFlags.MAX_OTHERS + ")");
        }
        if (first < 0 || first + behind >= Integer.MAX_VALUE) {
            throw new ProtocolException("token: " + first + " and " + behind + " (expected: less than 2147483647)");
        }
        block = (int) first;
        others = behind;
        return -(block + 1);
    }

    @Override
    public byte[] buffer() {
        return decompressor.buffer();
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public void matched(byte[] bytes, int offset, int length) throws IOException {
        decompressor.matched(bytes, offset, length);
    }

    @Override
    public void close() {
        decompressor.close();
    }
}
