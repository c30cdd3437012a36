package io.sluice.client;

/** This build's version, as shown to people. */
public final class Version {
    /** Such as {@code 0.1.0}. */
    public static final String TEXT = "0.1.0";

    private Version() {}
}
