package io.sluice.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * What {@code statx} says of a file: a reusable holder, filled by {@code status} of {@link DirectoryHandle}, {@link
 * OpenFile} and {@link DirectoryReader}. Not thread-safe. Ids and device numbers are unsigned 32-bit values in an
 * {@code int}; times are seconds since 1970 and 0 to 999,999,999 nanoseconds.
 */
public final class FileStatus {
    private int mode;
    private int linkCount;
    private int uid;
    private int gid;
    private long size;
    private long blocks;
    private int blockSize;
    private long inode;
    private int deviceMajor;
    private int deviceMinor;
    private int rdevMajor;
    private int rdevMinor;
    private long atimeSeconds;
    private int atimeNanos;
    private long mtimeSeconds;
    private int mtimeNanos;
    private long ctimeSeconds;
    private int ctimeNanos;

    /** Empty: of no type, all values 0. */
    public FileStatus() {}

    /** Takes the fields from a {@code struct statx}. */
    void decode(MemorySegment statx) {
        blockSize = statx.get(JAVA_INT, 4);
        linkCount = statx.get(JAVA_INT, 16);
        uid = statx.get(JAVA_INT, 20);
        gid = statx.get(JAVA_INT, 24);
        mode = Short.toUnsignedInt(statx.get(JAVA_SHORT, 28));
        inode = statx.get(JAVA_LONG, 32);
        size = statx.get(JAVA_LONG, 40);
        blocks = statx.get(JAVA_LONG, 48);
        atimeSeconds = statx.get(JAVA_LONG, 64);
        atimeNanos = statx.get(JAVA_INT, 72);
        ctimeSeconds = statx.get(JAVA_LONG, 96);
        ctimeNanos = statx.get(JAVA_INT, 104);
        mtimeSeconds = statx.get(JAVA_LONG, 112);
        mtimeNanos = statx.get(JAVA_INT, 120);
        rdevMajor = statx.get(JAVA_INT, 128);
        rdevMinor = statx.get(JAVA_INT, 132);
        deviceMajor = statx.get(JAVA_INT, 136);
        deviceMinor = statx.get(JAVA_INT, 140);
    }

    /** Says that the file is of another type and somebody else's: what is kept of one that could not be made as such. */
    public void pretend(int newMode, int newUid, int newGid, int newRdevMajor, int newRdevMinor) {
        mode = newMode;
        uid = newUid;
        gid = newGid;
        rdevMajor = newRdevMajor;
        rdevMinor = newRdevMinor;
    }

    /** Says that the file has another size, and was modified at another time: of a device the kernel tells neither. */
    public void pretendContent(long newSize, long newMtimeSeconds) {
        size = newSize;
        mtimeSeconds = newMtimeSeconds;
        mtimeNanos = 0;
    }

    /** Takes all values of another holder. */
    public void copyFrom(FileStatus other) {
        mode = other.mode;
        linkCount = other.linkCount;
        uid = other.uid;
        gid = other.gid;
        size = other.size;
        blocks = other.blocks;
        blockSize = other.blockSize;
        inode = other.inode;
        deviceMajor = other.deviceMajor;
        deviceMinor = other.deviceMinor;
        rdevMajor = other.rdevMajor;
        rdevMinor = other.rdevMinor;
        atimeSeconds = other.atimeSeconds;
        atimeNanos = other.atimeNanos;
        mtimeSeconds = other.mtimeSeconds;
        mtimeNanos = other.mtimeNanos;
        ctimeSeconds = other.ctimeSeconds;
        ctimeNanos = other.ctimeNanos;
    }

    /** Type and permissions, sixteen bits; see {@link FileMode}. */
    public int mode() {
        return mode;
    }

    /** The type bits of the mode, one of {@link FileMode}. */
    public int type() {
        return mode & FileMode.TYPE_MASK;
    }

    /** The twelve permission bits of the mode. */
    public int permissions() {
        return mode & FileMode.PERMISSION_MASK;
    }

    public int linkCount() {
        return linkCount;
    }

    public int uid() {
        return uid;
    }

    public int gid() {
        return gid;
    }

    /** Bytes. */
    public long size() {
        return size;
    }

    /** Space used, in units of 512 bytes. */
    public long blocks() {
        return blocks;
    }

    /** The file system's preferred unit of reading and writing, bytes. */
    public int blockSize() {
        return blockSize;
    }

    public long inode() {
        return inode;
    }

    /** Both tell of one file, maybe under two names. */
    public boolean isSameFile(FileStatus other) {
        return inode() == other.inode() && device() == other.device();
    }

    /** The file system that holds the file. */
    public int deviceMajor() {
        return deviceMajor;
    }

    public int deviceMinor() {
        return deviceMinor;
    }

    /** Major (high 32 bits) and minor number of the file system that holds the file, in one value to compare. */
    public long device() {
        return (long) deviceMajor << Integer.SIZE | Integer.toUnsignedLong(deviceMinor);
    }

    /** The device that the file is; 0 for anything else. */
    public int rdevMajor() {
        return rdevMajor;
    }

    public int rdevMinor() {
        return rdevMinor;
    }

    public long atimeSeconds() {
        return atimeSeconds;
    }

    public int atimeNanos() {
        return atimeNanos;
    }

    public long mtimeSeconds() {
        return mtimeSeconds;
    }

    public int mtimeNanos() {
        return mtimeNanos;
    }

    public long ctimeSeconds() {
        return ctimeSeconds;
    }

    public int ctimeNanos() {
        return ctimeNanos;
    }

    public boolean isDirectory() {
        return type() == FileMode.DIRECTORY;
    }

    public boolean isRegular() {
        return type() == FileMode.REGULAR;
    }

    public boolean isSymlink() {
        return type() == FileMode.SYMLINK;
    }

    /** Whether it is a character or block device. */
    public boolean isDevice() {
        return type() == FileMode.CHARACTER_DEVICE || type() == FileMode.BLOCK_DEVICE;
    }

    public boolean isFifo() {
        return type() == FileMode.FIFO;
    }

    public boolean isSocket() {
        return type() == FileMode.SOCKET;
    }
}
