package io.sluice.protocol.delta;

import java.io.IOException;

/** The sending end of a file's token stream: literal data and references to blocks of the basis, in file order. */
public interface TokenWriter extends AutoCloseable {
    /** Sends bytes that stand in no block, as many as one likes. The array may be used again on return. */
    void literal(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Refers to block {@code index}, whose whole content is given too (the old zlib method puts it into its window).
     */
    void match(int index, byte[] bytes, int offset, int length) throws IOException;

    /** Makes what follows independent of everything before: it can be decoded behind any other files. */
    default void standAlone() throws IOException {}

    /** Ends the file's stream. */
    void end() throws IOException;

    /** Frees what a codec holds outside the heap. */
    @Override
    default void close() {}
}
