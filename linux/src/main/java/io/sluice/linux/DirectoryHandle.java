package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An open directory; every path and name given to it is relative to it (an absolute one is not, unless a {@link
 * Resolve} says so). Where a method takes a <em>name</em> it may be a path too, walked by the kernel's ordinary rules;
 * the last component is never followed if it is a symbolic link, but where the method says so. The name {@code .} is
 * the directory itself.
 *
 * <p>Any number of threads may use a handle; whoever closes it takes care that they are done.
 */
public final class DirectoryHandle implements AutoCloseable {
    /** For {@link #rename}: an existing new name is EEXIST. */
    public static final int RENAME_NO_REPLACE = 1;
    /** For {@link #rename}: both names must exist and change places. */
    public static final int RENAME_EXCHANGE = 2;
    /** For {@link #changeOwner}: keep this id. */
    public static final int KEEP_ID = -1;

    private static final int REMOVE_DIRECTORY = 0x200;
    private static final int DUPLICATE_CLOSE_ON_EXEC = 1030;
    /** In {@code struct statfs}. */
    private static final int FILE_SYSTEM_ID = 56;

    private static final byte[] SELF = {'.'};

    private final Descriptor descriptor;
    /** Whether the descriptor's reading position belongs to no reader yet. */
    private final AtomicBoolean unread;

    private DirectoryHandle(int fd, boolean readable) {
        this.descriptor = new Descriptor(fd, "directory handle");
        this.unread = new AtomicBoolean(readable);
    }

    /** Opens a directory for reading, as {@code open(2)} finds it from the working directory. */
    public static DirectoryHandle open(byte[] absoluteOrRelativePath) throws IOException {
        int flags = OpenFlags.READ_ONLY | OpenFlags.DIRECTORY;
        int fd = PathCalls.open(PathCalls.WORKING_DIRECTORY, absoluteOrRelativePath, flags, 0, Resolve.UNRESTRICTED);
        return new DirectoryHandle(fd, true);
    }

    /** Takes an open descriptor that is only a place. */
    static DirectoryHandle ofPlace(int fd) {
        return new DirectoryHandle(fd, false);
    }

    /**
     * Opens a directory as a place to start from, as {@code open(2)} finds it from the working directory. Unlike {@link
     * #open}, nobody who watches the directory gets an event of it.
     */
    public static DirectoryHandle place(byte[] absoluteOrRelativePath) throws IOException {
        int flags = OpenFlags.PATH | OpenFlags.DIRECTORY;
        int fd = PathCalls.open(PathCalls.WORKING_DIRECTORY, absoluteOrRelativePath, flags, 0, Resolve.UNRESTRICTED);
        return new DirectoryHandle(fd, false);
    }

    /** Opens a directory for reading. A symbolic link as the last component is followed if {@code resolve} lets it. */
    public DirectoryHandle openDirectory(byte[] path, Resolve resolve) throws IOException {
        int flags = OpenFlags.READ_ONLY | OpenFlags.DIRECTORY;
        return new DirectoryHandle(PathCalls.open(fd(), path, flags, 0, resolve), true);
    }

    /**
     * Opens a directory as a place to start from: as {@link #openDirectory}, but it needs no permission to read it,
     * only to search the way there.
     */
    public DirectoryHandle openPlace(byte[] path, Resolve resolve) throws IOException {
        int flags = OpenFlags.PATH | OpenFlags.DIRECTORY;
        return new DirectoryHandle(PathCalls.open(fd(), path, flags, 0, resolve), false);
    }

    /**
     * Opens or creates a file.
     *
     * @param flags of {@link OpenFlags}
     * @param mode permission bits of a new file, less the umask; not used if none is created
     */
    public OpenFile openFile(byte[] path, int flags, int mode, Resolve resolve) throws IOException {
        return new OpenFile(PathCalls.open(fd(), path, flags, mode, resolve));
    }

    /**
     * The descriptor's number, open until this handle is closed.
     *
     * @throws IOException if it is closed
     */
    public int fd() throws IOException {
        return descriptor.number();
    }

