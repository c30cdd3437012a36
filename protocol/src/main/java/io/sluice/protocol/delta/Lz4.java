package io.sluice.protocol.delta;

import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/** The lz4 implementation: the native library, or plain Java where it does not load. */
final class Lz4 {
    /** The most literal bytes that one part may hold. */
    static final int MAX_LITERALS = 32 * 1024 + 32 * 1024 / 255 + 16;

    private Lz4() {}

    static LZ4Factory factory() {
        return Holder.FACTORY;
    }

    private static final class Holder {
        static final LZ4Factory FACTORY = load();

        private static LZ4Factory load() {
            try {
                return LZ4Factory.nativeInstance();
            } catch (LinkageError | LZ4Exception e) {
                return LZ4Factory.safeInstance();
            }
        }
    }
}
