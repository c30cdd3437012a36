package io.sluice.protocol.session;

import java.util.List;

/** The digests of daemon authentication, strongest first as rsync lists them. */
public enum DigestType {
    SHA512("sha512"),
    SHA256("sha256"),
    SHA1("sha1"),
    MD5("md5"),
    MD4("md4"),
    /** MD4 over four zero bytes and what follows: of peers before protocol 30 that name no digests. Nobody can ask for it. */
    MD4_SEEDED("");

    private static final List<DigestType> NAMED = List.of(SHA512, SHA256, SHA1, MD5, MD4);

    private final String wireName;

    DigestType(String wireName) {
        this.wireName = wireName;
    }

    /** Returns those that greetings name. */
    public static List<DigestType> named() {
        return NAMED;
    }

    /** Returns the name as a greeting carries it. */
    public String wireName() {
        return wireName;
    }
}
