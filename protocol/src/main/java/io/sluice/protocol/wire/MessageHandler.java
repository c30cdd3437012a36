package io.sluice.protocol.wire;

import java.io.IOException;

/** Receives the control messages that a {@link WireInput} finds between data frames, in the order they arrived. */
@FunctionalInterface
public interface MessageHandler {
    /**
     * Handles one message. Called by the thread that reads ahead, so it must not block.
     *
     * @param tag never {@link MessageTag#DATA}
     * @param payload the message's bytes; the handler owns the array
     */
    void message(MessageTag tag, byte[] payload) throws IOException;

    /** Returns whether messages of this kind wait until the data before them is consumed. They are then brought by the consumer's thread. */
    default boolean waitsForData(MessageTag tag) {
        return false;
    }
}
