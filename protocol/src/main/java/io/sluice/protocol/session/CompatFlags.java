package io.sluice.protocol.session;

/** The server's compatibility flags, a varint (protocol ≥ 30), and the client's capability letters that ask for them. */
final class CompatFlags {
    static final int INCREMENTAL_RECURSION = 1;
    static final int SYMLINK_TIMES = 1 << 1;
    static final int SAFE_FILE_LIST = 1 << 3;
    static final int AVOID_XATTR_OPTIMIZATION = 1 << 4;
    static final int SEED_FIRST = 1 << 5;
    static final int INPLACE_PARTIAL_DIR = 1 << 6;
    static final int VARINT_FLAGS = 1 << 7;
    static final int ID_ZERO_NAMES = 1 << 8;

    private CompatFlags() {}

    /** What a server of ours answers to a client's letters. */
    static int answer(String letters, boolean allowIncrementalRecursion) {
        int flags = SYMLINK_TIMES;
        flags |= allowIncrementalRecursion ? ifAsked(letters, 'i', INCREMENTAL_RECURSION) : 0;
        flags |= ifAsked(letters, 'f', SAFE_FILE_LIST);
        flags |= ifAsked(letters, 'x', AVOID_XATTR_OPTIMIZATION);
        flags |= ifAsked(letters, 'C', SEED_FIRST);
        flags |= ifAsked(letters, 'I', INPLACE_PARTIAL_DIR);
        flags |= ifAsked(letters, 'u', ID_ZERO_NAMES);
        flags |= ifAsked(letters, 'v', VARINT_FLAGS);
        return flags;
    }

    private static int ifAsked(String letters, char letter, int flag) {
        return letters.indexOf(letter) >= 0 ? flag : 0;
    }
}
