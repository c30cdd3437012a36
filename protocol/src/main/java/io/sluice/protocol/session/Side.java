package io.sluice.protocol.session;

/** Which way the files go, seen from us. */
public enum Side {
    SENDER,
    RECEIVER
}