    /**
     * The absolute path by which the kernel knows the directory now, from the mount that it was opened by. One that was
     * removed has {@code " (deleted)"} after its last one.
     *
     * @throws SystemCallException with ENAMETOOLONG if there is no room for it in 4,095 bytes
     */
    public byte[] kernelPath() throws IOException {
        Caller caller = Caller.current();
        long link = caller.name(ProcPath.of(fd()));
        long result = caller.call(
                CallNumber.READLINKAT, PathCalls.WORKING_DIRECTORY, link, caller.answerAddress(), Caller.PATH_MAX);
        return caller.answer((int) check(result, "readlinkat", "directory handle"));
    }

    /**
     * The same directory, opened by way of the handle that its file system has for it: as events of {@link Fanotify} name
     * it.
     *
     * @return null if that leads nowhere
     * @throws SystemCallException with EOPNOTSUPP if the file system has no handles; with EPERM if the process may not
     *     use them
     */
    public @Nullable DirectoryHandle reopenByHandle() throws IOException {
        return FileHandles.reopen(this);
    }

    /**
     * What events of {@link Fanotify} call a file or directory: as {@link FanotifyEvents#directory} has it.
     *
     * @param name empty: this directory; else something on the same file system
     * @throws SystemCallException as {@link #reopenByHandle}
     */
    public byte[] eventKey(byte[] name, boolean followSymlink) throws IOException {
        return FileHandles.key(this, name, followSymlink);
    }

    /** The file system that the directory is on. */
    public FileSystem fileSystem() throws IOException {
        Caller caller = Caller.current();
        check(caller.call(CallNumber.FSTATFS, fd(), caller.statxAddress()), "fstatfs", "directory handle");
        return new FileSystem(caller.statx().get(JAVA_LONG, 0), caller.statx().get(JAVA_LONG, FILE_SYSTEM_ID));
    }

    /** Another handle on the same directory. */
    public DirectoryHandle duplicate() throws IOException {
        long result = Caller.current().call(CallNumber.FCNTL, fd(), DUPLICATE_CLOSE_ON_EXEC, 0);
        return new DirectoryHandle((int) check(result, "fcntl", "directory handle"), false);
    }

    /**
     * Starts reading the directory's entries from the first. Close the reader before this handle.
     *
     * <p>The first reader of a handle uses its descriptor; another one opens the directory again.
     */
    public DirectoryReader read() throws IOException {
        if (unread.compareAndSet(true, false)) {
            return new DirectoryReader(descriptor, false);
        }
        int flags = OpenFlags.READ_ONLY | OpenFlags.DIRECTORY;
        int fd = PathCalls.open(fd(), SELF, flags, 0, Resolve.NO_SYMLINKS);
        return new DirectoryReader(new Descriptor(fd, "directory reader"), true);
    }

    /** Opens a directory just to read its entries; the reader closes it. */
    public DirectoryReader list(byte[] path, Resolve resolve) throws IOException {
        int flags = OpenFlags.READ_ONLY | OpenFlags.DIRECTORY;
        int fd = PathCalls.open(fd(), path, flags, 0, resolve);
        return new DirectoryReader(new Descriptor(fd, "directory reader"), true);
    }

    /**
     * Reads the status of a name.
     *
     * @return false if there is nothing of that name (ENOENT, ENOTDIR); {@code into} is then unchanged
     */
    public boolean status(byte[] name, boolean followSymlink, FileStatus into) throws IOException {
        return PathCalls.status(fd(), name, followSymlink, into);
    }

    /** Reads the status of the directory itself. */
    public void status(FileStatus into) throws IOException {
        PathCalls.status(fd(), "directory handle", into);
    }

    /** Makes a directory; its mode is {@code mode} less the umask. */
    public void makeDirectory(byte[] name, int mode) throws IOException {
        Caller caller = Caller.current();
        check(caller.call(CallNumber.MKDIRAT, fd(), caller.name(name), mode), "mkdirat", name);
    }

    /** Removes an empty directory. */
    public void removeDirectory(byte[] name) throws IOException {
        Caller caller = Caller.current();
        long result = caller.call(CallNumber.UNLINKAT, fd(), caller.name(name), REMOVE_DIRECTORY);
        check(result, "unlinkat", name);
    }

    /** Removes a name that is not a directory. */
    public void unlink(byte[] name) throws IOException {
        Caller caller = Caller.current();
        check(caller.call(CallNumber.UNLINKAT, fd(), caller.name(name), 0), "unlinkat", name);
    }

