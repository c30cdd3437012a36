package io.sluice.protocol.wire;

import io.sluice.protocol.ProtocolException;
import java.io.IOException;

/** Looks through arriving frames once, in order, and hands each complete control message to the handler; data passes untouched. */
final class MessageScanner {
    /** The longest control message accepted, in bytes; rsync's own are below 5,120. */
    static final int MAX_MESSAGE = 0xFFFF;

    private static final byte[] NO_PAYLOAD = {};

    private final MessageHandler handler;
    private final FrameCursor cursor = new FrameCursor();
    private byte[] payload = NO_PAYLOAD;

    MessageScanner(MessageHandler handler) {
        this.handler = handler;
    }

    /**
     * Looks through the next piece of the stream.
     *
     * @throws ProtocolException if a frame is unknown or a message too long
     * @throws IOException whatever the handler throws
     */
    void scan(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            if (cursor.isOpen()) {
                at += takePayload(bytes, at, to);
            } else {
                at = cursor.takeHeader(bytes, at, to);
                preparePayload();
            }
            if (cursor.isOpen() && cursor.remaining() == 0) {
                endFrame();
            }
        }
    }

    private void preparePayload() throws ProtocolException {
        if (!cursor.isOpen() || cursor.tag() == MessageTag.DATA) {
            return;
        }
        int length = cursor.remaining();
        if (length > MAX_MESSAGE) {
            throw new ProtocolException(
                    "bytes in a message " + cursor.tag() + ": " + length + " (expected: <= " + MAX_MESSAGE + ")");
        }
        payload = length == 0 ? NO_PAYLOAD : new byte[length];
    }

    private int takePayload(byte[] bytes, int from, int to) {
        int length = Math.min(cursor.remaining(), to - from);
        if (cursor.tag() != MessageTag.DATA) {
            System.arraycopy(bytes, from, payload, payload.length - cursor.remaining(), length);
        }
        cursor.advance(length);
        return length;
    }

    private void endFrame() throws IOException {
        cursor.close();
        if (cursor.tag() != MessageTag.DATA) {
            byte[] message = payload;
            payload = NO_PAYLOAD;
            handler.message(cursor.tag(), message);
        }
    }
}
