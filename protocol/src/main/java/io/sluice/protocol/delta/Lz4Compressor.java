package io.sluice.protocol.delta;

import java.io.IOException;
import net.jpountz.lz4.LZ4Compressor;

/** lz4: each part is a block of its own, of at most as many literal bytes as a part may have compressed ones. */
final class Lz4Compressor implements Compressor {
    private final LZ4Compressor compressor = Lz4.factory().fastCompressor();
    private final byte[] literals = new byte[TokenFlags.MAX_DATA];
    private final byte[] buffer = new byte[compressor.maxCompressedLength(TokenFlags.MAX_DATA)];
    private int filled;

    @Override
    public void compress(byte[] bytes, int offset, int length, PartWriter parts) throws IOException {
        for (int done = 0; done < length; ) {
            int taken = Math.min(length - done, literals.length - filled);
            System.arraycopy(bytes, offset + done, literals, filled, taken);
            filled += taken;
            done += taken;
            if (filled == literals.length) {
                flush(parts);
            }
        }
    }

    @Override
    public void flush(PartWriter parts) throws IOException {
        int rest = filled;
        for (int at = 0; at < rest; ) {
            at += compressBlock(at, rest - at, parts);
        }
        filled = 0;
    }

    /** Sends one block, and returns how many literal bytes it holds: what does not shrink may not fit at once. */
    private int compressBlock(int offset, int length, PartWriter parts) throws IOException {
        int taken = length;
        int compressed = compressor.compress(literals, offset, taken, buffer, 0, buffer.length);
        while (compressed > TokenFlags.MAX_DATA) {
            taken /= 2;
            compressed = compressor.compress(literals, offset, taken, buffer, 0, buffer.length);
        }
        parts.write(buffer, 0, compressed);
        return taken;
    }
}
