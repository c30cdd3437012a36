package io.sluice.protocol.wire;

import java.io.IOException;

/** How numbers travel in lists and statistics. Which one a connection has depends on its protocol version, and never changes. */
public enum NumberFormat {
    /** As many bytes as the number needs (protocol ≥ 30). */
    VARIABLE {
        @Override
        public int readInt(WireInput in) throws IOException {
            return in.readVarInt();
        }

        @Override
        public void writeInt(WireOutput out, int value) throws IOException {
            out.writeVarInt(value);
        }

        @Override
        public long readLong(WireInput in, int min) throws IOException {
            return in.readVarLong(min);
        }

        @Override
        public void writeLong(WireOutput out, long value, int min) throws IOException {
            out.writeVarLong(value, min);
        }
    },
    /**
     * An int, least significant byte first; a long that is no positive int as well:
     *
     * <pre>
     *  0 to 2³¹−1   4 bytes
     *  other        FF FF FF FF and 8 bytes
     * </pre>
     */
    FIXED {
        @Override
        public int readInt(WireInput in) throws IOException {
            return in.readInt();
        }

        @Override
        public void writeInt(WireOutput out, int value) throws IOException {
            out.writeInt(value);
        }

        @Override
        public long readLong(WireInput in, int min) throws IOException {
            int value = in.readInt();
            return value == LONG_FOLLOWS ? in.readLittleEndian(Long.BYTES) : value;
        }

        @Override
        public void writeLong(WireOutput out, long value, int min) throws IOException {
            if (value >= 0 && value <= Integer.MAX_VALUE) {
                out.writeInt((int) value);
            } else {
                out.writeInt(LONG_FOLLOWS);
                out.writeLittleEndian(value, Long.BYTES);
            }
        }
    };

    private static final int LONG_FOLLOWS = -1;

    public abstract int readInt(WireInput in) throws IOException;

    public abstract void writeInt(WireOutput out, int value) throws IOException;

    /** Reads a long of at least {@code min} bytes where that counts. */
    public abstract long readLong(WireInput in, int min) throws IOException;

    /** Writes a long, in at least {@code min} bytes where that counts. */
    public abstract void writeLong(WireOutput out, long value, int min) throws IOException;
}
