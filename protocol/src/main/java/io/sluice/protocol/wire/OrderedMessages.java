package io.sluice.protocol.wire;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps messages back whose place among the data matters until the data before them is consumed. The thread that reads ahead brings them, the consumer says
 * how far it is; what stands in the ring bounds their number.
 */
final class OrderedMessages implements MessageHandler {
    private final MessageHandler handler;
    private final Deque<Message> waiting = new ArrayDeque<>();

    private record Message(MessageTag tag, byte[] payload) {}

    OrderedMessages(MessageHandler handler) {
        this.handler = handler;
    }

    @Override
    public void message(MessageTag tag, byte[] payload) throws IOException {
        if (!handler.waitsForData(tag)) {
            handler.message(tag, payload);
            return;
        }
        synchronized (this) {
            waiting.add(new Message(tag, payload));
        }
    }

    /** The consumer has come to the end of a frame with {@code tag}, not a data frame. */
    synchronized void passed(MessageTag tag) throws IOException {
        if (handler.waitsForData(tag) && !waiting.isEmpty()) {
            Message next = waiting.remove();
            handler.message(next.tag(), next.payload());
        }
    }

    /** Nobody will consume the data any more. */
    synchronized void flush() throws IOException {
        while (!waiting.isEmpty()) {
            Message next = waiting.remove();
            handler.message(next.tag(), next.payload());
        }
    }
}
