package io.sluice.protocol.delta;

import io.sluice.protocol.ProtocolException;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** The other end of {@link Lz4Compressor}. */
final class Lz4Decompressor implements Decompressor {
    private static final byte[] NOTHING = {};

    private final LZ4SafeDecompressor decompressor = Lz4.factory().safeDecompressor();
    private final byte[] buffer = new byte[Lz4.MAX_LITERALS];
    private byte[] part = NOTHING;
    private int length;

    @Override
    public void feed(byte[] bytes, int count) {
        part = bytes;
        length = count;
    }

    @Override
    public int fetch() throws ProtocolException {
        if (length == 0) {
            return 0;
        }
        try {
            int decompressed = decompressor.decompress(part, 0, length, buffer, 0, buffer.length);
            length = 0;
            return decompressed;
        } catch (LZ4Exception e) {
            throw new ProtocolException(
                    "lz4 data: " + e.getMessage() + " (expected: a block of at most " + Lz4.MAX_LITERALS + " bytes)");
        }
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }
}
