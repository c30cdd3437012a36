package io.sluice.protocol.wire;

import io.sluice.protocol.ProtocolException;

/** A position in a stream of frames that is seen piece by piece: before or within a header, or within the payload of an open frame. */
final class FrameCursor {
    private int header;
    private int headerBytes;
    private MessageTag tag = MessageTag.DATA;
    private int remaining;
    private boolean open;

    /**
     * Takes what is missing of the next frame's header from {@code bytes}, and opens the frame once the header is complete.
     *
     * @return the index behind the bytes taken
     * @throws ProtocolException if the header's tag is unknown
     */
    int takeHeader(byte[] bytes, int from, int to) throws ProtocolException {
        int at = from;
        while (!open && at < to) {
            header |= (bytes[at++] & 0xFF) << (8 * headerBytes++);
            if (headerBytes == FrameHeader.BYTES) {
                tag = FrameHeader.tag(header);
                remaining = FrameHeader.length(header);
                open = true;
                header = 0;
                headerBytes = 0;
            }
        }
        return at;
    }

    /** Returns true from the end of a frame's header until {@link #close}. */
    boolean isOpen() {
        return open;
    }

    /** Returns the open frame's tag. */
    MessageTag tag() {
        return tag;
    }

    /** Returns how many bytes of the open frame's payload are still to be taken. */
    int remaining() {
        return remaining;
    }

    /** Steps over {@code length} bytes of payload, at most {@link #remaining}. */
    void advance(int length) {
        remaining -= length;
    }

    /** Leaves the open frame, whose payload was taken; a header comes next. */
    void close() {
        open = false;
    }

    /** Returns true if the stream may end here: neither a header nor a payload is incomplete. */
    boolean atBoundary() {
        return open ? remaining == 0 : headerBytes == 0;
    }
}
