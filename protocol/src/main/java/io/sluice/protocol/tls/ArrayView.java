package io.sluice.protocol.tls;

import java.nio.ByteBuffer;

/** A part of somebody's array as a buffer. The array is mostly the same one as before, and then nothing is made. */
final class ArrayView {
    private byte[] array = new byte[0];
    private ByteBuffer buffer = ByteBuffer.wrap(array);

    /** Returns the part, in a buffer that the next call changes. */
    @SuppressWarnings("ReferenceEquality") // which array it is matters, not what is in it
    ByteBuffer of(byte[] other, int offset, int length) {
        if (array != other) {
            array = other;
            buffer = ByteBuffer.wrap(other);
        }
        return buffer.clear().position(offset).limit(offset + length);
    }
}
