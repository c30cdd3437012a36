package io.sluice.protocol.session;

/** The strong checksums of a transfer, strongest first as rsync lists them. */
public enum ChecksumType {
    XXH128("xxh128", 16),
    XXH3("xxh3", 8),
    XXH64("xxh64", 8),
    MD5("md5", 16),
    MD4("md4", 16),
    SHA1("sha1", 20),
    NONE("none", 1);

    private final String wireName;
    private final int length;

    ChecksumType(String wireName, int length) {
        this.wireName = wireName;
        this.length = length;
    }

    /** Returns the name as negotiated and as {@code --checksum-choice} takes it. */
    public String wireName() {
        return wireName;
    }

    /** Returns the digest's length in bytes, as it stands after a file's tokens. */
    public int length() {
        return length;
    }
}
