package io.sluice.protocol.session;

/** The digests of daemon authentication, strongest first as rsync lists them. */
public enum DigestType {
    SHA512("sha512"),
    SHA256("sha256"),
    SHA1("sha1"),
    MD5("md5"),
    MD4("md4");

    private final String wireName;

    DigestType(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the name as a greeting carries it. */
    public String wireName() {
        return wireName;
    }
}
