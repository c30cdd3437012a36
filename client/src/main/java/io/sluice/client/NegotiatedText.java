package io.sluice.client;

import io.sluice.protocol.options.AlgorithmOptions;
import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.Session;
import java.util.ArrayList;
import java.util.List;

/** What {@code --debug=NSTR} tells: which checksum and which compression are used, and whether the two ends agreed on them or the user said so. */
final class NegotiatedText {
    private static final int ZSTD_LEVEL = 3;
    private static final int ZLIB_LEVEL = 6;

    private NegotiatedText() {}

    static List<String> of(Session session, TransferOptions options) {
        if (options.reporting().level(DebugItem.NSTR) == 0) {
            return List.of();
        }
        AlgorithmOptions algorithms = options.algorithms();
        List<String> lines = new ArrayList<>();
        lines.add("Client " + (algorithms.checksumChoice().isEmpty() ? "negotiated " : "") + "checksum: "
                + session.transferChecksum().wireName());
        CompressionType compression = session.compression();
        if (compression != CompressionType.NONE) {
            int level = algorithms.compressLevel().orElse(defaultLevel(compression));
            lines.add("Client " + (algorithms.compressChoice().isEmpty() ? "negotiated " : "") + "compress: "
                    + compression.wireName() + " (level " + level + ")");
        }
        return lines;
    }

    private static int defaultLevel(CompressionType type) {
        return switch (type) {
            case ZSTD -> ZSTD_LEVEL;
            case ZLIB, ZLIBX -> ZLIB_LEVEL;
            case LZ4, NONE -> 0;
        };
    }
}
