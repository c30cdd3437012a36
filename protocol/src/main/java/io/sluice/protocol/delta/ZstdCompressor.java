package io.sluice.protocol.delta;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * zstd: one frame for all files of a session, without end unless something is to stand alone; it is flushed before each block and at each file's end.
 */
final class ZstdCompressor implements Compressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final ByteBuffer source = ByteBuffer.allocateDirect(32 * 1024);
    private final ByteBuffer target = ByteBuffer.allocateDirect(TokenFlags.MAX_DATA);
    private final byte[] part = new byte[TokenFlags.MAX_DATA];
    private boolean begun; // there is a frame without end

    /** @param threads that compress besides the caller's */
    ZstdCompressor(OptionalInt level, int threads) {
        int asked = level.orElse(0);
        int chosen = asked == 0 ? Zstd.defaultCompressionLevel() : asked;
        context.setLevel(Math.clamp(chosen, Zstd.minCompressionLevel(), Zstd.maxCompressionLevel()));
        if (threads > 0) {
            context.setWorkers(threads);
        }
    }

    @Override
    public void compress(byte[] bytes, int offset, int length, PartWriter parts) throws IOException {
        begun |= length > 0;
        for (int done = 0; done < length; ) {
            int taken = Math.min(length - done, source.capacity());
            source.clear().put(bytes, offset + done, taken).flip();
            done += taken;
            while (source.hasRemaining()) {
                context.compressDirectByteBufferStream(target, source, EndDirective.CONTINUE);
                if (!target.hasRemaining()) {
                    writePart(parts);
                }
            }
        }
    }

    @Override
    public void flush(PartWriter parts) throws IOException {
        drain(EndDirective.FLUSH, parts);
    }

    /** Ends the frame: a decoder goes on to the next one by itself. */
    @Override
    public void standAlone(PartWriter parts) throws IOException {
        if (begun) {
            drain(EndDirective.END, parts);
            begun = false;
        }
    }

    private void drain(EndDirective directive, PartWriter parts) throws IOException {
        source.clear().flip();
        while (!context.compressDirectByteBufferStream(target, source, directive)) {
            writePart(parts);
        }
        writePart(parts);
    }

    private void writePart(PartWriter parts) throws IOException {
        int length = target.flip().remaining();
        if (length > 0) {
            target.get(part, 0, length);
            parts.write(part, 0, length);
        }
        target.clear();
    }

    @Override
    public void close() {
        context.close();
    }
}
