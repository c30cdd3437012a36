package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;

import java.io.IOException;

/**
 * An inotify instance: watches on files and directories (not on what is below them), and their events. One thread
 * reads; others may add and remove watches, {@link #wakeUp wake} the reader and {@link #close} at any moment.
 */
public final class Inotify implements AutoCloseable {
    /** As a timeout: wait as long as it takes. */
    public static final long FOREVER = -1;

    private static final int NONBLOCK_CLOSE_ON_EXEC = 0x80800;
    private static final byte[] SELF = {'.'};
    private static final String INOTIFY = "inotify";

    private final NotificationQueue queue;

    private Inotify(NotificationQueue queue) {
        this.queue = queue;
    }

    /**
     * Opens an instance.
     *
     * @throws SystemCallException with EMFILE if the user has as many as {@link InotifyLimits#maxInstances} allows
     */
    public static Inotify open() throws IOException {
        Caller caller = Caller.current();
        long fd = check(caller.call(CallNumber.INOTIFY_INIT1, NONBLOCK_CLOSE_ON_EXEC), "inotify_init1", INOTIFY);
        return new Inotify(NotificationQueue.of((int) fd, INOTIFY));
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
        int descriptor = queue.enter();
        try {
            Caller caller = Caller.current();
            long result = caller.call(
                    CallNumber.INOTIFY_ADD_WATCH, descriptor, caller.name(path), Integer.toUnsignedLong(mask));
            return (int) check(result, "inotify_add_watch", shown);
        } finally {
            queue.leave();
        }
    }

    /**
     * Ends a watch; its last event is {@link InotifyMask#IGNORED}.
     *
     * @return false if it was gone already
     */
    public boolean removeWatch(int watch) throws IOException {
        int descriptor = queue.enter();
        try {
            long result = Caller.current().call(CallNumber.INOTIFY_RM_WATCH, descriptor, watch);
            if (result == -Errno.EINVAL) {
                return false;
            }
            check(result, "inotify_rm_watch", "watch " + watch);
            return true;
        } finally {
            queue.leave();
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
        int count = queue.read(into.buffer(), timeoutMillis);
        into.reset(count);
        return count > 0;
    }

    /**
     * Waits until there are events to read.
     *
     * @return false if the time is over or {@link #wakeUp} or {@link #close} was called
     */
    public boolean poll(long timeoutMillis) throws IOException {
        return queue.poll(timeoutMillis);
    }

    /**
     * Makes the {@link #read} or {@link #poll} that is under way, or else the next one, return at once. It may return
     * events even so: the reader looks at its own state after each return.
     */
    public void wakeUp() throws IOException {
        queue.wakeUp();
    }

    /** Ends all watches. A thread that is reading is woken; the last call under way closes the descriptors. */
    @Override
    public void close() throws IOException {
        queue.close();
    }
}
