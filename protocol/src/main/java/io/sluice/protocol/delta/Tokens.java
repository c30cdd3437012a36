package io.sluice.protocol.delta;

import com.github.luben.zstd.util.Native;
import com.github.luben.zstd.util.ZstdVersion;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.util.OptionalInt;

/**
 * Makes the token streams that a session agreed on. One writer and one reader serve all files of a session, and are
 * closed at its end.
 */
public final class Tokens {
    /** As many as a daemon of rsync grants a client. */
    private static final int MAX_THREADS = 8;

    private Tokens() {}

    /**
     * Makes the sending end.
     *
     * @param level compression level; one that the codec does not have is moved to the nearest; absent: the codec's
     *     default
     */
    public static TokenWriter writer(Session session, OptionalInt level, WireOutput out) {
        return writer(session, level, 0, out);
    }

    /**
     * As above.
     *
     * @param threads that compress besides the caller's, for a codec that can use them; 0: none
     */
    public static TokenWriter writer(Session session, OptionalInt level, int threads, WireOutput out) {
        boolean repeats = session.version().repeatsLongBlocks();
        return switch (session.compression()) {
            case NONE -> new PlainTokenWriter(out);
            case ZLIB -> new CompressedTokenWriter(out, new DeflateCompressor(level, DeflateWindow.matching(repeats)));
            case ZLIBX -> new CompressedTokenWriter(out, new DeflateCompressor(level, DeflateWindow.LITERALS));
            case LZ4 -> new CompressedTokenWriter(out, new Lz4Compressor());
            case ZSTD -> new CompressedTokenWriter(out, new ZstdCompressor(level, Math.clamp(threads, 0, MAX_THREADS)));
        };
    }

    /** Makes the receiving end. */
    public static TokenReader reader(Session session, WireInput in) {
        boolean repeats = session.version().repeatsLongBlocks();
        return switch (session.compression()) {
            case NONE -> new PlainTokenReader(in);
            case ZLIB -> new CompressedTokenReader(in, new InflateDecompressor(DeflateWindow.matching(repeats)));
            case ZLIBX -> new CompressedTokenReader(in, new InflateDecompressor(DeflateWindow.LITERALS));
            case LZ4 -> new CompressedTokenReader(in, new Lz4Decompressor());
            case ZSTD -> new CompressedTokenReader(in, new ZstdDecompressor());
        };
    }

    /**
     * Returns whether this JVM can use the codec: zstd needs its native library, which the first call loads; lz4 falls
     * back to Java; zlib is the JDK's.
     */
    public static boolean available(CompressionType type) {
        return type != CompressionType.ZSTD || zstdLoads();
    }

    /** Returns whether what {@code type} needs is part of this installation; to find out whether it also loads takes longer. */
    public static boolean shipped(CompressionType type) {
        if (type != CompressionType.ZSTD) {
            return true;
        }
        String library = "/linux/" + System.getProperty("os.arch", "") + "/libzstd-jni-" + ZstdVersion.VERSION + ".so";
        return Native.class.getResource(library) != null || zstdLoads();
    }

    /**
     * Loads the native libraries now rather than at the first use. They are files, which a thread that has taken on
     * another identity may not be able to open.
     */
    public static void loadLibraries() {
        Lz4.factory();
        zstdLoads();
    }

    private static boolean zstdLoads() {
        try {
            Native.load();
            return Native.isLoaded();
        } catch (LinkageError e) {
            return false;
        }
    }
}
