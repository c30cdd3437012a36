package io.sluice.linux;

import static io.sluice.linux.SystemCallException.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;

/**
 * An open file. Content goes to and from native {@link MemorySegment}s without a copy, and to and from arrays through a
 * native buffer of the thread, 256 KiB a call. Metadata is set through the descriptor, never by path.
 *
 * <p>Positions, lengths and sizes are bytes. Reading answers -1 at the end of the file; writing writes everything or
 * throws. The calls that take a position leave the file's own alone. Any number of threads may use a file; whoever
 * closes it (or frees a segment) takes care that they are done.
 */
public final class OpenFile implements AutoCloseable {
    private static final int SEEK_SET = 0;
    private static final int SEEK_CURRENT = 1;
    private static final int SEEK_END = 2;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int FALLOCATE_KEEP_SIZE = 1;
    private static final int FALLOCATE_PUNCH_HOLE = 2;
    private static final String FILE = "open file";
    private static final byte[] NO_NAME = {};

    private final Descriptor descriptor;

    OpenFile(int fd) {
        this.descriptor = new Descriptor(fd, FILE);
    }

    /**
     * The descriptor's number, open until this file is closed.
     *
     * @throws IOException if it is closed
     */
    public int fd() throws IOException {
        return descriptor.number();
    }

    /** Reads up to {@code length} bytes at the file's position; how many, -1 at the end. */
    public int read(MemorySegment into, long offset, int length) throws IOException {
        return FileContent.read(fd(), FileContent.OWN_POSITION, into, offset, length);
    }

    /** Reads up to {@code length} bytes at the file's position; how many, -1 at the end. */
    public int read(byte[] into, int offset, int length) throws IOException {
        return FileContent.read(fd(), FileContent.OWN_POSITION, into, offset, length);
    }

    /** The content from the file's position on; closing the stream closes the file. */
    public InputStream input() {
        return new FileInput(this);
    }

    /** What is written there goes to the file's position, each write by one call of its own; closing the stream closes the file. */
    public OutputStream output() {
        return new FileOutput(this);
    }

    /** Reads up to {@code length} bytes at {@code position}; how many, -1 at the end. */
    public int pread(long position, MemorySegment into, long offset, int length) throws IOException {
        return FileContent.read(fd(), checkPosition(position), into, offset, length);
    }

    /** Reads up to {@code length} bytes at {@code position}; how many, -1 at the end. */
    public int pread(long position, byte[] into, int offset, int length) throws IOException {
        return FileContent.read(fd(), checkPosition(position), into, offset, length);
    }

    /** Writes all {@code length} bytes at the file's position. */
    public void write(MemorySegment from, long offset, long length) throws IOException {
        FileContent.write(fd(), FileContent.OWN_POSITION, from, offset, length);
    }

    /** Writes all {@code length} bytes at the file's position. */
    public void write(byte[] from, int offset, int length) throws IOException {
        FileContent.write(fd(), FileContent.OWN_POSITION, from, offset, length);
    }

    /** Writes all {@code length} bytes at {@code position}. */
    public void pwrite(long position, MemorySegment from, long offset, long length) throws IOException {
        FileContent.write(fd(), checkPosition(position), from, offset, length);
    }

    /** Writes all {@code length} bytes at {@code position}. */
    public void pwrite(long position, byte[] from, int offset, int length) throws IOException {
        FileContent.write(fd(), checkPosition(position), from, offset, length);
    }

    /** The file's position. */
    public long position() throws IOException {
        return check(Caller.current().call(CallNumber.LSEEK, fd(), 0, SEEK_CURRENT), "lseek", FILE);
    }

    /** Sets the file's position, which may lie beyond the end. */
    public void seek(long position) throws IOException {
        check(Caller.current().call(CallNumber.LSEEK, fd(), checkPosition(position), SEEK_SET), "lseek", FILE);
    }

    /** The bytes of a device, whose status does not tell them; the file's position is its start afterwards. */
    public long deviceSize() throws IOException {
        long size = check(Caller.current().call(CallNumber.LSEEK, fd(), 0, SEEK_END), "lseek", FILE);
        seek(0);
        return size;
    }

    /** Moves to the first data at or after {@code from}; its position, -1 if there is none before the end. */
    public long seekData(long from) throws IOException {
        return seekKind(from, SEEK_DATA);
    }

