package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Objects;

/** Reading and writing of a descriptor, at its own position or at a given one. */
final class FileContent {
    /** As a position: that of the descriptor, which moves on. */
    static final long OWN_POSITION = -1;

    private static final String FILE = "open file";

    private FileContent() {}

    static int read(int fd, long position, MemorySegment into, long offset, int length) throws SystemCallException {
        checkSegment(into, offset, length);
        if (into.isReadOnly()) {
            throw new IllegalArgumentException("segment: read-only (expected: writable)");
        }
        if (length == 0) {
            return 0;
        }
        try {
            int count = readSome(Caller.current(), fd, position, into.address() + offset, length);
            return count == 0 ? -1 : count;
        } finally {
            Reference.reachabilityFence(into);
        }
    }

    /** Reads until {@code length} bytes are there or a read comes back short. */
    static int read(int fd, long position, byte[] into, int offset, int length) throws SystemCallException {
        Objects.checkFromIndexSize(offset, length, into.length);
        Caller caller = Caller.current();
        MemorySegment buffer = caller.ioBuffer();
        int done = 0;
        while (done < length) {
            int wanted = (int) Math.min(length - done, buffer.byteSize());
            long at = position == OWN_POSITION ? OWN_POSITION : position + done;
            int count = readSome(caller, fd, at, buffer.address(), wanted);
            MemorySegment.copy(buffer, JAVA_BYTE, 0, into, offset + done, count);
            done += count;
            if (count < wanted) {
                break;
            }
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    private static int readSome(Caller caller, int fd, long position, long address, int length)
            throws SystemCallException {
        if (position == OWN_POSITION) {
            return (int) check(caller.call(CallNumber.READ, fd, address, length), "read", FILE);
        }
        return (int) check(caller.call(CallNumber.PREAD64, fd, address, length, position), "pread64", FILE);
    }

    static void write(int fd, long position, MemorySegment from, long offset, long length) throws SystemCallException {
        checkSegment(from, offset, length);
        try {
            writeAll(Caller.current(), fd, position, from.address() + offset, length);
        } finally {
            Reference.reachabilityFence(from);
        }
    }

    static void write(int fd, long position, byte[] from, int offset, int length) throws SystemCallException {
        Objects.checkFromIndexSize(offset, length, from.length);
        Caller caller = Caller.current();
        MemorySegment buffer = caller.ioBuffer();
        int done = 0;
        while (done < length) {
            int count = (int) Math.min(length - done, buffer.byteSize());
            MemorySegment.copy(from, offset + done, buffer, JAVA_BYTE, 0, count);
            writeAll(caller, fd, position == OWN_POSITION ? OWN_POSITION : position + done, buffer.address(), count);
            done += count;
        }
    }

    private static void writeAll(Caller caller, int fd, long position, long address, long length)
            throws SystemCallException {
        long done = 0;
        while (done < length) {
            long rest = length - done;
            if (position == OWN_POSITION) {
                done += check(caller.call(CallNumber.WRITE, fd, address + done, rest), "write", FILE);
            } else {
                long result = caller.call(CallNumber.PWRITE64, fd, address + done, rest, position + done);
                done += check(result, "pwrite64", FILE);
            }
        }
    }

    private static void checkSegment(MemorySegment segment, long offset, long length) {
        Objects.checkFromIndexSize(offset, length, segment.byteSize());
        if (!segment.isNative() || !segment.scope().isAlive()) {
            throw new IllegalArgumentException("segment: " + segment + " (expected: native and alive)");
        }
    }
}
