package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** The calls on (directory descriptor, path) whose arguments need more than putting in a row. */
final class PathCalls {
    /** As the directory descriptor: the working directory. */
    static final int WORKING_DIRECTORY = -100;

    static final int SYMLINK_NOFOLLOW = 0x100;
    static final int SYMLINK_FOLLOW = 0x400;
    static final int EMPTY_PATH = 0x1000;

    private static final int NO_AUTOMOUNT = 0x800;
    private static final int BASIC_STATS = 0x7FF;
    private static final int OPEN_HOW_SIZE = 24;
    private static final int OPEN_ATTEMPTS = 64;
    private static final byte[] NO_NAME = {};

    private static volatile boolean fchmodat2Missing;

    private PathCalls() {}

    /**
     * {@code openat2}; a new descriptor. While others rename directories, the kernel may be unable to say whether
     * {@code ..} stays inside (EAGAIN): it is asked again a bounded number of times.
     *
     * <pre>
     * struct open_how { u64 flags; u64 mode; u64 resolve; }
     * </pre>
     */
    static int open(int directory, byte[] path, int flags, int mode, Resolve resolve) throws SystemCallException {
        Caller caller = Caller.current();
        MemorySegment how = caller.structure();
        how.set(JAVA_LONG, 0, flags | OpenFlags.CLOSE_ON_EXEC);
        how.set(JAVA_LONG, 8, OpenFlags.creates(flags) ? mode & FileMode.PERMISSION_MASK : 0);
        how.set(JAVA_LONG, 16, resolve.bits());
        long pathAddress = caller.name(path);
        long result = -Errno.EAGAIN;
        for (int i = 0; i < OPEN_ATTEMPTS && result == -Errno.EAGAIN; i++) {
            result = caller.call(CallNumber.OPENAT2, directory, pathAddress, caller.structureAddress(), OPEN_HOW_SIZE);
        }
        return (int) check(result, "openat2", path);
    }

    /**
     * {@code statx} of a name.
     *
     * @return false if there is nothing of that name (ENOENT, ENOTDIR)
     */
    static boolean status(int directory, byte[] name, boolean followSymlink, FileStatus into)
            throws SystemCallException {
        Caller caller = Caller.current();
        long result = statx(caller, directory, caller.name(name), followSymlink ? 0 : SYMLINK_NOFOLLOW, into);
        if (result == -Errno.ENOENT || result == -Errno.ENOTDIR) {
            return false;
        }
        check(result, "statx", name);
        return true;
    }

    /** {@code statx} of an open descriptor. */
    static void status(int descriptor, String owner, FileStatus into) throws SystemCallException {
        Caller caller = Caller.current();
        check(statx(caller, descriptor, caller.name(NO_NAME), EMPTY_PATH, into), "statx", owner);
    }

    /** The raw call on a name that lies at an address; fills {@code into} if the result is 0. */
    static long statx(Caller caller, int directory, long nameAddress, int flags, FileStatus into) {
        long result = caller.call(
                CallNumber.STATX, directory, nameAddress, flags | NO_AUTOMOUNT, BASIC_STATS, caller.statxAddress());
        if (result == 0) {
            into.decode(caller.statx());
        }
        return result;
    }

    /**
     * Changes the mode of a name, never through a symbolic link: {@code fchmodat2} (Linux 6.6), before it the way
     * through {@code /proc/self/fd} of a descriptor that is only a place.
     */
    static void changeMode(int directory, byte[] name, int mode) throws SystemCallException {
        if (!fchmodat2Missing) {
            Caller caller = Caller.current();
            long result = caller.call(CallNumber.FCHMODAT2, directory, caller.name(name), mode, SYMLINK_NOFOLLOW);
            if (result != -Errno.ENOSYS) {
                check(result, "fchmodat2", name);
                return;
            }
            fchmodat2Missing = true;
        }
        changeModeByPlace(directory, name, mode);
    }

    /** What {@link #changeMode} does on Linux before 6.6. */
    static void changeModeByPlace(int directory, byte[] name, int mode) throws SystemCallException {
        int place = open(directory, name, OpenFlags.PATH | OpenFlags.NO_FOLLOW, 0, Resolve.NONE);
        Descriptor descriptor = new Descriptor(place, "place");
        try {
            FileStatus status = new FileStatus();
            status(place, SystemCallException.quote(name), status);
            if (status.isSymlink()) {
                throw new SystemCallException("fchmodat", Errno.EOPNOTSUPP, name);
            }
            Caller caller = Caller.current();
            long link = caller.name(ProcPath.of(place));
            check(caller.call(CallNumber.FCHMODAT, WORKING_DIRECTORY, link, mode), "fchmodat", name);
        } finally {
            descriptor.close();
        }
    }

    /**
     * Gives an open file without a name its name: {@code linkat} with AT_EMPTY_PATH, which needs a privilege on many
     * kernels (without it: ENOENT), else through {@code /proc/self/fd}.
     */
    static void linkDescriptor(int descriptor, int directory, byte[] name) throws SystemCallException {
        Caller caller = Caller.current();
        long to = caller.secondName(name);
        long result = caller.call(CallNumber.LINKAT, descriptor, caller.name(NO_NAME), directory, to, EMPTY_PATH);
        if (result == -Errno.ENOENT) {
            long from = caller.name(ProcPath.of(descriptor));
            result = caller.call(CallNumber.LINKAT, WORKING_DIRECTORY, from, directory, to, SYMLINK_FOLLOW);
        }
        check(result, "linkat", name);
    }

    /**
     * The device number as {@code mknodat} takes it: minor bits 0–7, major bits 0–11, minor bits 8–19.
     *
     * @throws SystemCallException with EINVAL if the kernel has no room for the numbers
     */
    static int encodeDevice(int major, int minor, byte[] name) throws SystemCallException {
        if (major >>> 12 != 0 || minor >>> 20 != 0) {
            throw new SystemCallException("mknodat", Errno.EINVAL, name);
        }
        return (minor & 0xFF) | (major << 8) | ((minor & ~0xFF) << 12);
    }
}
