package io.sluice.protocol.filelist;

import io.sluice.protocol.ProtocolException;

/** Judges each name that a sender puts into its list, before anything comes of it. */
@FunctionalInterface
public interface NameCheck {
    /** Takes every name. */
    NameCheck NONE = (path, directory) -> true;

    /**
     * Judges a name.
     *
     * @return false if it may only be there as a directory that leads to what was asked for
     * @throws ProtocolException for a name that this end did not ask for
     */
    boolean check(byte[] path, boolean directory) throws ProtocolException;
}
