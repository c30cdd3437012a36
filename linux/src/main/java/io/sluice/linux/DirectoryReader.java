package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A cursor over a directory's entries, without {@code .} and {@code ..}, in the file system's order; read by {@code
 * getdents64}, 64 KiB a call. For one thread at a time.
 *
 * <pre>
 * struct linux_dirent64 { u64 inode; s64 offset; u16 length; u8 type; char name[]; }
 *                         the name ends in NUL; an entry begins at a multiple of 8
 * </pre>
 *
 * <p>Entries made or removed while it reads may or may not appear, as the file system has it.
 */
public final class DirectoryReader implements AutoCloseable {
    /** The file system does not say the type: ask {@link #status}. */
    public static final int TYPE_UNKNOWN = 0;

    public static final int TYPE_FIFO = 1;
    public static final int TYPE_CHARACTER_DEVICE = 2;
    public static final int TYPE_DIRECTORY = 4;
    public static final int TYPE_BLOCK_DEVICE = 6;
    public static final int TYPE_REGULAR = 8;
    public static final int TYPE_SYMLINK = 10;
    public static final int TYPE_SOCKET = 12;

    private static final int LENGTH = 16;
    private static final int TYPE = 18;
    private static final int NAME = 19;
    /** Bytes after a name at most: its NUL and seven to fill up. */
    private static final int MAX_TAIL = 8;

    private final Descriptor descriptor;
    private final boolean ownsDescriptor;
    private final MemorySegment buffer;
    private boolean closed;
    private int filled;
    private int entry;
    private int nextEntry;
    private int nameLength;

    DirectoryReader(Descriptor descriptor, boolean ownsDescriptor) {
        this.descriptor = descriptor;
        this.ownsDescriptor = ownsDescriptor;
        this.buffer = DirectoryBuffers.take();
    }

    /** Moves to the next entry; false at the end. */
    public boolean next() throws IOException {
        do {
            if (nextEntry == filled && !fill()) {
                return false;
            }
            entry = nextEntry;
            int length = Short.toUnsignedInt(buffer.get(JAVA_SHORT, entry + LENGTH));
            nextEntry = entry + length;
            nameLength = measureName(length);
        } while (isDotOrDotDot());
        return true;
    }

    private boolean fill() throws IOException {
        if (closed) {
            throw new IOException("directory reader: closed (expected: open)");
        }
        Caller caller = Caller.current();
        long result = caller.call(CallNumber.GETDENTS64, descriptor.number(), buffer.address(), buffer.byteSize());
        if (result == -Errno.ENOENT) {
            result = 0; // the directory was removed after it was opened: it has no entries
        }
        filled = (int) check(result, "getdents64", "directory");
        nextEntry = 0;
        return filled > 0;
    }

    /** The NUL is sought in the last bytes only: what fills up after it is not cleared by the kernel. */
    private int measureName(int entryLength) {
        int end = Math.max(entry + NAME, entry + entryLength - MAX_TAIL);
        while (buffer.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        return end - entry - NAME;
    }

    private boolean isDotOrDotDot() {
        return nameLength <= 2
                && buffer.get(JAVA_BYTE, entry + NAME) == '.'
                && (nameLength == 1 || buffer.get(JAVA_BYTE, entry + NAME + 1) == '.');
    }

    /** A copy of the entry's name. */
    public byte[] name() {
        byte[] name = new byte[nameLength];
        copyName(name, 0);
        return name;
    }

    /** Copies the entry's name, {@link #nameLength} bytes, into an array. */
    public void copyName(byte[] into, int offset) {
        MemorySegment.copy(buffer, JAVA_BYTE, nameOffset(), into, offset, nameLength);
    }

    /** Where the entry's name lies, from {@link #nameOffset}, until the next {@link #next} or {@link #close}. */
    public MemorySegment nameBuffer() {
        return buffer;
    }

    /** In bytes from the start of {@link #nameBuffer}. */
    public int nameOffset() {
        return entry + NAME;
    }

    /** Bytes, without the NUL. */
    public int nameLength() {
        return nameLength;
    }

    /** The entry's type: one of the {@code TYPE_} constants. */
    public int type() {
        return buffer.get(JAVA_BYTE, entry + TYPE);
    }

    /** The entry's inode number; of a mount point, that of the directory below it. */
    public long inode() {
        return buffer.get(JAVA_LONG, entry);
    }

    /**
     * Reads the status of the entry without copying its name.
     *
     * @return false if it is gone
     */
    public boolean status(boolean followSymlink, FileStatus into) throws IOException {
        int flags = followSymlink ? 0 : PathCalls.SYMLINK_NOFOLLOW;
        long nameAddress = buffer.address() + nameOffset();
        long result = PathCalls.statx(Caller.current(), descriptor.number(), nameAddress, flags, into);
        if (result == -Errno.ENOENT) {
            return false;
        }
        if (result < 0) {
            throw new SystemCallException("statx", (int) -result, name());
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        filled = 0;
        nextEntry = 0;
        DirectoryBuffers.giveBack(buffer);
        if (ownsDescriptor) {
            descriptor.close();
        }
    }
}
