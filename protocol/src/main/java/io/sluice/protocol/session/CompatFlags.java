package io.sluice.protocol.session;

/** The server's compatibility flags, a varint (protocol ≥ 30), and the client's capability letters that ask for them. */
final class CompatFlags {
    static final int INCREMENTAL_RECURSION = 1;
    static final int SYMLINK_TIMES = 1 << 1;
    /** Symlink targets are converted like names ({@code --iconv}). */
    static final int LINK_TARGET_NAMES = 1 << 2;

    static final int SAFE_FILE_LIST = 1 << 3;
    static final int AVOID_XATTR_OPTIMIZATION = 1 << 4;
    static final int SEED_FIRST = 1 << 5;
    static final int INPLACE_PARTIAL_DIR = 1 << 6;
    static final int VARINT_FLAGS = 1 << 7;
    static final int ID_ZERO_NAMES = 1 << 8;
    /** The connection may carry another transfer when this one is over: between two ends of ours only. */
    static final int REUSABLE = 1 << 20;

    private CompatFlags() {}

    /** What a server of ours answers to a client's letters. */
    static int answer(String letters, boolean allowIncrementalRecursion) {
        int flags = SYMLINK_TIMES | LINK_TARGET_NAMES;
        flags |= allowIncrementalRecursion ? ifAsked(letters, 'i', INCREMENTAL_RECURSION) : 0;
        flags |= ifAsked(letters, 'f', SAFE_FILE_LIST);
        flags |= ifAsked(letters, 'x', AVOID_XATTR_OPTIMIZATION);
        flags |= ifAsked(letters, 'C', SEED_FIRST);
        flags |= ifAsked(letters, 'I', INPLACE_PARTIAL_DIR);
        flags |= ifAsked(letters, 'u', ID_ZERO_NAMES);
        flags |= ifAsked(letters, 'v', VARINT_FLAGS);
        return flags;
    }

    /** What a server adds if it would serve another transfer on the same connection. */
    static int offerReuse(String letters) {
        return ifAsked(letters, Handshake.REUSE.charAt(0), REUSABLE);
    }

    /** What was announced for a session, as far as a receiver needs to know. */
    static int of(Session session) {
        boolean bytesOnly = session.names().isActive() && !session.names().linkTargets();
        return SYMLINK_TIMES
                | (bytesOnly ? 0 : LINK_TARGET_NAMES)
                | (session.incrementalRecursion() ? INCREMENTAL_RECURSION : 0)
                | (session.safeFileList() ? SAFE_FILE_LIST : 0)
                | (session.xattrOptimization() ? 0 : AVOID_XATTR_OPTIMIZATION)
                | (session.seedFirst() ? SEED_FIRST : 0)
                | (session.inplacePartialDir() ? INPLACE_PARTIAL_DIR : 0)
                | (session.varintFlags() ? VARINT_FLAGS : 0)
                | (session.idZeroNames() ? ID_ZERO_NAMES : 0);
    }

    private static int ifAsked(String letters, char letter, int flag) {
        return letters.indexOf(letter) >= 0 ? flag : 0;
    }
}
