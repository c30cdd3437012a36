package io.sluice.protocol.filelist;

/** Hears of each entry that a scan makes ({@code --debug=FLIST2}). */
@FunctionalInterface
public interface ScanWitness {
    /**
     * An entry is made of a file.
     *
     * @param judged the rules were asked about it: it is no argument
     */
    void made(byte[] path, boolean judged);
}
