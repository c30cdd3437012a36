package io.sluice.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * {@code posix_spawnp(3)} with its structures, which live as long as the arena. The program gets the descriptors that it is given and standard error,
 * and no signal is blocked in it, as some are in the JVM's threads.
 */
final class Spawning {
    /** More than any C library's structures take. */
    private static final int STRUCTURE_SIZE = 512;

    private static final int ALIGNMENT = 16;
    private static final int POINTER = 8;
    private static final int SET_SIGNAL_MASK = 8;
    private static final int FIRST_OWN = 3;

    private final Arena arena;
    private final SymbolLookup library = Linker.nativeLinker().defaultLookup();
    private final long actions;

    Spawning(Arena arena) throws IOException {
        this.arena = arena;
        actions = structure();
        require("posix_spawn_file_actions_init", actions, 0, 0, 0, 0);
    }

    /** Our descriptor {@code from} is the program's {@code to}. */
    void give(int from, int to) throws IOException {
        require("posix_spawn_file_actions_adddup2", actions, from, to, 0, 0);
    }

    /**
     * Starts the program, looked for in {@code PATH} unless its name has a slash.
     *
     * @param arguments its name first
     * @param variables each {@code NAME=value}: of this process's own, only those with other names remain
     * @param root where the program begins; empty: where this process is
     * @return its process id
     */
    int start(List<byte[]> arguments, List<byte[]> variables, Optional<RootedThread> root) throws IOException {
        if (library.find("posix_spawn_file_actions_addclosefrom_np").isPresent()) {
            require("posix_spawn_file_actions_addclosefrom_np", actions, FIRST_OWN, 0, 0, 0);
        }
        MemorySegment id = arena.allocate(JAVA_INT);
        List<Long> words = new ArrayList<>();
        for (byte[] argument : arguments) {
            words.add(text(argument));
        }
        long attributes = attributes();
        long argumentVector = vector(words);
        long environment = vector(environment(variables));
        MemorySegment function = library.findOrThrow("posix_spawnp");
        IntSupplier spawn =
                () -> call(function, id.address(), words.getFirst(), actions, attributes, argumentVector, environment);
        int error = root.isPresent() ? root.get().run(spawn) : spawn.getAsInt();
        if (error != 0) {
            throw new SystemCallException("posix_spawn", error, arguments.getFirst());
        }
        return id.get(JAVA_INT, 0);
    }

    private long attributes() throws IOException {
        long attributes = structure();
        long none = structure();
        require("posix_spawnattr_init", attributes, 0, 0, 0, 0);
        require("posix_spawnattr_setsigmask", attributes, none, 0, 0, 0);
        require("posix_spawnattr_setflags", attributes, SET_SIGNAL_MASK, 0, 0, 0);
        return attributes;
    }

    /** Our variables as the C library has them, byte for byte, but for those that are given: of two, some programs see the first, some the last. */
    @SuppressWarnings("restricted")
    private List<Long> environment(List<byte[]> variables) {
        MemorySegment own = library.findOrThrow("environ")
                .reinterpret(POINTER)
                .get(ADDRESS, 0)
                .reinterpret(Long.MAX_VALUE);
        List<Long> all = new ArrayList<>();
        for (byte[] variable : variables) {
            all.add(text(variable));
        }
        for (long at = 0; own.getAtIndex(JAVA_LONG, at) != 0; at++) {
            MemorySegment inherited = own.getAtIndex(ADDRESS, at).reinterpret(Long.MAX_VALUE);
            if (variables.stream().noneMatch(variable -> haveSameName(variable, inherited))) {
                all.add(inherited.address());
            }
        }
        return all;
    }

    private static boolean haveSameName(byte[] variable, MemorySegment inherited) {
        int at = 0;
        while (at < variable.length && variable[at] != '=' && inherited.get(JAVA_BYTE, at) == variable[at]) {
            at++;
        }
        return at < variable.length && variable[at] == '=' && inherited.get(JAVA_BYTE, at) == '=';
    }

    private long vector(List<Long> addresses) {
        MemorySegment vector = arena.allocate(JAVA_LONG, addresses.size() + 1L);
        for (int i = 0; i < addresses.size(); i++) {
            vector.setAtIndex(JAVA_LONG, i, addresses.get(i));
        }
        return vector.address();
    }

    private long structure() {
        return arena.allocate(STRUCTURE_SIZE, ALIGNMENT).address();
    }

    private long text(byte[] bytes) {
        for (byte octet : bytes) {
            if (octet == 0) {
                throw new IllegalArgumentException("argument: " + KernelBytes.show(bytes) + " (expected: no NUL)");
            }
        }
        MemorySegment text = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, text, 0, bytes.length);
        return text.address();
    }

    private void require(String function, long a, long b, long c, long d, long e) throws IOException {
        int error = call(library.findOrThrow(function), a, b, c, d, e, 0);
        if (error != 0) {
            throw new SystemCallException(function, error, "program");
        }
    }

    private static int call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
        try {
            return (int) Native.FUNCTION.invokeExact(function, a, b, c, d, e, f);
        } catch (Throwable impossible) {
            throw new AssertionError("a function by a method handle", impossible);
        }
    }

    /** One handle for every function that takes up to six words and answers with an error number. */
    private static final class Native {
        static final MethodHandle FUNCTION = handle();

        private Native() {}

        @SuppressWarnings("restricted")
        private static MethodHandle handle() {
            return Linker.nativeLinker()
                    .downcallHandle(FunctionDescriptor.of(
                            JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
        }
    }
}
