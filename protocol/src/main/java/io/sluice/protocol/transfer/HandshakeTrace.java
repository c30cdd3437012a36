package io.sluice.protocol.transfer;

import io.sluice.protocol.options.AlgorithmOptions;
import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.HandshakeWitness;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import java.util.function.Consumer;

/**
 * What is told before there are roles, in rsync's words: of charsets ({@code --debug=ICONV}), versions ({@code PROTO}) and algorithms ({@code NSTR}). A server
 * needs level 3 to tell of algorithms.
 */
public final class HandshakeTrace implements HandshakeWitness {
    private static final int SERVER = 3;
    private static final int LISTS = 2;
    private static final int ZSTD_LEVEL = 3;
    private static final int ZLIB_LEVEL = 6;

    private final TransferOptions options;
    private final boolean server;
    private final Consumer<String> hearer;

    private HandshakeTrace(TransferOptions options, boolean server, Consumer<String> hearer) {
        this.options = options;
        this.server = server;
        this.hearer = hearer;
    }

    /** A client's. */
    public static HandshakeTrace ofClient(TransferOptions options, Consumer<String> hearer) {
        return new HandshakeTrace(options, false, hearer);
    }

    /** A server's, whose lines cannot travel yet. */
    public static HandshakeTrace ofServer(TransferOptions options, Consumer<String> hearer) {
        return new HandshakeTrace(options, true, hearer);
    }

    /** Names are about to be converted, or not. */
    public void charsets(Side side) {
        int level = level(DebugItem.ICONV);
        if (level > 1 && !server) {
            hearer.accept("msg checking charset: " + shown(""));
        }
        String names = options.selection().iconv();
        if (level > 0 && !names.isEmpty()) {
            String role = side == Side.SENDER ? "sender" : "Receiver";
            hearer.accept("[" + role + "] charset: " + shown(names.split(",", 2)[0]));
        }
    }

    private static String shown(String charset) {
        boolean ofLocale = charset.isEmpty() || charset.equals(".");
        return ofLocale ? System.getProperty("native.encoding", "[LOCALE]") : charset;
    }

    @Override
    public void versions(int peer, int agreed) {
        if (level(DebugItem.PROTO) > 0) {
            hearer.accept("(" + own() + ") Protocol versions: remote=" + peer + ", negotiated=" + agreed);
        }
    }

    @Override
    public void offered(String what, String names) {
        list(own(), what, names);
    }

    @Override
    public void heard(String what, String names) {
        list(server ? "Client" : "Server", what, names);
    }

    /** A client tells a daemon which digests it knows. */
    public void offeredDigests(String names) {
        list("Client", "daemon auth checksum", names);
    }

    /** A client has chosen how to prove who it is. */
    public void agreedDigest(String name) {
        if (tells(1)) {
            hearer.accept("Client negotiated daemon auth checksum: " + name);
        }
    }

    private void list(String whose, String what, String names) {
        if (tells(LISTS)) {
            hearer.accept(whose + " " + what + " list (on " + (server ? "server" : "client") + "): " + names);
        }
    }

    /** The algorithms are known. */
    public void agreed(Session session) {
        if (!tells(1)) {
            return;
        }
        AlgorithmOptions algorithms = options.algorithms();
        String negotiated = session.varintFlags() ? " negotiated" : "";
        hearer.accept(own() + (algorithms.checksumChoice().isEmpty() ? negotiated : "") + " checksum: "
                + session.transferChecksum().wireName());
        CompressionType compression = session.compression();
        if (compression != CompressionType.NONE) {
            int level = algorithms.compressLevel().orElse(defaultLevel(compression));
            hearer.accept(own() + (algorithms.compressChoice().isEmpty() ? negotiated : "") + " compress: "
                    + compression.wireName() + " (level " + level + ")");
        }
    }

    private static int defaultLevel(CompressionType type) {
        return switch (type) {
            case ZSTD -> ZSTD_LEVEL;
            case ZLIB, ZLIBX -> ZLIB_LEVEL;
            case LZ4, NONE -> 0;
        };
    }

    private boolean tells(int clientLevel) {
        return level(DebugItem.NSTR) >= (server ? SERVER : clientLevel);
    }

    private int level(DebugItem item) {
        return options.reporting().level(item);
    }

    private String own() {
        return server ? "Server" : "Client";
    }
}
