package io.sluice.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A reusable buffer of inotify events and a cursor over them, filled by {@link Inotify#read}. For one thread at a time.
 *
 * <pre>
 * struct inotify_event { s32 watch; u32 mask; u32 cookie; u32 length; char name[length]; }
 *                        the name is filled up with NULs
 * </pre>
 */
public final class InotifyEvents {
    private static final int SIZE = 64 * 1024;
    private static final int HEADER = 16;

    private final MemorySegment buffer = Arena.ofAuto().allocate(SIZE, 8);
    private int filled;
    private int event;
    private int nextEvent;
    private int nameLength;

    /** Empty; 64 KiB, room for more than 200 events with the longest names or 4,000 without. */
    public InotifyEvents() {}

    MemorySegment buffer() {
        return buffer;
    }

    /** Starts anew with the first {@code bytes} of the buffer. */
    void reset(int bytes) {
        filled = bytes;
        nextEvent = 0;
    }

    /** Moves to the next event; false if there is none left. */
    public boolean next() {
        if (nextEvent == filled) {
            return false;
        }
        event = nextEvent;
        int length = buffer.get(JAVA_INT, event + 12);
        nextEvent = event + HEADER + length;
        while (length > 0 && buffer.get(JAVA_BYTE, event + HEADER + length - 1) == 0) {
            length--;
        }
        nameLength = length;
        return true;
    }

    /** The watch that saw it, as {@link Inotify#addWatch} returned it; -1 for {@link InotifyMask#QUEUE_OVERFLOW}. */
    public int watch() {
        return buffer.get(JAVA_INT, event);
    }

    /** What happened, in bits of {@link InotifyMask}. */
    public int mask() {
        return buffer.get(JAVA_INT, event + 4);
    }

    /** Whether any of these bits is in the mask. */
    public boolean has(int bits) {
        return (mask() & bits) != 0;
    }

    /** The number that joins the two events of a rename; 0 for all others. */
    public int cookie() {
        return buffer.get(JAVA_INT, event + 8);
    }

    /** Bytes of the name; 0 if the event is about what is watched itself. */
    public int nameLength() {
        return nameLength;
    }

    /** A copy of the name in the watched directory; empty if the event is about what is watched itself. */
    public byte[] name() {
        byte[] name = new byte[nameLength];
        copyName(name, 0);
        return name;
    }

    /** Copies the name, {@link #nameLength} bytes, into an array. */
    public void copyName(byte[] into, int offset) {
        MemorySegment.copy(buffer, JAVA_BYTE, event + HEADER, into, offset, nameLength);
    }
}
