package io.sluice.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A reusable buffer of fanotify events and a cursor over them, filled by {@link Fanotify#read}. For one thread at a time.
 *
 * <pre>
 * struct fanotify_event_metadata { u32 length; u8 version; u8; u16 metadata_length; u64 mask; s32 fd; s32 pid; } info...
 * info of a directory and a name { u8 type; u8; u16 length; u64 file_system; u32 bytes; s32 type; u8 handle[bytes]; name }
 * </pre>
 *
 * <p>Events on the same name that nobody has read yet are one: a mask is a set, never a sequence.
 *
 * <p>A <em>place</em> stands for one of an event's directories with the name in it, until the next {@link #next}.
 */
public final class FanotifyEvents {
    /** As a place: the event has none. */
    public static final int NOWHERE = -1;

    private static final int SIZE = 256 * 1024;
    private static final int VERSION = 3;
    private static final int HEADER = 24;
    private static final int INFO_HEADER = 4;
    /** From the start of an info. */
    private static final int HANDLE_BYTES = 12;

    private static final int HANDLE = 20;
    /** The kernel's limit. */
    private static final int MAX_HANDLE = 128;

    private static final int FILE = 1;
    private static final int DIRECTORY_AND_NAME = 2;
    private static final int DIRECTORY_ONLY = 3;
    private static final int OLD_DIRECTORY_AND_NAME = 10;
    private static final int NEW_DIRECTORY_AND_NAME = 12;

    private final MemorySegment buffer = Arena.ofAuto().allocate(SIZE, 8);
    private int filled;
    private int event;
    private int nextEvent;
    private int place;
    private int newPlace;
    private int target;

    /** Empty; 256 KiB, room for some 3,000 events with names of 20 bytes. */
    public FanotifyEvents() {}

    MemorySegment buffer() {
        return buffer;
    }

    /** Starts anew with the first {@code bytes} of the buffer. */
    void reset(int bytes) {
        filled = bytes;
        nextEvent = 0;
    }

    /**
     * Moves to the next event; false if there is none left.
     *
     * @throws IOException if the kernel speaks another version
     */
    public boolean next() throws IOException {
        if (nextEvent == filled) {
            return false;
        }
        event = nextEvent;
        nextEvent = event + buffer.get(JAVA_INT_UNALIGNED, event);
        int version = buffer.get(JAVA_BYTE, event + 4);
        if (version != VERSION) {
            throw new IOException("fanotify event: version " + version + " (expected: " + VERSION + ")");
        }
        place = NOWHERE;
        newPlace = NOWHERE;
        target = NOWHERE;
        int length;
        for (int info = event + HEADER; info + INFO_HEADER <= nextEvent; info += length) {
            length = Short.toUnsignedInt(buffer.get(JAVA_SHORT, info + 2));
            switch (buffer.get(JAVA_BYTE, info)) {
                case DIRECTORY_AND_NAME, DIRECTORY_ONLY, OLD_DIRECTORY_AND_NAME -> place = info;
                case NEW_DIRECTORY_AND_NAME -> newPlace = info;
                case FILE -> target = info;
                default -> {}
            }
            if (length == 0) {
                break;
            }
        }
        return true;
    }

    /** What happened, in bits of {@link FanotifyMask}. */
    public int mask() {
        return buffer.get(JAVA_INT_UNALIGNED, event + 8);
    }

    /** Whether any of these bits is in the mask. */
    public boolean has(int bits) {
        return (mask() & bits) != 0;
    }

    /** The process that did it; 0 if it is out of sight. */
    public int pid() {
        return buffer.get(JAVA_INT_UNALIGNED, event + 20);
    }

    /** Where it happened; of {@link FanotifyMask#RENAME}, the old place. */
    public int place() {
        return place;
    }

    /** The new place of {@link FanotifyMask#RENAME}. */
    public int newPlace() {
        return newPlace;
    }

    /**
     * What the event is about itself, a file or a directory, as a place without a name: for {@link #directory} and its
     * like.
     *
     * @return {@link #NOWHERE} if it is not told, as it is only {@linkplain Fanotify#openWithTargets on demand}
     */
    public int target() {
        return target;
    }

    /** The directory's file system, as {@link DirectoryHandle#fileSystem} has it. */
    public long fileSystem(int at) {
        return buffer.get(JAVA_LONG_UNALIGNED, at + INFO_HEADER);
    }

    /** A copy of the name in the directory; empty if the event is about the directory itself. */
    public byte[] name(int at) {
        int start = at + HANDLE + handleBytes(at);
        int limit = at + Short.toUnsignedInt(buffer.get(JAVA_SHORT, at + 2));
        int end = start;
        while (end < limit && buffer.get(JAVA_BYTE, end) != 0) {
            end++;
        }
        byte[] name = new byte[end - start];
        MemorySegment.copy(buffer, JAVA_BYTE, start, name, 0, name.length);
        return name.length == 1 && name[0] == '.' ? Arrays.copyOf(name, 0) : name;
    }

    private int handleBytes(int at) {
        return Math.clamp(buffer.get(JAVA_INT_UNALIGNED, at + HANDLE_BYTES), 0, MAX_HANDLE);
    }

    /** What tells the directory from all others, whatever its path, file system included: a copy. */
    public byte[] directory(int at) {
        byte[] key = new byte[HANDLE - INFO_HEADER + handleBytes(at)];
        MemorySegment.copy(buffer, JAVA_BYTE, at + INFO_HEADER, key, 0, key.length);
        return key;
    }

    /** A hash of {@link #directory}. */
    public int directoryHash(int at) {
        int end = at + HANDLE + handleBytes(at);
        int hash = 0;
        for (int i = at + INFO_HEADER; i + 4 <= end; i += 4) {
            hash = (hash ^ buffer.get(JAVA_INT_UNALIGNED, i)) * 0x9E3779B9;
            hash ^= hash >>> 15;
        }
        return hash;
    }

    /** Whether {@link #directory} is this. */
    public boolean isDirectory(int at, byte[] key) {
        int length = HANDLE - INFO_HEADER + handleBytes(at);
        return key.length == length
                && MemorySegment.mismatch(
                                buffer,
                                at + INFO_HEADER,
                                at + INFO_HEADER + length,
                                MemorySegment.ofArray(key),
                                0,
                                length)
                        == -1;
    }

    /**
     * Opens the directory, wherever it is now, as a place to start from.
     *
     * @param mount a directory on the same file system; the path that the kernel shows then begins at that mount
     * @return null if it is gone
     */
    @Nullable
    public DirectoryHandle open(int at, DirectoryHandle mount) throws IOException {
        return FileHandles.open(mount, buffer.address() + at + HANDLE_BYTES);
    }
}
