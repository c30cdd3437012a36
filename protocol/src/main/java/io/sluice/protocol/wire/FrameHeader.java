package io.sluice.protocol.wire;

import io.sluice.protocol.ProtocolException;

/**
 * The 4 bytes before each frame, as an int.
 *
 * <pre>
 *   bits 31..24      bits 23..0
 *  +-----------+-----------------+
 *  | 7 + tag   | payload length  |     least significant byte first on the wire
 *  +-----------+-----------------+
 * </pre>
 */
final class FrameHeader {
    static final int BYTES = 4;
    static final int MAX_LENGTH = 0xFF_FFFF;

    private static final int TAG_BASE = 7;

    private FrameHeader() {}

    static int of(MessageTag tag, int length) {
        return (TAG_BASE + tag.value()) << 24 | length;
    }

    static MessageTag tag(int header) throws ProtocolException {
        return MessageTag.of((header >>> 24) - TAG_BASE);
    }

    /** Returns the payload's length in bytes, 0 to {@link #MAX_LENGTH}. */
    static int length(int header) {
        return header & MAX_LENGTH;
    }
}
