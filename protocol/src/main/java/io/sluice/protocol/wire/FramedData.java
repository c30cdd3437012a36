package io.sluice.protocol.wire;

import io.sluice.protocol.ProtocolException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The data of frames that stand before something without frames (protocol 30: filter rules before the names of {@code --files-from}). Takes no byte behind
 * the frame that is being read, and drops messages.
 */
public final class FramedData extends InputStream {
    private static final int CHUNK = 4096;

    private final WireInput in;
    private int remaining;

    public FramedData(WireInput in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (remaining == 0) {
            nextFrame();
        }
        int part = Math.min(length, remaining);
        in.readFully(into, offset, part);
        remaining -= part;
        return part;
    }

    private void nextFrame() throws IOException {
        int header = in.readInt();
        int length = FrameHeader.length(header);
        if (FrameHeader.tag(header) == MessageTag.DATA) {
            remaining = length;
            return;
        }
        if (length > 0xFFFF) {
            throw new ProtocolException("message bytes: " + length + " (expected: <= 65535)");
        }
        byte[] dropped = new byte[CHUNK];
        for (int left = length; left > 0; left -= Math.min(left, CHUNK)) {
            in.readFully(dropped, 0, Math.min(left, CHUNK));
        }
    }
}
