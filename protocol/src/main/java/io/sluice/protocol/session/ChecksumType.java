package io.sluice.protocol.session;

import java.util.HexFormat;
import java.util.List;

/** The strong checksums of a transfer, strongest first as rsync lists them. */
public enum ChecksumType {
    XXH128("xxh128", 16),
    XXH3("xxh3", 8),
    XXH64("xxh64", 8),
    MD5("md5", 16),
    MD4("md4", 16),
    SHA1("sha1", 20),
    NONE("none", 1),
    /** MD4 as protocols before 30 have it without a choice: the sum of a whole transferred file begins with the seed. Cannot be asked for. */
    MD4_SEEDED("", 16);

    private static final List<ChecksumType> NAMED = List.of(XXH128, XXH3, XXH64, MD5, MD4, SHA1, NONE);

    private static final HexFormat HEX = HexFormat.of();

    private final String wireName;
    private final int length;

    ChecksumType(String wireName, int length) {
        this.wireName = wireName;
        this.length = length;
    }

    /** Returns those that can be asked for. */
    public static List<ChecksumType> named() {
        return NAMED;
    }

    /** Returns the name as negotiated and as {@code --checksum-choice} takes it. */
    public String wireName() {
        return wireName;
    }

    /** Returns a digest as people see it: XXH sums are numbers, which travel with their least significant byte first. */
    public String show(byte[] digest) {
        boolean number = this == XXH128 || this == XXH3 || this == XXH64;
        StringBuilder text = new StringBuilder(2 * digest.length);
        for (int i = 0; i < digest.length; i++) {
            HEX.toHexDigits(text, digest[number ? digest.length - 1 - i : i]);
        }
        return text.toString();
    }

    /** Returns the digest's length in bytes, as it stands after a file's tokens. */
    public int length() {
        return length;
    }
}