    /**
     * Renames atomically, replacing what has the new name.
     *
     * @param flags 0, {@link #RENAME_NO_REPLACE} or {@link #RENAME_EXCHANGE}; EINVAL if the file system has no such
     *     thing
     */
    public void rename(byte[] oldName, DirectoryHandle newDirectory, byte[] newName, int flags) throws IOException {
        Caller caller = Caller.current();
        long from = caller.name(oldName);
        long to = caller.secondName(newName);
        long result = caller.call(CallNumber.RENAMEAT2, fd(), from, newDirectory.fd(), to, flags);
        check(result, "renameat2", oldName, newName);
    }

    /** Makes a hard link; a symbolic link is itself linked. */
    public void link(byte[] existingName, DirectoryHandle newDirectory, byte[] newName) throws IOException {
        Caller caller = Caller.current();
        long from = caller.name(existingName);
        long to = caller.secondName(newName);
        check(caller.call(CallNumber.LINKAT, fd(), from, newDirectory.fd(), to), "linkat", existingName, newName);
    }

    /** Gives an open file a name here: for one that was opened {@link OpenFlags#TEMPORARY}. */
    public void linkDescriptor(OpenFile file, byte[] newName) throws IOException {
        PathCalls.linkDescriptor(file.fd(), fd(), newName);
    }

    /** Makes a symbolic link with any target. */
    public void symlink(byte[] target, byte[] name) throws IOException {
        Caller caller = Caller.current();
        long to = caller.name(target);
        check(caller.call(CallNumber.SYMLINKAT, to, fd(), caller.secondName(name)), "symlinkat", name);
    }

    /** A symbolic link's target; EINVAL if the name is something else. */
    public byte[] readLink(byte[] name) throws IOException {
        Caller caller = Caller.current();
        long result =
                caller.call(CallNumber.READLINKAT, fd(), caller.name(name), caller.answerAddress(), Caller.PATH_MAX);
        return caller.answer((int) check(result, "readlinkat", name));
    }

    /**
     * Makes a fifo, socket, device or empty regular file.
     *
     * @param mode type ({@link FileMode}) and permissions, less the umask
     * @param rdevMajor 0 to 4,095, 0 unless a device; a larger one is EINVAL
     * @param rdevMinor 0 to 1,048,575, 0 unless a device
     */
    public void makeNode(byte[] name, int mode, int rdevMajor, int rdevMinor) throws IOException {
        Caller caller = Caller.current();
        int device = PathCalls.encodeDevice(rdevMajor, rdevMinor, name);
        long result = caller.call(CallNumber.MKNODAT, fd(), caller.name(name), mode, Integer.toUnsignedLong(device));
        check(result, "mknodat", name);
    }

    /**
     * Sets access and modification time; nanoseconds may be {@link FileTimes#OMIT} or {@link FileTimes#NOW}. Six
     * parameters, as they are two times of the kernel's shape.
     *
     * @param follow whether a symbolic link as the last component is followed
     */
    public void setTimes(
            byte[] name, long atimeSeconds, int atimeNanos, long mtimeSeconds, int mtimeNanos, boolean follow)
            throws IOException {
        Caller caller = Caller.current();
        long times = FileTimes.write(caller, atimeSeconds, atimeNanos, mtimeSeconds, mtimeNanos);
        int flags = follow ? 0 : PathCalls.SYMLINK_NOFOLLOW;
        check(caller.call(CallNumber.UTIMENSAT, fd(), caller.name(name), times, flags), "utimensat", name);
    }

    /** Sets owner and group; {@link #KEEP_ID} leaves one as it is. */
    public void changeOwner(byte[] name, int uid, int gid) throws IOException {
        Caller caller = Caller.current();
        long nameAddress = caller.name(name);
        long result = caller.call(CallNumber.FCHOWNAT, fd(), nameAddress, uid, gid, PathCalls.SYMLINK_NOFOLLOW);
        check(result, "fchownat", name);
    }

    /** Sets the twelve permission bits; a symbolic link is EOPNOTSUPP. */
    public void changeMode(byte[] name, int mode) throws IOException {
        PathCalls.changeMode(fd(), name, mode);
    }

    @Override
    public void close() throws IOException {
        descriptor.close();
    }
}
