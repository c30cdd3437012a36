package io.sluice.protocol.delta;

import io.sluice.protocol.ProtocolException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The other end of {@link DeflateCompressor}. */
final class InflateDecompressor implements Decompressor {
    private static final byte[] FLUSH_TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Inflater inflater = new Inflater(true);
    private final DeflateWindow window;
    private final DeflateWindow.Dictionary dictionary = inflater::setDictionary;
    private final byte[] buffer = new byte[32 * 1024];

    InflateDecompressor(DeflateWindow window) {
        this.window = window;
    }

    @Override
    public void begin() {
        inflater.reset();
    }

    @Override
    public void feed(byte[] part, int length) {
        inflater.setInput(part, 0, length);
    }

    @Override
    public int fetch() throws ProtocolException {
        try {
            int inflated = inflater.inflate(buffer);
            if (inflated == 0 && (inflater.finished() || inflater.getRemaining() > 0)) {
                throw new ProtocolException("deflated data: ends itself (expected: to go on)");
            }
            return inflated;
        } catch (DataFormatException e) {
            throw new ProtocolException("deflated data: " + e.getMessage() + " (expected: what zlib can inflate)");
        }
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public void endData() throws ProtocolException {
        feed(FLUSH_TAIL, FLUSH_TAIL.length);
        if (fetch() != 0) {
            throw new ProtocolException("deflated data: not flushed (expected: a flush before a block or the end)");
        }
    }

    @Override
    public void matched(byte[] bytes, int offset, int length) {
        window.enter(bytes, offset, length, dictionary);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
