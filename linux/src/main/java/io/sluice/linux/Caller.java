package io.sluice.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * One thread's way into the kernel: {@code long syscall(long number, ...)} with six {@code long} arguments (pointers as
 * addresses), and native memory of its own for names and structures, so that a call allocates nothing.
 *
 * <pre>
 * memory   0        64       320         384         4488        8592
 *          | errno  | statx  | structure | name one  | name two  |
 * </pre>
 *
 * <p>Results are the kernel's own: a value &gt;= 0, or a negated error number.
 */
final class Caller {
    /** The kernel's limit for a path, its NUL included. */
    static final int PATH_MAX = 4096;

    private static final int STATX = 64;
    private static final int STRUCTURE = 320;
    private static final int NAMES = 384;
    private static final int NAME_ROOM = PATH_MAX + 8;
    private static final int IO_BUFFER = 256 * 1024;

    private static final ThreadLocal<Caller> CURRENT = new ThreadLocal<>() {
        @Override
        protected Caller initialValue() {
            return new Caller();
        }
    };

    private final MemorySegment memory = Arena.ofAuto().allocate(NAMES + 2 * NAME_ROOM, 64);
    private final MemorySegment callState = memory.asSlice(0, STATX);
    private final MemorySegment statx = memory.asSlice(STATX, STRUCTURE - STATX);
    private final MemorySegment structure = memory.asSlice(STRUCTURE, NAMES - STRUCTURE);
    private final long base = memory.address();
    private MemorySegment ioBuffer = MemorySegment.NULL;

    private Caller() {}

    /** That of the calling thread. */
    static Caller current() {
        return CURRENT.get();
    }

    long call(int number, long a) {
        return call(number, a, 0, 0, 0, 0, 0);
    }

    long call(int number, long a, long b) {
        return call(number, a, b, 0, 0, 0, 0);
    }

    long call(int number, long a, long b, long c) {
        return call(number, a, b, c, 0, 0, 0);
    }

    long call(int number, long a, long b, long c, long d) {
        return call(number, a, b, c, d, 0, 0);
    }

    long call(int number, long a, long b, long c, long d, long e) {
        return call(number, a, b, c, d, e, 0);
    }

    /** Calls, again as long as a signal interrupts it. */
    long call(int number, long a, long b, long c, long d, long e, long f) {
        long result;
        do {
            result = callOnce(number, a, b, c, d, e, f);
        } while (result == -Errno.EINTR);
        return result;
    }

    /** Calls once: for {@code close}, which frees the descriptor even when it is interrupted. */
    long callOnce(int number, long a, long b, long c, long d, long e, long f) {
        try {
            PreloadedCalls preloaded = Native.PRELOADED;
            return result(
                    preloaded != null && preloaded.has(number, e)
                            ? preloaded.call(callState, number, a, b, c, d, e, f)
                            : (long) Native.SYSCALL.invokeExact(callState, (long) number, a, b, c, d, e, f));
        } catch (Throwable impossible) {
            throw new AssertionError("a system call by a method handle", impossible);
        }
    }

    /** Asks the kernel itself, whatever is preloaded. */
    long callKernel(int number, long a) {
        try {
            return result((long) Native.SYSCALL.invokeExact(callState, (long) number, a, 0L, 0L, 0L, 0L, 0L));
        } catch (Throwable impossible) {
            throw new AssertionError("syscall(2) by a method handle", impossible);
        }
    }

    private long result(long returned) {
        return returned == -1 ? -callState.get(JAVA_INT, Native.ERRNO) : returned;
    }

    /** Puts a name into the first name's memory, with a NUL after it; its address. */
    long name(byte[] name) {
        return put(name, NAMES);
    }

    /** The same for the second name of a call that takes two. */
    long secondName(byte[] name) {
        return put(name, NAMES + NAME_ROOM);
    }

    /**
     * A name that is too long is cut after {@link #PATH_MAX} bytes, which the kernel still finds too long.
     */
    private long put(byte[] name, int offset) {
        for (byte b : name) {
            if (b == 0) {
                throw new IllegalArgumentException("name: " + KernelBytes.show(name) + " (expected: no NUL)");
            }
        }
        int length = Math.min(name.length, PATH_MAX);
        MemorySegment.copy(name, 0, memory, JAVA_BYTE, offset, length);
        memory.set(JAVA_BYTE, offset + length, (byte) 0);
        return base + offset;
    }

    /** The address of the second name's memory, {@link #PATH_MAX} bytes, for a call that answers with a path. */
    long answerAddress() {
        return base + NAMES + NAME_ROOM;
    }

    /** A copy of the first {@code length} bytes of the answer. */
    byte[] answer(int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(memory, JAVA_BYTE, NAMES + NAME_ROOM, bytes, 0, length);
        return bytes;
    }

    /** 256 bytes for {@code struct statx}. */
    MemorySegment statx() {
        return statx;
    }

    long statxAddress() {
        return base + STATX;
    }

    /** 64 bytes for any other structure; it keeps its content only until the next call that uses it. */
    MemorySegment structure() {
        return structure;
    }

    long structureAddress() {
        return base + STRUCTURE;
    }

    /** 256 KiB through which file content goes between the kernel and Java arrays; made at first use. */
    MemorySegment ioBuffer() {
        if (ioBuffer.byteSize() == 0) {
            ioBuffer = Arena.ofAuto().allocate(IO_BUFFER, 4096);
        }
        return ioBuffer;
    }

    /** Made at the first call, since it costs tens of milliseconds. */
    private static final class Native {
        static final MethodHandle SYSCALL = handle();
        static final @Nullable PreloadedCalls PRELOADED = PreloadedCalls.ofThisProcess();
        static final long ERRNO =
                Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

        private Native() {}

        @SuppressWarnings("restricted")
        private static MethodHandle handle() {
            Linker linker = Linker.nativeLinker();
            FunctionDescriptor shape = FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("syscall"),
                    shape,
                    Linker.Option.captureCallState("errno"),
                    Linker.Option.firstVariadicArg(1));
        }
    }
}
