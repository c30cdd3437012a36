package io.sluice.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * System calls by the functions of the C library that are named like them, where a library is preloaded ({@code LD_PRELOAD}) that stands in for some of these:
 * {@code fakeroot(1)}, which keeps owners and devices that its user may not make, and what makes calls fail in tests. Calls past the library would not be seen
 * by it. Calls that have no such function, or for which it is not known, go to the kernel.
 */
final class PreloadedCalls {
    private static final String VARIABLE = "LD_PRELOAD";
    private static final int CALLS = 512;

    /** {@code RTLD_DEFAULT}. */
    private static final long EVERYWHERE = 0;

    private final @Nullable Function[] functions = new Function[CALLS];
    private final MethodHandle any;
    private final MethodHandle find;

    /** @param isInt whether it returns an {@code int}: the rest of the register then means nothing */
    private record Function(MethodHandle handle, boolean isInt) {}

    @SuppressWarnings("restricted")
    private PreloadedCalls() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor shape =
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        any = linker.downcallHandle(shape, Linker.Option.captureCallState("errno"));
        // The linker's own lookup asks the C library alone; this one asks what is preloaded first.
        find = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("dlsym"), FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
        files();
        metadata();
        attributes();
        users();
    }

    /** Those of this process, or null if nothing is preloaded, as almost always. */
    static @Nullable PreloadedCalls ofThisProcess() {
        String preloaded = System.getenv(VARIABLE);
        return preloaded == null || preloaded.isBlank() ? null : new PreloadedCalls();
    }

    private void files() {
        enter(CallNumber.READ, "read", false);
        enter(CallNumber.WRITE, "write", false);
        enter(CallNumber.PREAD64, "pread64", false);
        enter(CallNumber.PWRITE64, "pwrite64", false);
        enter(CallNumber.MKDIRAT, "mkdirat");
        enter(CallNumber.MKNODAT, "mknodat");
        enter(CallNumber.UNLINKAT, "unlinkat");
        enter(CallNumber.RENAMEAT2, "renameat");
        enter(CallNumber.LINKAT, "linkat");
        enter(CallNumber.SYMLINKAT, "symlinkat");
        enter(CallNumber.READLINKAT, "readlinkat", false);
    }

    private void metadata() {
        enter(CallNumber.STATX, "statx");
        enter(CallNumber.FCHOWN, "fchown");
        enter(CallNumber.FCHOWNAT, "fchownat");
        enter(CallNumber.FCHMOD, "fchmod");
        enter(CallNumber.FCHMODAT, "fchmodat");
        enter(CallNumber.FCHMODAT2, "fchmodat");
    }

    private void attributes() {
        enter(CallNumber.SETXATTR, "setxattr");
        enter(CallNumber.LSETXATTR, "lsetxattr");
        enter(CallNumber.FSETXATTR, "fsetxattr");
        enter(CallNumber.GETXATTR, "getxattr", false);
        enter(CallNumber.LGETXATTR, "lgetxattr", false);
        enter(CallNumber.FGETXATTR, "fgetxattr", false);
        enter(CallNumber.LISTXATTR, "listxattr", false);
        enter(CallNumber.LLISTXATTR, "llistxattr", false);
        enter(CallNumber.FLISTXATTR, "flistxattr", false);
        enter(CallNumber.REMOVEXATTR, "removexattr");
        enter(CallNumber.LREMOVEXATTR, "lremovexattr");
        enter(CallNumber.FREMOVEXATTR, "fremovexattr");
    }

    private void users() {
        enter(CallNumber.GETUID, "getuid");
        enter(CallNumber.GETGID, "getgid");
        enter(CallNumber.GETEUID, "geteuid");
        enter(CallNumber.GETEGID, "getegid");
    }

    private void enter(int call, String name) {
        enter(call, name, true);
    }

    private void enter(int call, String name, boolean isInt) {
        try (Arena arena = Arena.ofConfined()) {
            long address =
                    (long) find.invokeExact(EVERYWHERE, arena.allocateFrom(name).address());
            if (address != 0) {
                functions[call] = new Function(any.bindTo(MemorySegment.ofAddress(address)), isInt);
            }
        } catch (Throwable impossible) {
            throw new AssertionError("dlsym(3) by a method handle", impossible);
        }
    }

    /** Whether {@link #call} is to be used: {@code flags}, the fifth argument, says so where a function takes less than the call. */
    boolean has(int number, long flags) {
        return functions[number] != null && (number != CallNumber.RENAMEAT2 || flags == 0);
    }

    /** As {@code syscall(2)}: -1 for an error, whose number is in {@code callState}. */
    long call(MemorySegment callState, int number, long a, long b, long c, long d, long e, long f) throws Throwable {
        Function function = Objects.requireNonNull(functions[number]);
        long result = (long) function.handle.invokeExact(callState, a, b, c, d, e, f);
        return function.isInt ? (int) result : result;
    }
}
