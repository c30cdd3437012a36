package io.sluice.protocol.session;

import java.util.List;
import java.util.OptionalInt;

/** A handshake request in the making: by default a sender that talks to a daemon of the newest version and may do everything. */
final class Offer {
    private Side side = Side.SENDER;
    private OptionalInt peer = OptionalInt.of(32);
    private String letters = "";
    private boolean incremental = true;
    private boolean compress;
    private List<ChecksumType> chosenSums = List.of();
    private List<CompressionType> chosenCodecs = List.of();
    private List<CompressionType> codecs =
            List.of(CompressionType.ZSTD, CompressionType.LZ4, CompressionType.ZLIBX, CompressionType.ZLIB);
    private OptionalInt seed = OptionalInt.empty();
    private int randomSeed = 1;

    Offer side(Side value) {
        side = value;
        return this;
    }

    /** No greeting told the peer's version. */
    Offer overShell() {
        peer = OptionalInt.empty();
        return this;
    }

    Offer peer(int version) {
        peer = OptionalInt.of(version);
        return this;
    }

    Offer letters(String value) {
        letters = value;
        return this;
    }

    Offer withoutIncrementalRecursion() {
        incremental = false;
        return this;
    }

    Offer compressed() {
        compress = true;
        return this;
    }

    Offer choosing(List<ChecksumType> sums, List<CompressionType> compressions) {
        chosenSums = sums;
        chosenCodecs = compressions;
        return this;
    }

    Offer codecs(CompressionType... values) {
        codecs = List.of(values);
        return this;
    }

    Offer seed(int value) {
        seed = OptionalInt.of(value);
        return this;
    }

    Offer randomSeed(int value) {
        randomSeed = value;
        return this;
    }

    HandshakeRequest request() {
        return new HandshakeRequest(
                side,
                ProtocolVersion.NEWEST,
                peer,
                letters,
                incremental,
                chosenSums,
                compress,
                chosenCodecs,
                HandshakeRequest.ALL_CHECKSUMS,
                codecs,
                seed,
                randomSeed);
    }
}
