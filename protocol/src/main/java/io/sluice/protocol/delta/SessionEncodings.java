package io.sluice.protocol.delta;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.session.Session;
import java.util.Optional;

/** The {@link SharedEncodings} that one session can use. */
public final class SessionEncodings {
    private final SharedEncodings shared;
    private final Session session;
    private final EncodingManner manner;
    private final boolean worth;

    SessionEncodings(SharedEncodings shared, Session session, EncodingManner manner) {
        this.shared = shared;
        this.session = session;
        this.manner = manner;
        this.worth = manner.isWorthSharing();
    }

    /**
     * The encoding of a file without a basis, for the caller to close; empty if it is to encode the file itself.
     *
     * @param path as in the file list
     * @param status of the file that it has open, just read
     */
    public Optional<SharedEncoding> take(byte[] path, FileStatus status) {
        return worth && shared.mayShare(manner, status) ? shared.take(path, status, manner, session) : Optional.empty();
    }
}
