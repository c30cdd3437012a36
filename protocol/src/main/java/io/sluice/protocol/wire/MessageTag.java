package io.sluice.protocol.wire;

import io.sluice.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of frame on a multiplexed stream (protocol ≥ 30 in both directions).
 *
 * <p>A frame begins with 4 bytes, least significant first: 3 bytes of payload length, then 7 + the tag's value.
 */
public enum MessageTag {
    /** The stream itself; a frame without payload only shows that the sender of it is alive. */
    DATA(0),
    ERROR_XFER(1),
    INFO(2),
    ERROR(3),
    WARNING(4),
    ERROR_SOCKET(5),
    LOG(6),
    CLIENT(7),
    ERROR_UTF8(8),
    REDO(9),
    STATS(10),
    IO_ERROR(22),
    IO_TIMEOUT(33),
    NOOP(42),
    ERROR_EXIT(86),
    SUCCESS(100),
    DELETED(101),
    NO_SEND(102);

    private static final @Nullable MessageTag[] BY_VALUE = new @Nullable MessageTag[NO_SEND.value + 1];

    static {
        for (MessageTag tag : values()) {
            BY_VALUE[tag.value] = tag;
        }
    }

    private final int value;

    MessageTag(int value) {
        this.value = value;
    }

    /** Returns the wire value, without the base of 7 that a frame's first word adds. */
    public int value() {
        return value;
    }

    /** Returns true if the payload is text for a log or a terminal, which may be cut into several messages. */
    public boolean isText() {
        return value >= ERROR_XFER.value && value <= ERROR_UTF8.value;
    }

    /**
     * Returns the tag with this wire value.
     *
     * @throws ProtocolException if no rsync sends it
     */
    public static MessageTag of(int value) throws ProtocolException {
        MessageTag tag = value >= 0 && value < BY_VALUE.length ? BY_VALUE[value] : null;
        if (tag == null) {
            throw new ProtocolException("message tag: " + value + " (expected: a tag of protocol 30 to 32)");
        }
        return tag;
    }
}
