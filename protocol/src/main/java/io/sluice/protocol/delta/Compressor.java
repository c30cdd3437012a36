package io.sluice.protocol.delta;

import java.io.IOException;

/** A codec's sending end: literal bytes in, parts of a token stream out. */
interface Compressor extends AutoCloseable {
    /** Begins the next file. */
    default void begin() {}

    /** Takes literal bytes; parts are sent to {@code parts} when there is enough. */
    void compress(byte[] bytes, int offset, int length, PartWriter parts) throws IOException;

    /** Sends what is left, so that the peer can decode all bytes so far. */
    void flush(PartWriter parts) throws IOException;

    /** Makes what follows independent of everything before, which was flushed. */
    default void standAlone(PartWriter parts) throws IOException {}

    /** Tells a block that is sent as a reference; everything before was flushed. */
    default void matched(byte[] bytes, int offset, int length) {}

    @Override
    default void close() {}

    /** Takes compressed bytes on their way. */
    @FunctionalInterface
    interface PartWriter {
        /** Sends {@code length} bytes, 1 to {@link TokenFlags#MAX_DATA}. */
        void write(byte[] bytes, int offset, int length) throws IOException;
    }
}
