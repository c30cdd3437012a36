package io.sluice.client.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line in the making: bytes of names and ASCII of ours, in one growing array. Not thread-safe. */
public final class LineBuffer {
    private byte[] bytes = new byte[256];
    private int length;

    /** Appends characters 0–255 as one byte each. */
    public LineBuffer text(String text) {
        return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public LineBuffer bytes(byte[] from) {
        return bytes(from, 0, from.length);
    }

    public LineBuffer bytes(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** Appends one byte, the low eight bits of {@code value}. */
    public LineBuffer octet(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /** Appends {@code count} spaces. */
    public LineBuffer spaces(int count) {
        reserve(Math.max(count, 0));
        for (int i = 0; i < count; i++) {
            bytes[length++] = ' ';
        }
        return this;
    }

    /** Pads what was appended since {@code mark} to {@code width} bytes, on the left or (negative width) on the right. */
    public LineBuffer pad(int mark, int width) {
        int missing = Math.abs(width) - (length - mark);
        if (missing <= 0) {
            return this;
        }
        int end = length;
        spaces(missing);
        if (width > 0) {
            System.arraycopy(bytes, mark, bytes, mark + missing, end - mark);
            Arrays.fill(bytes, mark, mark + missing, (byte) ' ');
        }
        return this;
    }

    public int length() {
        return length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
