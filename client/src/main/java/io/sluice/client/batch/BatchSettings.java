package io.sluice.client.batch;

/**
 * What a command line says of batch files.
 *
 * @param mode what is done with it
 * @param name the file's, one character per byte; empty: none
 */
public record BatchSettings(Mode mode, String name) {
    /** No batch. */
    public static final BatchSettings NONE = new BatchSettings(Mode.NONE, "");

    /** The longest name, in bytes. */
    public static final int MAX_NAME = 256;

    /** What is done with a batch file. */
    public enum Mode {
        NONE,
        /** It is written besides the transfer. */
        WRITE,
        /** It is written, and the receiver keeps what it has. */
        ONLY_WRITE,
        READ
    }

    /** Returns true if a batch is written, whatever else happens. */
    public boolean writes() {
        return mode == Mode.WRITE || mode == Mode.ONLY_WRITE;
    }

    /** Returns true if a batch takes the place of the sender. */
    public boolean reads() {
        return mode == Mode.READ;
    }
}