    /**
     * Moves to the first hole at or after {@code from}, the end of the file being one; -1 if {@code from} is beyond it.
     */
    public long seekHole(long from) throws IOException {
        return seekKind(from, SEEK_HOLE);
    }

    private long seekKind(long from, int kind) throws IOException {
        long result = Caller.current().call(CallNumber.LSEEK, fd(), checkPosition(from), kind);
        return result == -Errno.ENXIO ? -1 : check(result, "lseek", FILE);
    }

    /** Sets the size, with zeros for what is new. */
    public void truncate(long size) throws IOException {
        check(Caller.current().call(CallNumber.FTRUNCATE, fd(), checkPosition(size)), "ftruncate", FILE);
    }

    /**
     * Reserves space.
     *
     * @param keepSize whether the file's size stays even if the range goes beyond it
     */
    public void allocate(long position, long length, boolean keepSize) throws IOException {
        fallocate(keepSize ? FALLOCATE_KEEP_SIZE : 0, position, length);
    }

    /** Frees the space of a range, which then reads as zeros; the size stays. */
    public void punchHole(long position, long length) throws IOException {
        fallocate(FALLOCATE_PUNCH_HOLE | FALLOCATE_KEEP_SIZE, position, length);
    }

    private void fallocate(int mode, long position, long length) throws IOException {
        check(Caller.current().call(CallNumber.FALLOCATE, fd(), mode, position, length), "fallocate", FILE);
    }

    /** Waits until content and metadata are on disk. */
    public void fsync() throws IOException {
        check(Caller.current().call(CallNumber.FSYNC, fd()), "fsync", FILE);
    }

    /** Waits until the content, and what is needed to read it back, are on disk. */
    public void fdatasync() throws IOException {
        check(Caller.current().call(CallNumber.FDATASYNC, fd()), "fdatasync", FILE);
    }

    /** Tells the kernel how a range will be used; a length of 0 is up to the end. It may do nothing. */
    public void advise(long position, long length, Advice advice) throws IOException {
        long result = Caller.current().call(CallNumber.FADVISE64, fd(), position, length, advice.value());
        check(result, "fadvise64", FILE);
    }

    /** Reads the file's status. */
    public void status(FileStatus into) throws IOException {
        PathCalls.status(fd(), FILE, into);
    }

    /** The target of a symbolic link that was opened itself ({@link OpenFlags#PATH} and {@link OpenFlags#NO_FOLLOW}). */
    public byte[] readLink() throws IOException {
        Caller caller = Caller.current();
        long name = caller.name(NO_NAME);
        long result = caller.call(CallNumber.READLINKAT, fd(), name, caller.answerAddress(), Caller.PATH_MAX);
        return caller.answer((int) check(result, "readlinkat", FILE));
    }

    /** Sets the twelve permission bits. */
    public void changeMode(int mode) throws IOException {
        check(Caller.current().call(CallNumber.FCHMOD, fd(), mode), "fchmod", FILE);
    }

    /** Sets owner and group; {@link DirectoryHandle#KEEP_ID} leaves one as it is. */
    public void changeOwner(int uid, int gid) throws IOException {
        check(Caller.current().call(CallNumber.FCHOWN, fd(), uid, gid), "fchown", FILE);
    }

    /** Sets access and modification time; nanoseconds may be {@link FileTimes#OMIT} or {@link FileTimes#NOW}. */
    public void setTimes(long atimeSeconds, int atimeNanos, long mtimeSeconds, int mtimeNanos) throws IOException {
        Caller caller = Caller.current();
        long times = FileTimes.write(caller, atimeSeconds, atimeNanos, mtimeSeconds, mtimeNanos);
        check(caller.call(CallNumber.UTIMENSAT, fd(), 0, times, 0), "utimensat", FILE);
    }

    private static long checkPosition(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("position: " + position + " (expected: >= 0)");
        }
        return position;
    }

    /** Closes the file; a second time does nothing. */
    @Override
    public void close() throws IOException {
        descriptor.close();
    }

    /** How a range of the file will be used. */
    public enum Advice {
        NORMAL(0),
        RANDOM(1),
        SEQUENTIAL(2),
        WILL_NEED(3),
        DONT_NEED(4);

        private final int value;

        Advice(int value) {
            this.value = value;
        }

        int value() {
            return value;
        }
    }
}
