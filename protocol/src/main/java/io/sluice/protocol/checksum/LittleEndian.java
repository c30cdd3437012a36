package io.sluice.protocol.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Integers in arrays, least significant byte first. */
final class LittleEndian {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private LittleEndian() {}

    static void putInt(byte[] into, int offset, int value) {
        INT.set(into, offset, value);
    }

    static void putLong(byte[] into, int offset, long value) {
        LONG.set(into, offset, value);
    }

    static long getLong(byte[] from, int offset) {
        return (long) LONG.get(from, offset);
    }
}
