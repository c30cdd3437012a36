package io.sluice.linux;

/**
 * Flags of {@link DirectoryHandle#openFile}. Their values depend on the processor. Every file is opened close-on-exec.
 */
public final class OpenFlags {
    public static final int READ_ONLY = 0;
    public static final int WRITE_ONLY = 1;
    public static final int READ_WRITE = 2;
    /** Create the file if it is missing, with the mode given (less the umask). */
    public static final int CREATE = 0x40;
    /** With {@link #CREATE}: an existing name, a symbolic link too, is EEXIST. */
    public static final int EXCLUSIVE = 0x80;

    public static final int TRUNCATE = 0x200;
    public static final int APPEND = 0x400;
    /** Do not wait for the other end of a fifo. */
    public static final int NONBLOCK = 0x800;
    /** Anything but a directory is ENOTDIR. */
    public static final int DIRECTORY = Architecture.CURRENT.pick(0x10000, 0x4000);
    /** A symbolic link as the last component is ELOOP (with {@link #PATH}: is opened itself). */
    public static final int NO_FOLLOW = Architecture.CURRENT.pick(0x20000, 0x8000);
    /** Reading does not set the access time; only for the owner, else EPERM. */
    public static final int NO_ATIME = 0x40000;
    /** Only a place in the tree: no right to the content is needed or given. */
    public static final int PATH = 0x200000;
    /** A new file without a name in the directory opened; {@link DirectoryHandle#linkDescriptor} names it. */
    public static final int TEMPORARY = 0x400000 | DIRECTORY;

    static final int CLOSE_ON_EXEC = 0x80000;

    private OpenFlags() {}

    /** Whether a mode goes with these flags. */
    static boolean creates(int flags) {
        return (flags & CREATE) != 0 || (flags & TEMPORARY) == TEMPORARY;
    }
}
