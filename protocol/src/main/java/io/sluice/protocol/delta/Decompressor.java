package io.sluice.protocol.delta;

import io.sluice.protocol.ProtocolException;

/** A codec's receiving end: parts of a token stream in, literal bytes out. */
interface Decompressor extends AutoCloseable {
    /** Begins the next file. */
    default void begin() {}

    /**
     * Takes the next part; everything of the part before was fetched. The array stays as it is until this part is
     * fetched too.
     */
    void feed(byte[] part, int length);

    /**
     * Decodes on.
     *
     * @return how many literal bytes stand at the start of {@link #buffer}, 0 if the next part is needed first
     * @throws ProtocolException if the bytes make no sense
     */
    int fetch() throws ProtocolException;

    /** The array that holds decoded bytes until the next {@link #fetch}. */
    byte[] buffer();

    /**
     * Notes that no more parts come until a block or the end.
     *
     * @throws ProtocolException if the codec is in the middle of something
     */
    default void endData() throws ProtocolException {}

    /** Tells the content of a block that was referred to. */
    default void matched(byte[] bytes, int offset, int length) throws ProtocolException {}

    @Override
    default void close() {}
}
