package io.sluice.protocol.delta;

import io.sluice.protocol.ProtocolException;
import java.io.IOException;

/** The receiving end of a file's token stream. */
public interface TokenReader extends AutoCloseable {
    /** What {@link #next} returns at the end of a file's stream. */
    int END = 0;

    /**
     * Moves to the next token.
     *
     * @return positive: that many literal bytes stand in {@link #buffer} from {@link #offset}, valid until the next
     *     call; negative: block {@code -(n + 1)} of the basis, which is for the caller to bound; {@link #END}
     * @throws ProtocolException if the stream cannot be decoded
     */
    int next() throws IOException;

    /** The array that holds the literal bytes. */
    byte[] buffer();

    /** The first literal byte's place in {@link #buffer}. */
    int offset();

    /**
     * Tells the whole content of the block that {@link #next} just referred to; only the old zlib method uses it.
     *
     * @throws ProtocolException if the stream cannot be continued
     */
    void matched(byte[] bytes, int offset, int length) throws IOException;

    /** Frees what a codec holds outside the heap. */
    @Override
    default void close() {}
}
