package io.sluice.protocol.session;

/** Hears what the two ends of a {@link Handshake} say ({@code --debug=PROTO,NSTR}). */
public interface HandshakeWitness {
    /** Hears nothing. */
    HandshakeWitness NONE = new HandshakeWitness() {};

    /** The peer's newest version is known, and with it the one to use. */
    default void versions(int peer, int agreed) {}

    /**
     * This end tells the algorithms that it knows.
     *
     * @param what {@code checksum} or {@code compress}
     * @param names separated by blanks, the best one first
     */
    default void offered(String what, String names) {}

    /** As above, by the other end. */
    default void heard(String what, String names) {}
}
