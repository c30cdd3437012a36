package io.sluice.protocol.filelist;

import io.sluice.linux.FileStatus;

/** Hears of each file that comes into a sender's list and has more than one name. */
@FunctionalInterface
public interface LinkWitness {
    /** Wants to hear nothing. */
    LinkWitness NONE = (path, status) -> {};

    /**
     * A file came into the list.
     *
     * @param path as in the list
     * @param status only valid during the call
     */
    void linked(byte[] path, FileStatus status);
}
