package io.sluice.client;

import io.sluice.protocol.options.AlgorithmOptions;
import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code --debug=NSTR} tells: which checksum and which compression are used, and whether the two ends agreed on them or the user said so; and what
 * {@code --debug=ICONV} tells of charsets.
 */
final class NegotiatedText {
    private static final int ZSTD_LEVEL = 3;
    private static final int ZLIB_LEVEL = 6;

    private NegotiatedText() {}

    static List<String> of(Session session, TransferOptions options) {
        List<String> lines = new ArrayList<>(charsets(session, options));
        if (options.reporting().level(DebugItem.NSTR) == 0) {
            return lines;
        }
        AlgorithmOptions algorithms = options.algorithms();
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

    private static List<String> charsets(Session session, TransferOptions options) {
        String names = options.selection().iconv();
        if (options.reporting().level(DebugItem.ICONV) > 1 && names.isEmpty()) {
            return List.of(checked());
        }
        if (options.reporting().level(DebugItem.ICONV) == 0 || names.isEmpty()) {
            return List.of();
        }
        boolean sends = session.side() == Side.SENDER;
        String ours = names.split(",", 2)[0];
        String theirs = names.substring(names.indexOf(',') + 1);
        String own = "[" + (sends ? "sender" : "Receiver") + "] charset: " + shown(ours);
        String other = "[" + (sends ? "Receiver" : "sender") + "] charset: " + shown(theirs);
        List<String> lines = new ArrayList<>();
        if (options.reporting().level(DebugItem.ICONV) > 1) {
            lines.add(checked());
        }
        lines.add(own);
        if (options.deletion().local()) {
            lines.add(other);
        }
        return lines;
    }

    private static String checked() {
        return "msg checking charset: " + shown("");
    }

    private static String shown(String charset) {
        boolean ofLocale = charset.isEmpty() || charset.equals(".");
        return ofLocale ? System.getProperty("native.encoding", "[LOCALE]") : charset;
    }

    private static int defaultLevel(CompressionType type) {
        return switch (type) {
            case ZSTD -> ZSTD_LEVEL;
            case ZLIB, ZLIBX -> ZLIB_LEVEL;
            case LZ4, NONE -> 0;
        };
    }
}
