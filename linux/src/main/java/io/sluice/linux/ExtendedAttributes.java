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
 * way of {@code /proc/self/fd/}<i>n</i>{@code /}<i>name</i>). The handle given must stay open.
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

    private final int fd;
    private final byte[] path;
    private final byte[] shown;

    private ExtendedAttributes(int fd, byte[] path, byte[] shown) {
        this.fd = fd;
        this.path = path;
        this.shown = shown;
    }

    /** Those of an open file. */
    public static ExtendedAttributes of(OpenFile file) throws IOException {
        byte[] path = ProcPath.of(file.fd());
        return new ExtendedAttributes(file.fd(), path, path);
    }

    /** Those of what {@code name} is in {@code directory}; of {@code .}, its own. */
    public static ExtendedAttributes of(DirectoryHandle directory, byte[] name) throws IOException {
        return new ExtendedAttributes(-1, ProcPath.of(directory.fd(), name), name);
    }

    /** A value; empty if there is no attribute of that name. */
    public Optional<byte[]> get(byte[] attribute) throws IOException {
        Caller caller = Caller.current();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(MAX_SIZE);
            long name = caller.secondName(attribute);
            long result = fd >= 0
                    ? caller.call(CallNumber.FGETXATTR, fd, name, value.address(), MAX_SIZE)
                    : caller.call(CallNumber.LGETXATTR, caller.name(path), name, value.address(), MAX_SIZE);
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
            long result = fd >= 0
                    ? caller.call(CallNumber.FSETXATTR, fd, name, data, value.length, flags)
                    : caller.call(CallNumber.LSETXATTR, caller.name(path), name, data, value.length, flags);
            check(result, "setxattr", shown);
        }
    }

    /** Removes an attribute; false if there is none of that name. */
    public boolean remove(byte[] attribute) throws IOException {
        Caller caller = Caller.current();
        long name = caller.secondName(attribute);
        long result = fd >= 0
                ? caller.call(CallNumber.FREMOVEXATTR, fd, name)
                : caller.call(CallNumber.LREMOVEXATTR, caller.name(path), name);
        if (result == -Errno.ENODATA) {
            return false;
        }
        check(result, "removexattr", shown);
        return true;
    }

    /** All names that the thread may see, in the file system's order; none where there are no extended attributes. */
    public List<byte[]> names() throws IOException {
        Caller caller = Caller.current();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocate(MAX_SIZE);
            long result = fd >= 0
                    ? caller.call(CallNumber.FLISTXATTR, fd, list.address(), MAX_SIZE)
                    : caller.call(CallNumber.LLISTXATTR, caller.name(path), list.address(), MAX_SIZE);
            if (result == -Errno.EOPNOTSUPP) {
                return List.of();
            }
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
