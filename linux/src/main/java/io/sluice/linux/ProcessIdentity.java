package io.sluice.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Who the whole process is, for good. Linux keeps credentials by thread; the C library's functions, unlike the system calls of the same names, change those
 * of every thread, and so no thread of the runtime stays what it was. Ids are unsigned 32-bit values in an {@code int}.
 */
public final class ProcessIdentity {
    private ProcessIdentity() {}

    /**
     * Makes {@code gid} the only group of all threads: real, effective, saved and for files, and no supplementary ones.
     *
     * @throws SystemCallException with EPERM if the process may not
     */
    public static void setGroup(int gid) throws IOException {
        String group = "group " + Integer.toUnsignedString(gid);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocateFrom(JAVA_INT, gid);
            if (Identity.effectiveUser() == 0) {
                call("setgroups", group, 1, list.address(), 0);
            }
        }
        call("setresgid", group, gid, gid, gid);
    }

    /**
     * Makes {@code uid} the only user of all threads, and so takes all rights of root from them unless that is the user.
     *
     * @throws SystemCallException with EPERM if the process may not
     */
    public static void setUser(int uid) throws IOException {
        call("setresuid", "user " + Integer.toUnsignedString(uid), uid, uid, uid);
    }

    @SuppressWarnings("restricted")
    private static void call(String function, String subject, long a, long b, long c) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment address = Linker.nativeLinker().defaultLookup().findOrThrow(function);
            int result;
            try {
                result = (int) Native.FUNCTION.invokeExact(address, state, a, b, c);
            } catch (Throwable impossible) {
                throw new AssertionError(function + " by a method handle", impossible);
            }
            if (result != 0) {
                throw new SystemCallException(function, state.get(JAVA_INT, Native.ERRNO), subject);
            }
        }
    }

    private static final class Native {
        static final MethodHandle FUNCTION = handle();
        static final long ERRNO =
                Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));

        private Native() {}

        @SuppressWarnings("restricted")
        private static MethodHandle handle() {
            return Linker.nativeLinker()
                    .downcallHandle(
                            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                            Linker.Option.captureCallState("errno"));
        }
    }
}
