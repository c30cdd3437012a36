package io.sluice.watcher.mirror;

import io.sluice.watcher.mirror.ReplicaSessions.Manner;
import java.io.IOException;
import java.util.List;

/**
 * Pushes new content and what is gone in one session, so that a replica which can do so ({@code --detect-renamed}) makes
 * what was only renamed from what it has. Whether a replica's rsync can, nothing tells but a try: one that cannot says so
 * before anything is done, or ends at once, and is asked no more.
 */
final class RenamePush {
    private final ReplicaSessions sessions;

    RenamePush(ReplicaSessions sessions) {
        this.sessions = sessions;
    }

    /** The same without the option: what is done if the replica cannot. */
    @FunctionalInterface
    interface Otherwise {
        Push.Outcome push() throws IOException;
    }

    /** Whether something may have been renamed: out of what is gone, or out of a directory that is looked at as a whole. */
    boolean isCalledFor(PushPlan plan) {
        return sessions.peer().mayDetectRenamed()
                && (plan.missing().isEmpty()
                        ? !plan.subtrees().isEmpty() && !plan.leaves().isEmpty()
                        : !plan.subtrees().isEmpty() || !plan.leaves().isEmpty());
    }

    /**
     * Pushes names, of which some are new and some missing, in one session.
     *
     * @param otherwise in the place of this
     */
    Push.Outcome push(SessionKind kind, List<byte[]> names, Manner manner, Otherwise otherwise) throws IOException {
        try {
            return sessions.named(kind, names, manner.renaming());
        } catch (IOException e) {
            if (sessions.peer().hasBegun() && sessions.peer().mayDetectRenamed()) {
                throw e;
            }
        }
        Push.Outcome outcome = otherwise.push();
        sessions.peer().refusedRenamed();
        return outcome;
    }
}
