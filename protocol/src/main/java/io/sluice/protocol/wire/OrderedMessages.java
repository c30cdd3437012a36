package io.sluice.protocol.wire;

import io.sluice.protocol.ProtocolException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Keeps messages back whose place among the data matters until the data before them is consumed. The thread that reads ahead brings them, the consumer says
 * how far it is; what stands in the ring bounds their number.
 *
 * <p>Between two transfers on one connection it keeps all of them, up to a limit: they are for a handler that is not known yet.
 */
final class OrderedMessages implements MessageHandler {
    /** Bytes that are kept between two transfers: an end that has just begun has little to say. */
    static final int MAX_HELD = 256 * 1024;
    /** What a message costs besides its bytes. */
    private static final int OVERHEAD = 64;

    // Guarded by this.
    private MessageHandler handler;
    private final Deque<Message> waiting = new ArrayDeque<>();
    private final List<Message> held = new ArrayList<>();
    private boolean holds;
    private int heldBytes;
    private long arrived;
    private long passed;

    /** @param number of all that arrived, from 1 on */
    private record Message(long number, MessageTag tag, byte[] payload) {}

    /** @param handler of the first transfer */
    OrderedMessages(MessageHandler handler) {
        this.handler = handler;
    }

    @Override
    public void message(MessageTag tag, byte[] payload) throws IOException {
        MessageHandler now;
        synchronized (this) {
            Message message = new Message(++arrived, tag, payload);
            if (holds) {
                hold(message);
                return;
            }
            now = handler;
            if (now.waitsForData(tag)) {
                waiting.add(message);
                return;
            }
        }
        now.message(tag, payload);
    }

    private void hold(Message message) throws ProtocolException {
        heldBytes += message.payload.length + OVERHEAD;
        if (heldBytes > MAX_HELD) {
            throw new ProtocolException(
                    "bytes of messages between two transfers: " + heldBytes + " (expected: <= " + MAX_HELD + ")");
        }
        held.add(message);
    }

    /** From here on all messages are kept until {@link #goOn}. */
    synchronized void hold() {
        holds = true;
    }

    /** Whatever was kept and whatever comes is for {@code next}. */
    synchronized void goOn(MessageHandler next) throws IOException {
        handler = next;
        holds = false;
        heldBytes = 0;
        List<Message> all = List.copyOf(held);
        held.clear();
        for (Message message : all) {
            if (message.number > passed && next.waitsForData(message.tag)) {
                waiting.add(message);
            } else {
                next.message(message.tag, message.payload);
            }
        }
    }

    /** The consumer has come to the end of a frame with {@code tag}, not a data frame. */
    synchronized void passed(MessageTag tag) throws IOException {
        passed++;
        Message next = waiting.peek();
        if (next != null && next.number <= passed && handler.waitsForData(tag)) {
            waiting.remove();
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
