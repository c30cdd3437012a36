package io.sluice.protocol.filelist;

import io.sluice.linux.FileMode;

/** Kinds of files by the type bits of a mode. */
final class Modes {
    private Modes() {}

    static boolean isDirectory(int mode) {
        return (mode & FileMode.TYPE_MASK) == FileMode.DIRECTORY;
    }

    static boolean isRegular(int mode) {
        return (mode & FileMode.TYPE_MASK) == FileMode.REGULAR;
    }

    static boolean isSymlink(int mode) {
        return (mode & FileMode.TYPE_MASK) == FileMode.SYMLINK;
    }

    static boolean isDevice(int mode) {
        int type = mode & FileMode.TYPE_MASK;
        return type == FileMode.CHARACTER_DEVICE || type == FileMode.BLOCK_DEVICE;
    }

    /** A fifo or a socket. */
    static boolean isSpecial(int mode) {
        int type = mode & FileMode.TYPE_MASK;
        return type == FileMode.FIFO || type == FileMode.SOCKET;
    }

    static boolean hasKnownType(int mode) {
        return isDirectory(mode) || isRegular(mode) || isSymlink(mode) || isDevice(mode) || isSpecial(mode);
    }
}
