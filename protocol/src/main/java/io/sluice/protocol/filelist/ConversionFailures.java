package io.sluice.protocol.filelist;

import io.sluice.protocol.session.NameCoder.Failure;

/** Is told of names in a peer's list that this end's charset has no form for ({@code --iconv}): their entries are skipped. */
public interface ConversionFailures {
    /** Nobody is told: for lists whose names are not converted. */
    ConversionFailures NONE = new ConversionFailures() {
        @Override
        public void name(byte[] wirePath, Failure why, boolean first) {}

        @Override
        public void linkTarget(byte[] path, Failure why, boolean first) {}
    };

    /**
     * An entry has no name here.
     *
     * @param wirePath in UTF-8, or whatever the peer sent instead
     * @param first it is in the list's first segment
     */
    void name(byte[] wirePath, Failure why, boolean first);

    /** A symlink's target has no form here; {@code path} is the link's. */
    void linkTarget(byte[] path, Failure why, boolean first);
}
