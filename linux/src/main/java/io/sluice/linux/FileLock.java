package io.sluice.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Advisory, exclusive locks on ranges of bytes, which need not exist ({@code fcntl}). The two kinds see each other: a
 * lock of one kind keeps out both. They differ in who owns it.
 */
public enum FileLock {
    /**
     * Owned by the opening of the file (F_OFD_SETLK): two openings in one process keep each other out, and the lock
     * ends when the file is closed. What a process with many connections needs.
     */
    OPEN_FILE(37),

    /**
     * Owned by the process (F_SETLK, as rsync's daemon has it): a process never keeps out itself, and loses all its
     * locks on a file as soon as it closes <em>any</em> opening of that file.
     */
    PROCESS(6);

    private static final short WRITE_LOCK = 1;
    private static final short UNLOCK = 2;

    private final int command;

    FileLock(int command) {
        this.command = command;
    }

    /**
     * Locks a range of a file that is open for writing, without waiting.
     *
     * @param length bytes; 0 is up to the largest position
     * @return false if another owner has a lock on a part of it
     */
    public boolean tryLock(OpenFile file, long start, long length) throws IOException {
        long result = set(file, WRITE_LOCK, start, length);
        if (result == -Errno.EAGAIN || result == -Errno.EACCES) {
            return false;
        }
        SystemCallException.check(result, "fcntl", "lock");
        return true;
    }

    /** Ends this owner's locks in a range. */
    public void unlock(OpenFile file, long start, long length) throws IOException {
        SystemCallException.check(set(file, UNLOCK, start, length), "fcntl", "lock");
    }

    /**
     * <pre>
     * struct flock { s16 type; s16 whence; 4 bytes unused; s64 start; s64 length; s32 pid; 4 bytes unused }
     *                pid must be 0
     * </pre>
     */
    private long set(OpenFile file, short type, long start, long length) throws IOException {
        Caller caller = Caller.current();
        MemorySegment lock = caller.structure();
        lock.set(JAVA_SHORT, 0, type);
        lock.set(JAVA_SHORT, 2, (short) 0);
        lock.set(JAVA_LONG, 8, start);
        lock.set(JAVA_LONG, 16, length);
        lock.set(JAVA_INT, 24, 0);
        return caller.call(CallNumber.FCNTL, file.fd(), command, caller.structureAddress());
    }
}
