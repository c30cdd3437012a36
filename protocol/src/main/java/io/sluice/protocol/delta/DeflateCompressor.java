package io.sluice.protocol.delta;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.zip.Deflater;

/**
 * zlib without header: one stream a file. It is flushed before each block and at the end, and the four bytes 00 00 ff
 * ff that every flush ends in are not sent.
 */
final class DeflateCompressor implements Compressor {
    private static final int DEFAULT_LEVEL = 6;
    private static final int FLUSH_TAIL = 4;

    private final Deflater deflater;
    private final DeflateWindow window;
    private final DeflateWindow.Dictionary dictionary;
    private final byte[] buffer =
            new byte[TokenFlags.MAX_DATA + FLUSH_TAIL]; // the last four bytes may be a flush's, and wait
    private int filled;

    DeflateCompressor(OptionalInt level, DeflateWindow window) {
        deflater = new Deflater(levelOf(level.orElse(DEFAULT_LEVEL)), true);
        this.window = window;
        this.dictionary = deflater::setDictionary;
    }

    /** Out of range is the nearest, but for zlib's own number for its default. */
    private static int levelOf(int asked) {
        if (asked == Deflater.DEFAULT_COMPRESSION) {
            return DEFAULT_LEVEL;
        }
        return asked == Deflater.NO_COMPRESSION
                ? asked
                : Math.clamp(asked, Deflater.BEST_SPEED, Deflater.BEST_COMPRESSION);
    }

    @Override
    public void begin() {
        deflater.reset();
    }

    @Override
    public void compress(byte[] bytes, int offset, int length, PartWriter parts) throws IOException {
        deflater.setInput(bytes, offset, length);
        deflate(Deflater.NO_FLUSH, parts);
    }

    @Override
    public void flush(PartWriter parts) throws IOException {
        deflate(Deflater.SYNC_FLUSH, parts);
        int rest = filled - FLUSH_TAIL;
        if (rest > 0) {
            parts.write(buffer, 0, rest);
        }
        filled = 0;
    }

    private void deflate(int mode, PartWriter parts) throws IOException {
        while (true) {
            int room = buffer.length - filled;
            int deflated = deflater.deflate(buffer, filled, room, mode);
            filled += deflated;
            if (deflated < room) {
                return;
            }
            parts.write(buffer, 0, TokenFlags.MAX_DATA);
            System.arraycopy(buffer, TokenFlags.MAX_DATA, buffer, 0, FLUSH_TAIL);
            filled = FLUSH_TAIL;
        }
    }

    @Override
    public void matched(byte[] bytes, int offset, int length) {
        window.enter(bytes, offset, length, dictionary);
    }

    @Override
    public void close() {
        deflater.end();
    }
}
