package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The extended attributes of one file: names with their namespace ({@code user.…}, {@code system.posix_acl_access}) and
 * values, both bytes. The file is an open one, or a name in an open directory whose symbolic link is not followed (by
 * way of {@code /proc/self/fd/}<i>n</i>{@code /}<i>name</i>), or what a descriptor without rights to its content stands
 * for. The handle given must stay open.
 */
public final class ExtendedAttributes {
    /** For {@link #set}: make or replace. */
    public static final int SET = 0;
    /** For {@link #set}: one that exists is EEXIST. */
    public static final int CREATE = 1;
    /** For {@link #set}: one that does not exist is ENODATA. */
    public static final int REPLACE = 2;

    /** The kernel's limit for a value and for the list of names, bytes. */
    private static final int MAX_SIZE = 64 * 1024;

    /** How the kernel is told which file is meant; a value of each call by descriptor, by name, and by a magic link. */
    private enum Way {
        DESCRIPTOR(CallNumber.FGETXATTR, CallNumber.FSETXATTR, CallNumber.FREMOVEXATTR, CallNumber.FLISTXATTR),
        NAME(CallNumber.LGETXATTR, CallNumber.LSETXATTR, CallNumber.LREMOVEXATTR, CallNumber.LLISTXATTR),
        PLACE(CallNumber.GETXATTR, CallNumber.SETXATTR, CallNumber.REMOVEXATTR, CallNumber.LISTXATTR);

        private final int get;
        private final int set;
        private final int remove;
        private final int list;

        Way(int get, int set, int remove, int list) {
            this.get = get;
            this.set = set;
            this.remove = remove;
            this.list = list;
        }
    }

    private final Way way;
    private final int fd;
    private final byte[] path;
    private final byte[] shown;

    private ExtendedAttributes(Way way, int fd, byte[] path, byte[] shown) {
        this.way = way;
        this.fd = fd;
        this.path = path;
        this.shown = shown;
    }

    /** Those of an open file. */
    public static ExtendedAttributes of(OpenFile file) throws IOException {
        byte[] path = ProcPath.of(file.fd());
        return new ExtendedAttributes(Way.DESCRIPTOR, file.fd(), path, path);
    }

    /** Those of a file that was opened with {@link OpenFlags#PATH}. */
    public static ExtendedAttributes ofPlace(OpenFile place) throws IOException {
        byte[] path = ProcPath.of(place.fd());
        return new ExtendedAttributes(Way.PLACE, -1, path, path);
    }

    /** Those of what {@code name} is in {@code directory}; of {@code .}, its own. */
    public static ExtendedAttributes of(DirectoryHandle directory, byte[] name) throws IOException {
        return new ExtendedAttributes(Way.NAME, -1, ProcPath.of(directory.fd(), name), name);
    }

    private long file(Caller caller) {
        return way == Way.DESCRIPTOR ? fd : caller.name(path);
    }

    /** A value; empty if there is no attribute of that name. */
    public Optional<byte[]> get(byte[] attribute) throws IOException {
        Caller caller = Caller.current();
        // The kernel has copied the name before it writes the answer over it.
        long name = caller.secondName(attribute);
        long result = caller.call(way.get, file(caller), name, caller.answerAddress(), Caller.PATH_MAX);
        if (result == -Errno.ENODATA) {
            return Optional.empty();
        }
        if (result == -Errno.ERANGE) {
            return getLong(caller, attribute);
        }
        return Optional.of(caller.answer((int) check(result, "getxattr", shown)));
    }

    private Optional<byte[]> getLong(Caller caller, byte[] attribute) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(MAX_SIZE);
            long name = caller.secondName(attribute);
            long result = caller.call(way.get, file(caller), name, value.address(), MAX_SIZE);
            if (result == -Errno.ENODATA) {
                return Optional.empty();
            }
            return Optional.of(bytes(value, check(result, "getxattr", shown)));
        }
    }

    /**
     * Sets a value.
     *
     * @param flags {@link #SET}, {@link #CREATE} or {@link #REPLACE}
     */
    public void set(byte[] attribute, byte[] value, int flags) throws IOException {
        Caller caller = Caller.current();
        try (Arena arena = Arena.ofConfined()) {
            long data = arena.allocateFrom(JAVA_BYTE, value).address();
            long name = caller.secondName(attribute);
            check(caller.call(way.set, file(caller), name, data, value.length, flags), "setxattr", shown);
        }
    }

    /** Removes an attribute; false if there is none of that name. */
    public boolean remove(byte[] attribute) throws IOException {
        Caller caller = Caller.current();
        long name = caller.secondName(attribute);
        long result = caller.call(way.remove, file(caller), name);
        if (result == -Errno.ENODATA) {
            return false;
        }
        check(result, "removexattr", shown);
        return true;
    }

    /** All names that the thread may see, in the file system's order; none where there are no extended attributes. */
    public List<byte[]> names() throws IOException {
        Caller caller = Caller.current();
        long result = caller.call(way.list, file(caller), caller.answerAddress(), Caller.PATH_MAX);
        if (result == -Errno.EOPNOTSUPP) {
            return List.of();
        }
        if (result == -Errno.ERANGE) {
            return longNames(caller);
        }
        return split(caller.answer((int) check(result, "listxattr", shown)));
    }

    private List<byte[]> longNames(Caller caller) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocate(MAX_SIZE);
            long result = caller.call(way.list, file(caller), list.address(), MAX_SIZE);
            return split(bytes(list, check(result, "listxattr", shown)));
        }
    }

    /** Names lie one after another, each with a NUL at its end. */
    private static List<byte[]> split(byte[] list) {
        List<byte[]> names = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < list.length; i++) {
            if (list[i] == 0) {
                names.add(Arrays.copyOfRange(list, start, i));
                start = i + 1;
            }
        }
        return names;
    }

    private static byte[] bytes(MemorySegment memory, long length) {
        return memory.asSlice(0, length).toArray(JAVA_BYTE);
    }
}
