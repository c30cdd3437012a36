package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Who a thread is to the file system. Linux keeps credentials by thread, and these calls go to the kernel past the C
 * library, which would change all threads: only the calling platform thread takes on another identity, and every thread
 * that is started from it while it has. Ids are unsigned 32-bit values in an {@code int}.
 *
 * <p>Side effect: after any change the kernel lets the process no longer dump core or be traced by its user.
 */
public final class Identity implements AutoCloseable {
    /** As an id: the kernel refuses it, and so answers with the one that is set. */
    private static final int QUERY = -1;

    private static final int MAX_GROUPS = 65_536;
    private static final int UNKNOWN = -1;
    private static final String THREAD = "thread";

    private static volatile int umask = UNKNOWN;

    private final Thread thread;
    private final int previousUid;
    private final int previousGid;
    private final int[] previousGroups;
    private boolean restored;

    private Identity() throws SystemCallException {
        thread = Thread.currentThread();
        previousUid = kernelFileUser();
        previousGid = kernelFileGroup();
        previousGroups = groups();
    }

    /** The real user of the process. */
    public static int currentUser() {
        return (int) Caller.current().call(CallNumber.GETUID, 0);
    }

    /** The real group of the process. */
    public static int currentGroup() {
        return (int) Caller.current().call(CallNumber.GETGID, 0);
    }

    /**
     * The user by whose rights the calling thread acts, file access aside if it has {@link #assume assumed} another.
     */
    public static int effectiveUser() {
        return (int) Caller.current().call(CallNumber.GETEUID, 0);
    }

    /** The group by whose rights the calling thread acts, file access aside. */
    public static int effectiveGroup() {
        return (int) Caller.current().call(CallNumber.GETEGID, 0);
    }

    /** The user by whose rights the calling thread uses files. */
    public static int fileUser() {
        int own = (int) Caller.current().callKernel(CallNumber.GETEUID, 0);
        int user = kernelFileUser();
        // A preloaded library has a word about a thread that has not assumed another user.
        return user == own ? effectiveUser() : user;
    }

    private static int kernelFileUser() {
        return (int) Caller.current().callKernel(CallNumber.SETFSUID, QUERY);
    }

    /** The group by whose rights the calling thread uses files. */
    public static int fileGroup() {
        int own = (int) Caller.current().callKernel(CallNumber.GETEGID, 0);
        int group = kernelFileGroup();
        return group == own ? effectiveGroup() : group;
    }

    private static int kernelFileGroup() {
        return (int) Caller.current().callKernel(CallNumber.SETFSGID, QUERY);
    }

    /** The supplementary groups of the calling thread. */
    public static int[] groups() throws SystemCallException {
        Caller caller = Caller.current();
        int count = (int) check(caller.call(CallNumber.GETGROUPS, 0, 0), "getgroups", THREAD);
        if (count == 0) {
            return new int[0];
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocate(JAVA_INT, count);
            long result = caller.call(CallNumber.GETGROUPS, count, list.address());
            return list.asSlice(0, check(result, "getgroups", THREAD) * Integer.BYTES)
                    .toArray(JAVA_INT);
        }
    }

    /**
     * Takes on an identity for the calling thread's use of files. Without being {@code uid} 0 it loses the rights of
     * root over files (CAP_CHOWN, DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER, FSETID, MKNOD), until the same thread closes
     * what is returned.
     *
     * @param groups supplementary groups
     * @throws SystemCallException with EPERM if the process may not; the thread is then what it was
     * @throws IllegalStateException on a virtual thread, whose carrier serves others
     */
    public static Identity assume(int uid, int gid, int[] groups) throws IOException {
        requirePlatformThread();
        Identity previous = new Identity();
        try {
            setGroups(groups);
            setFileGroup(gid);
            setFileUser(uid);
        } catch (SystemCallException e) {
            previous.restore(e);
            throw e;
        }
        return previous;
    }

    private void restore(SystemCallException cause) {
        try {
            close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Makes the calling thread another user for good: real, effective, saved and file ids, and so all capabilities.
     * Threads that it starts inherit it; all other threads stay what they are.
     *
     * @throws SystemCallException with EPERM if the process may not; the thread must then not be used further, as a
     *     part may be done
     */
    public static void drop(int uid, int gid, int[] groups) throws IOException {
        requirePlatformThread();
        setGroups(groups);
        Caller caller = Caller.current();
        check(caller.call(CallNumber.SETRESGID, gid, gid, gid), "setresgid", "group " + Integer.toUnsignedString(gid));
        check(caller.call(CallNumber.SETRESUID, uid, uid, uid), "setresuid", "user " + Integer.toUnsignedString(uid));
        verify("setresgid", "group", gid, kernelFileGroup());
        verify("setresuid", "user", uid, kernelFileUser());
    }

    static void requirePlatformThread() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("thread: virtual (expected: a platform thread)");
        }
    }

    private static void setGroups(int[] groups) throws SystemCallException {
        if (groups.length > MAX_GROUPS) {
            throw new SystemCallException("setgroups", Errno.EINVAL, groups.length + " groups");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocateFrom(JAVA_INT, groups);
            long result = Caller.current().call(CallNumber.SETGROUPS, groups.length, list.address());
            check(result, "setgroups", groups.length + " groups");
        }
    }

    private static void setFileGroup(int gid) throws SystemCallException {
        Caller.current().call(CallNumber.SETFSGID, gid);
        verify("setfsgid", "group", gid, kernelFileGroup());
    }

    private static void setFileUser(int uid) throws SystemCallException {
        Caller.current().call(CallNumber.SETFSUID, uid);
        verify("setfsuid", "user", uid, kernelFileUser());
    }

    /** {@code setfsuid} and {@code setfsgid} report no error: only what is set afterwards tells. */
    private static void verify(String call, String kind, int wanted, int set) throws SystemCallException {
        if (set != wanted) {
            throw new SystemCallException(call, Errno.EPERM, kind + " " + Integer.toUnsignedString(wanted));
        }
    }

    /**
     * Gives the thread back the identity that it had.
     *
     * @throws SystemCallException if the kernel refuses; the thread must then not be used further
     * @throws WrongThreadException on another thread
     */
    @Override
    public void close() throws IOException {
        if (restored) {
            return;
        }
        if (!Thread.currentThread().equals(thread)) {
            throw new WrongThreadException("identity: closed by "
                    + Thread.currentThread().getName() + " (expected: " + thread.getName() + ")");
        }
        setFileUser(previousUid);
        setFileGroup(previousGid);
        if (!Arrays.equals(previousGroups, groups())) {
            setGroups(previousGroups);
        }
        restored = true;
    }

    /**
     * The permission bits that new files of the process do not get, as they were when somebody first asked: nothing here
     * changes them, and each session needs them.
     */
    public static int umask() throws IOException {
        int known = umask;
        if (known == UNKNOWN) {
            known = readUmask();
            umask = known;
        }
        return known;
    }

    /** There is no call that reads it without changing it. */
    private static int readUmask() throws IOException {
        Path status = Path.of("/proc/self/status");
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("Umask:")) {
                return Integer.parseInt(line.substring("Umask:".length()).trim(), 8);
            }
        }
        throw new IOException(status + ": no umask (expected: a line Umask)");
    }
}
