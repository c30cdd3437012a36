package io.sluice.protocol.filelist;

/**
 * Both numbers of a device in one int, as Linux has them (protocol 27):
 *
 * <pre>
 *  31      20 19      8 7       0
 *  │ minor   │ major   │ minor   │
 * </pre>
 */
final class PackedDevice {
    private static final int LOW_MINOR = 0xFF;
    private static final int MAJOR = 0xFFF;
    private static final int MAJOR_SHIFT = 8;
    private static final int HIGH_MINOR_SHIFT = 12;

    private PackedDevice() {}

    /** Bits that have no place are lost. */
    static int of(int major, int minor) {
        return (minor & LOW_MINOR) | (major & MAJOR) << MAJOR_SHIFT | (minor & ~LOW_MINOR) << HIGH_MINOR_SHIFT;
    }

    static int major(int both) {
        return both >>> MAJOR_SHIFT & MAJOR;
    }

    static int minor(int both) {
        return (both & LOW_MINOR) | (both >>> HIGH_MINOR_SHIFT & ~LOW_MINOR);
    }
}
