package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Directories by what a file system itself calls them, which stays theirs when they move.
 *
 * <pre>
 * struct file_handle { u32 bytes; s32 type; u8 handle[bytes]; }
 * </pre>
 */
final class FileHandles {
    private static final int MAX_HANDLE = 128;
    private static final int HANDLE_HEADER = 8;
    private static final int MOUNT_ID_OFFSET = HANDLE_HEADER + MAX_HANDLE;
    private static final byte[] NO_NAME = {};
    private static final byte[] DIRECTORY = "directory".getBytes(StandardCharsets.US_ASCII);
    private static final int TRIES = 200;
    private static final long PAUSE_NANOS = 50_000;

    private FileHandles() {}

    /**
     * Opens the directory whose handle lies at an address; null if it is gone.
     *
     * <p>While the number that a removed directory had is being given to a new one, the kernel says that it lacks memory
     * (seen with ext4, Linux 6.18): only if it goes on to say so, it does.
     */
    static @Nullable DirectoryHandle open(DirectoryHandle mount, long handleAddress) throws IOException {
        long result = openOnce(mount, handleAddress);
        for (int tries = 1; result == -Errno.ENOMEM && tries < TRIES; tries++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            result = openOnce(mount, handleAddress);
        }
        if (result == -Errno.ESTALE || result == -Errno.ENOENT) {
            return null;
        }
        return DirectoryHandle.ofPlace((int) check(result, "open_by_handle_at", "directory"));
    }

    private static long openOnce(DirectoryHandle mount, long handleAddress) throws IOException {
        int flags = OpenFlags.PATH | OpenFlags.DIRECTORY | OpenFlags.CLOSE_ON_EXEC;
        return Caller.current().call(CallNumber.OPEN_BY_HANDLE_AT, mount.fd(), handleAddress, flags);
    }

    /**
     * What events of fanotify call something: its file system, and the handle that has for it.
     *
     * @param name empty: the directory itself
     */
    static byte[] key(DirectoryHandle directory, byte[] name, boolean followSymlink) throws IOException {
        long fileSystem = directory.fileSystem().id();
        Caller caller = Caller.current();
        handle(caller, directory, name, followSymlink ? PathCalls.SYMLINK_FOLLOW : 0);
        int bytes = caller.statx().get(JAVA_INT, 0);
        byte[] key = new byte[Long.BYTES + HANDLE_HEADER + bytes];
        MemorySegment whole = MemorySegment.ofArray(key);
        whole.set(JAVA_LONG_UNALIGNED, 0, fileSystem);
        MemorySegment.copy(caller.statx(), 0, whole, Long.BYTES, HANDLE_HEADER + bytes);
        return key;
    }

    /** Opens a directory once more by way of its handle; null if that leads nowhere. */
    static @Nullable DirectoryHandle reopen(DirectoryHandle directory) throws IOException {
        return open(directory, handle(Caller.current(), directory, NO_NAME, 0));
    }

    /** The address of a handle, which lies where the caller has its statx. */
    private static long handle(Caller caller, DirectoryHandle directory, byte[] name, int flags) throws IOException {
        caller.statx().set(JAVA_INT, 0, MAX_HANDLE);
        long address = caller.statxAddress();
        long result = caller.call(
                CallNumber.NAME_TO_HANDLE_AT,
                directory.fd(),
                caller.name(name),
                address,
                address + MOUNT_ID_OFFSET,
                name.length == 0 ? PathCalls.EMPTY_PATH : flags);
        check(result, "name_to_handle_at", name.length == 0 ? DIRECTORY : name);
        return address;
    }
}
