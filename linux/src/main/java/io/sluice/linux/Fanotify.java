package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;

import java.io.IOException;

/**
 * A fanotify group whose events name a directory by its handle and what is in it by its name (Linux 5.9). It needs
 * CAP_SYS_ADMIN. One thread reads; others may add marks, {@link #wakeUp wake} the reader and {@link #close} at any
 * moment.
 */
public final class Fanotify implements AutoCloseable {
    private static final int CLOSE_ON_EXEC = 0x1;
    private static final int NONBLOCK = 0x2;
    private static final int REPORT_DIRECTORY_AND_NAME = 0xC00;
    private static final int REPORT_FILE = 0x200;
    private static final int REPORT_TARGET = 0x1000;
    private static final int MARK_ADD = 0x1;
    private static final int MARK_FILE_SYSTEM = 0x100;
    private static final long NO_PATH = 0;
    private static final String FANOTIFY = "fanotify";

    private final NotificationQueue queue;

    private Fanotify(NotificationQueue queue) {
        this.queue = queue;
    }

    /**
     * Opens a group.
     *
     * @throws SystemCallException with EPERM without the privilege; with ENOSYS or EINVAL if the kernel has no such
     *     thing; with EMFILE if the user has as many as there may be
     */
    public static Fanotify open() throws IOException {
        return open(REPORT_DIRECTORY_AND_NAME);
    }

    /**
     * As {@link #open}, and events name what they are about by its own handle too ({@link FanotifyEvents#target}): what
     * was created, removed or renamed only since Linux 5.17, anything else always.
     */
    public static Fanotify openWithTargets() throws IOException {
        try {
            return open(REPORT_DIRECTORY_AND_NAME | REPORT_FILE | REPORT_TARGET);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EINVAL) {
                throw e;
            }
            return open(REPORT_DIRECTORY_AND_NAME | REPORT_FILE);
        }
    }

    private static Fanotify open(int reports) throws IOException {
        int flags = CLOSE_ON_EXEC | NONBLOCK | reports;
        long result = Caller.current().call(CallNumber.FANOTIFY_INIT, flags, OpenFlags.CLOSE_ON_EXEC);
        return new Fanotify(NotificationQueue.of((int) check(result, "fanotify_init", FANOTIFY), FANOTIFY));
    }

    /**
     * Asks for the events of the whole file system that a directory is on; ends with that file system. Asking again adds
     * to the mask.
     *
     * @param mask bits of {@link FanotifyMask}
     * @throws SystemCallException with EOPNOTSUPP, EXDEV or ENODEV if the file system cannot say which file is which;
     *     with EINVAL if the kernel does not know one of the bits
     */
    public void markFileSystem(DirectoryHandle directory, int mask) throws IOException {
        int descriptor = queue.enter();
        try {
            long bits = Integer.toUnsignedLong(mask);
            int flags = MARK_ADD | MARK_FILE_SYSTEM;
            Caller caller = Caller.current();
            long result = caller.call(CallNumber.FANOTIFY_MARK, descriptor, flags, bits, directory.fd(), NO_PATH);
            check(result, "fanotify_mark", "file system");
        } finally {
            queue.leave();
        }
    }

    /**
     * Waits for events and reads as many as there are and fit.
     *
     * @param timeoutMillis 0 does not wait; negative: as long as it takes
     * @return false if {@code into} is empty, since the time is over or {@link #wakeUp} or {@link #close} was called
     * @throws IOException if it was closed before
     */
    public boolean read(FanotifyEvents into, long timeoutMillis) throws IOException {
        into.reset(0);
        int count = queue.read(into.buffer(), timeoutMillis);
        into.reset(count);
        return count > 0;
    }

    /** Makes the {@link #read} that is under way, or else the next one, return at once. */
    public void wakeUp() throws IOException {
        queue.wakeUp();
    }

    /** Ends all marks. A thread that is reading is woken; the last call under way closes the descriptors. */
    @Override
    public void close() throws IOException {
        queue.close();
    }
}
