package io.sluice.watcher.mirror;

import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.session.Session;
import java.util.List;

/** What is known of a replica's rsync, from its last session and from what it refused. */
final class PeerTraits {
    private static final String DETECT_RENAMED = "--detect-renamed";
    private static final String DELETE_MISSING = "--delete-missing-args";
    /** What a name to delete looks like to who has been told to do without that option: some rsyncs ignore one that is refused. */
    private static final String STRANGE_MODE = "invalid file mode 00 ";

    private volatile ProtocolVersion version = ProtocolVersion.NEWEST;
    private volatile boolean refusesMissing;
    private volatile boolean refusesRenamed;
    private volatile boolean begun;

    /** A session began. */
    void negotiated(Session session) {
        version = session.version();
        begun = true;
    }

    /** A session is about to begin. */
    void asked() {
        begun = false;
    }

    /** Whether the replica's end has taken the options of the last session. */
    boolean hasBegun() {
        return begun;
    }

    /** A session failed whose options had {@code --detect-renamed}, and the same without it did not. */
    void refusedRenamed() {
        refusesRenamed = true;
    }

    /** Whether it may have {@code --detect-renamed}, which only our own is sure to have; not known before it was tried. */
    boolean mayDetectRenamed() {
        return !refusesRenamed && deletesMissing();
    }

    /** A session was broken off; {@code texts} are what it said. */
    void complained(List<String> texts) {
        refusesRenamed |= texts.stream().anyMatch(text -> text.contains(DETECT_RENAMED));
        refusesMissing |= texts.stream().anyMatch(text -> text.contains(DELETE_MISSING) || text.contains(STRANGE_MODE));
    }

    /** Whether it has {@code --delete-missing-args} (rsync 3.1.0, and with it protocol 31). */
    boolean deletesMissing() {
        return version.deletesMissing() && !refusesMissing;
    }
}
