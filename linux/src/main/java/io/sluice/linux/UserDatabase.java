package io.sluice.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.linux.Users.User;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The C library's user database, asked anew at each call. All functions are called by one shape, {@code int f(long,
 * long, long, long, long)}, as each shape costs start-up time; what {@code getgrouplist} does not take it does not see.
 *
 * <pre>
 * struct passwd { char *name, *password; u32 uid, gid; char *gecos, *home, *shell; }
 * struct group  { char *name, *password; u32 gid; char **members; }
 * </pre>
 */
final class UserDatabase {
    private static final int RECORD_SIZE = 64;
    private static final int FIRST_BUFFER = 4 * 1024;
    private static final int LARGEST_BUFFER = 16 * 1024 * 1024;
    private static final int FIRST_GROUPS = 64;
    private static final int MAX_GROUPS = 65_536;

    private UserDatabase() {}

    static Optional<User> userById(int uid) {
        return look(Native.GETPWUID, arena -> Integer.toUnsignedLong(uid), UserDatabase::user);
    }

    static Optional<User> userByName(String name) {
        return isName(name) ? look(Native.GETPWNAM, named(name), UserDatabase::user) : Optional.empty();
    }

    static Optional<String> groupName(int gid) {
        return look(Native.GETGRGID, arena -> Integer.toUnsignedLong(gid), group -> text(group, 0));
    }

    static OptionalInt groupId(String name) {
        if (!isName(name)) {
            return OptionalInt.empty();
        }
        Optional<Integer> gid = look(Native.GETGRNAM, named(name), group -> group.get(JAVA_INT, 16));
        return gid.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    static int[] groupsOf(String user, int gid) {
        if (!isName(user)) {
            return new int[] {gid};
        }
        for (int room = FIRST_GROUPS; ; room = MAX_GROUPS) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment groups = arena.allocate(JAVA_INT, room);
                MemorySegment count = arena.allocateFrom(JAVA_INT, room);
                long name = arena.allocateFrom(user).address();
                int result = call(Native.GETGROUPLIST, name, gid, groups.address(), count.address(), 0);
                if (result >= 0 || room == MAX_GROUPS) {
                    int known = Math.min(count.get(JAVA_INT, 0), room);
                    return groups.asSlice(0, (long) known * Integer.BYTES).toArray(JAVA_INT);
                }
            }
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.indexOf('\0') < 0;
    }

    private static Function<Arena, Long> named(String name) {
        return arena -> arena.allocateFrom(name).address();
    }

    /** Calls a {@code get…_r} function, with a larger buffer as long as it answers ERANGE. */
    private static <T> Optional<T> look(
            MethodHandle function, Function<Arena, Long> key, Function<MemorySegment, T> take) {
        int room = FIRST_BUFFER;
        while (room <= LARGEST_BUFFER) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment record = arena.allocate(RECORD_SIZE, 8);
                MemorySegment buffer = arena.allocate(room);
                MemorySegment found = arena.allocate(ADDRESS);
                long keyValue = key.apply(arena);
                int error = call(function, keyValue, record.address(), buffer.address(), room, found.address());
                if (error == Errno.ERANGE) {
                    room *= 8;
                } else if (error != Errno.EINTR) {
                    boolean none = error != 0 || found.get(JAVA_LONG, 0) == 0;
                    return none ? Optional.empty() : Optional.of(take.apply(record));
                }
            }
        }
        return Optional.empty();
    }

    private static User user(MemorySegment passwd) {
        return new User(text(passwd, 0), passwd.get(JAVA_INT, 16), passwd.get(JAVA_INT, 20), text(passwd, 32));
    }

    /** The string that a pointer in the record leads to. */
    @SuppressWarnings("restricted")
    private static String text(MemorySegment record, long offset) {
        MemorySegment string = record.get(ADDRESS, offset);
        return string.equals(MemorySegment.NULL)
                ? ""
                : string.reinterpret(LARGEST_BUFFER).getString(0);
    }

    private static int call(MethodHandle function, long a, long b, long c, long d, long e) {
        try {
            return (int) function.invokeExact(a, b, c, d, e);
        } catch (Throwable impossible) {
            throw new AssertionError("user database by a method handle", impossible);
        }
    }

    /** Made at the first question, since it costs milliseconds. */
    private static final class Native {
        private static final Linker LINKER = Linker.nativeLinker();

        static final MethodHandle GETPWUID = handle("getpwuid_r");
        static final MethodHandle GETPWNAM = handle("getpwnam_r");
        static final MethodHandle GETGRGID = handle("getgrgid_r");
        static final MethodHandle GETGRNAM = handle("getgrnam_r");
        static final MethodHandle GETGROUPLIST = handle("getgrouplist");

        private Native() {}

        @SuppressWarnings("restricted")
        private static MethodHandle handle(String function) {
            FunctionDescriptor shape =
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
            return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(function), shape);
        }
    }
}
