package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The descriptor of a queue of the kernel's events, which one thread reads, and another by which it is woken. Calls with
 * the first one are made between {@link #enter} and {@link #leave}, so that it is closed when there is none under way.
 */
final class NotificationQueue implements AutoCloseable {
    private static final int NONBLOCK_CLOSE_ON_EXEC = 0x80800;
    private static final short POLLIN = 1;
    private static final int POLL_FD_SIZE = 8;
    private static final int TIMEOUT_OFFSET = 16;

    private final Descriptor events;
    private final Descriptor wakeUps;
    private final String name;
    /** Calls that are under way. Guarded by this. */
    private int callers;

    private boolean closed;

    private NotificationQueue(Descriptor events, Descriptor wakeUps, String name) {
        this.events = events;
        this.wakeUps = wakeUps;
        this.name = name;
    }

    /**
     * Takes an open descriptor, which does not block.
     *
     * @param name as in messages
     */
    static NotificationQueue of(int descriptor, String name) throws IOException {
        Descriptor events = new Descriptor(descriptor, name);
        long wakeUps = Caller.current().call(CallNumber.EVENTFD2, 0, NONBLOCK_CLOSE_ON_EXEC);
        if (wakeUps < 0) {
            events.close();
            throw new SystemCallException("eventfd2", (int) -wakeUps, name);
        }
        return new NotificationQueue(events, new Descriptor((int) wakeUps, name), name);
    }

    /** The descriptor, for a call: {@link #leave} is to be called after it. */
    synchronized int enter() throws IOException {
        if (closed) {
            throw new IOException(name + ": closed (expected: open)");
        }
        int number = events.number();
        callers++;
        return number;
    }

    synchronized void leave() throws IOException {
        callers--;
        if (closed && callers == 0) {
            closeDescriptors();
        }
    }

    /**
     * Waits for events and reads as many as there are and fit; the bytes read, 0 if the time is over or {@link #wakeUp}
     * or {@link #close} was called.
     *
     * @param timeoutMillis 0 does not wait; negative: as long as it takes
     */
    int read(MemorySegment buffer, long timeoutMillis) throws IOException {
        int descriptor = enter();
        try {
            if (!pollInside(descriptor, timeoutMillis)) {
                return 0;
            }
            long result = Caller.current().call(CallNumber.READ, descriptor, buffer.address(), buffer.byteSize());
            return result == -Errno.EAGAIN ? 0 : (int) check(result, "read", name);
        } finally {
            leave();
        }
    }

    /** Waits until there are events to read; as {@link #read}. */
    boolean poll(long timeoutMillis) throws IOException {
        int descriptor = enter();
        try {
            return pollInside(descriptor, timeoutMillis);
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
    private boolean pollInside(int descriptor, long timeoutMillis) throws IOException {
        Caller caller = Caller.current();
        MemorySegment memory = caller.structure();
        memory.set(JAVA_INT, 0, descriptor);
        memory.set(JAVA_INT, 4, POLLIN);
        memory.set(JAVA_INT, POLL_FD_SIZE, wakeUps.number());
        memory.set(JAVA_INT, POLL_FD_SIZE + 4, POLLIN);
        memory.set(JAVA_LONG, TIMEOUT_OFFSET, timeoutMillis / 1000);
        memory.set(JAVA_LONG, TIMEOUT_OFFSET + 8, timeoutMillis % 1000 * 1_000_000);
        long address = caller.structureAddress();
        long timeout = timeoutMillis < 0 ? 0 : address + TIMEOUT_OFFSET;
        check(caller.call(CallNumber.PPOLL, address, 2, timeout), "ppoll", name);
        boolean ready = memory.get(JAVA_SHORT, 6) != 0;
        if (memory.get(JAVA_SHORT, POLL_FD_SIZE + 6) != 0) {
            long result = caller.call(CallNumber.READ, wakeUps.number(), address, Long.BYTES);
            if (result != -Errno.EAGAIN) {
                check(result, "read", "eventfd");
            }
        }
        return ready;
    }

    /** Makes the {@link #read} or {@link #poll} that is under way, or else the next one, return at once. */
    void wakeUp() throws IOException {
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

    /** A thread that is reading is woken; the last call under way closes the descriptors. */
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
