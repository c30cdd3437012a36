package io.sluice.protocol.session;

/** How tokens are compressed, best first as rsync lists them. */
public enum CompressionType {
    ZSTD("zstd"),
    LZ4("lz4"),
    ZLIBX("zlibx"),
    ZLIB("zlib"),
    NONE("none");

    private final String wireName;

    CompressionType(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the name as negotiated and as {@code --compress-choice} takes it. */
    public String wireName() {
        return wireName;
    }
}
