package io.sluice.linux;

/** The bits of a file's mode ({@code st_mode}): type, special bits and permissions. */
public final class FileMode {
    public static final int TYPE_MASK = 0xF000;
    public static final int SOCKET = 0xC000;
    public static final int SYMLINK = 0xA000;
    public static final int REGULAR = 0x8000;
    public static final int BLOCK_DEVICE = 0x6000;
    public static final int DIRECTORY = 0x4000;
    public static final int CHARACTER_DEVICE = 0x2000;
    public static final int FIFO = 0x1000;
    /** The twelve bits that {@code chmod} sets. */
    public static final int PERMISSION_MASK = 0xFFF;

    private FileMode() {}
}
