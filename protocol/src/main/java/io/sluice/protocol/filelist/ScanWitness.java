package io.sluice.protocol.filelist;

/** Hears of each entry that a scan makes ({@code --debug=FLIST2}). */
public interface ScanWitness {
    /**
     * An entry is made of a file.
     *
     * @param judged the rules were asked about it: it is no argument
     */
    default void made(byte[] path, boolean judged) {}

    /** Arguments are looked for in a directory, which the operator named so. */
    default void entered(byte[] directory) {}
}
