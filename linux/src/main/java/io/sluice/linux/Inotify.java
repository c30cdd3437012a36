package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * An inotify instance: watches on files and directories (not on what is below them), and their events. One thread
 * reads; others may add and remove watches, {@link #wakeUp wake} the reader and {@link #close} at any moment.
 */
public final class Inotify implements AutoCloseable {
    /** As a timeout: wait as long as it takes. */
    public static final long FOREVER = -1;

    private static final int NONBLOCK_CLOSE_ON_EXEC = 0x80800;
    private static final short POLLIN = 1;
    private static final int POLL_FD_SIZE = 8;
    private static final int TIMEOUT_OFFSET = 16;
    private static final byte[] SELF = {'.'};
    private static final String INOTIFY = "inotify";

    private final Descriptor events;
    private final Descriptor wakeUps;
    /** Calls that are under way; the descriptors are closed when there is none. Guarded by this. */
    private int callers;

    private boolean closed;

    private Inotify(Descriptor events, Descriptor wakeUps) {
        this.events = events;
        this.wakeUps = wakeUps;
    }

    /**
     * Opens an instance.
     *
     * @throws SystemCallException with EMFILE if the user has as many as {@link InotifyLimits#maxInstances} allows
     */
    public static Inotify open() throws IOException {
        Caller caller = Caller.current();
        long fd = check(caller.call(CallNumber.INOTIFY_INIT1, NONBLOCK_CLOSE_ON_EXEC), "inotify_init1", INOTIFY);
        Descriptor events = new Descriptor((int) fd, INOTIFY);
        long wakeUpFd = caller.call(CallNumber.EVENTFD2, 0, NONBLOCK_CLOSE_ON_EXEC);
        if (wakeUpFd < 0) {
            events.close();
            throw new SystemCallException("eventfd2", (int) -wakeUpFd, INOTIFY);
        }
        return new Inotify(events, new Descriptor((int) wakeUpFd, INOTIFY));
    }

    /**
     * Watches what {@code path} names.
     *
     * @param mask bits of {@link InotifyMask}
     * @return the watch's number; the same as before if the file is watched already, whose mask is then replaced
     * @throws SystemCallException with ENOSPC if the user has as many as {@link InotifyLimits#maxWatches} allows
     */
    public int addWatch(byte[] path, int mask) throws IOException {
        return addWatch(path, path, mask);
    }

    /** Watches an open directory, wherever it is now. */
    public int addWatch(DirectoryHandle directory, int mask) throws IOException {
        return addWatch(directory, SELF, mask);
    }

    /** Watches what {@code name} is in an open directory. */
    public int addWatch(DirectoryHandle directory, byte[] name, int mask) throws IOException {
        return addWatch(ProcPath.of(directory.fd(), name), name, mask);
    }

    private int addWatch(byte[] path, byte[] shown, int mask) throws IOException {
        enter();
        try {
            Caller caller = Caller.current();
            long result = caller.call(
                    CallNumber.INOTIFY_ADD_WATCH, events.number(), caller.name(path), Integer.toUnsignedLong(mask));
            return (int) check(result, "inotify_add_watch", shown);
        } finally {
            leave();
        }
    }

    /**
     * Ends a watch; its last event is {@link InotifyMask#IGNORED}.
     *
     * @return false if it was gone already
     */
    public boolean removeWatch(int watch) throws IOException {
        enter();
        try {
            long result = Caller.current().call(CallNumber.INOTIFY_RM_WATCH, events.number(), watch);
            if (result == -Errno.EINVAL) {
                return false;
            }
            check(result, "inotify_rm_watch", "watch " + watch);
            return true;
        } finally {
            leave();
        }
    }

    /**
     * Waits for events and reads as many as there are and fit.
     *
     * @param timeoutMillis 0 does not wait; {@link #FOREVER}
     * @return false if {@code into} is empty, since the time is over or {@link #wakeUp} or {@link #close} was called
     * @throws IOException if it was closed before
     */
    public boolean read(InotifyEvents into, long timeoutMillis) throws IOException {
        into.reset(0);
        enter();
        try {
            if (!pollInside(timeoutMillis)) {
                return false;
            }
            MemorySegment buffer = into.buffer();
            long result = Caller.current().call(CallNumber.READ, events.number(), buffer.address(), buffer.byteSize());
            if (result == -Errno.EAGAIN) {
                return false;
            }
            into.reset((int) check(result, "read", INOTIFY));
            return true;
        } finally {
            leave();
        }
    }

    /**
     * Waits until there are events to read.
     *
     * @return false if the time is over or {@link #wakeUp} or {@link #close} was called
     */
    public boolean poll(long timeoutMillis) throws IOException {
        enter();
        try {
            return pollInside(timeoutMillis);
        } finally {
            leave();
        }
    }

    /**
     * <pre>
     * struct pollfd { s32 fd; s16 events; s16 revents; } [2]   struct timespec { long seconds; long nanoseconds; }
     * </pre>
     *
     * The kernel counts the timespec down, so that the call may be repeated after a signal.
     */
    private boolean pollInside(long timeoutMillis) throws IOException {
        Caller caller = Caller.current();
        MemorySegment memory = caller.structure();
        memory.set(JAVA_INT, 0, events.number());
        memory.set(JAVA_INT, 4, POLLIN);
        memory.set(JAVA_INT, POLL_FD_SIZE, wakeUps.number());
        memory.set(JAVA_INT, POLL_FD_SIZE + 4, POLLIN);
        memory.set(JAVA_LONG, TIMEOUT_OFFSET, timeoutMillis / 1000);
        memory.set(JAVA_LONG, TIMEOUT_OFFSET + 8, timeoutMillis % 1000 * 1_000_000);
        long address = caller.structureAddress();
        long timeout = timeoutMillis < 0 ? 0 : address + TIMEOUT_OFFSET;
        check(caller.call(CallNumber.PPOLL, address, 2, timeout), "ppoll", INOTIFY);
        boolean ready = memory.get(JAVA_SHORT, 6) != 0;
        if (memory.get(JAVA_SHORT, POLL_FD_SIZE + 6) != 0) {
            long result = caller.call(CallNumber.READ, wakeUps.number(), address, Long.BYTES);
            if (result != -Errno.EAGAIN) {
                check(result, "read", "eventfd");
            }
        }
        return ready;
    }

    /**
     * Makes the {@link #read} or {@link #poll} that is under way, or else the next one, return at once. It may return
     * events even so: the reader looks at its own state after each return.
     */
    public void wakeUp() throws IOException {
        enter();
        try {
            signal();
        } finally {
            leave();
        }
    }

    private void signal() throws IOException {
        Caller caller = Caller.current();
        caller.structure().set(JAVA_LONG, 0, 1);
        long result = caller.call(CallNumber.WRITE, wakeUps.number(), caller.structureAddress(), Long.BYTES);
        if (result != -Errno.EAGAIN) {
            check(result, "write", "eventfd");
        }
    }

    private synchronized void enter() throws IOException {
        if (closed) {
            throw new IOException("inotify: closed (expected: open)");
        }
        callers++;
    }

    private synchronized void leave() throws IOException {
        callers--;
        if (closed && callers == 0) {
            closeDescriptors();
        }
    }

    /** Ends all watches. A thread that is reading is woken; the last call under way closes the descriptors. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (callers > 0) {
            signal();
        } else {
            closeDescriptors();
        }
    }

    private void closeDescriptors() throws IOException {
        try {
            events.close();
        } finally {
            wakeUps.close();
        }
    }
}
