package io.sluice.protocol.delta;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.sluice.protocol.ProtocolException;
import java.nio.ByteBuffer;

/** The other end of {@link ZstdCompressor}. */
final class ZstdDecompressor implements Decompressor {
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final ByteBuffer source = ByteBuffer.allocateDirect(TokenFlags.MAX_DATA);
    private final ByteBuffer target = ByteBuffer.allocateDirect(64 * 1024);
    private final byte[] buffer = new byte[target.capacity()];
    private boolean filledUp; // the last target was full, so there may be more without more input

    @Override
    public void feed(byte[] part, int length) {
        source.clear().put(part, 0, length).flip();
    }

    @Override
    public int fetch() throws ProtocolException {
        while (source.hasRemaining() || filledUp) {
            target.clear();
            try {
                context.decompressDirectByteBufferStream(target, source);
            } catch (ZstdException e) {
                throw new ProtocolException("zstd data: " + e.getMessage() + " (expected: what zstd can decompress)");
            }
            filledUp = !target.hasRemaining();
            int length = target.flip().remaining();
            if (length > 0) {
                target.get(buffer, 0, length);
                return length;
            }
        }
        return 0;
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public void close() {
        context.close();
    }
}
