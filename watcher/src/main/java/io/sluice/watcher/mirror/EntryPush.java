package io.sluice.watcher.mirror;

import io.sluice.watcher.mirror.ReplicaSessions.Manner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Pushes single entries and deletes names, by whatever means the replica's rsync has. */
final class EntryPush {
    /** Names that are deleted in one session without {@code --delete-missing-args}: each is a rule that each name is tried with. */
    private static final int MOST_RULED = 1000;

    private final ReplicaSessions sessions;

    EntryPush(ReplicaSessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Pushes entries as they are.
     *
     * @param kind ENTRIES or WRITTEN
     * @param present were there when this was planned
     * @param missing were not, but the directories that they were in
     */
    Push.Outcome push(SessionKind kind, List<byte[]> present, List<byte[]> missing) throws IOException {
        if (present.isEmpty() && missing.isEmpty()) {
            return Push.Outcome.NOTHING;
        }
        if (sessions.peer().deletesMissing()) {
            List<byte[]> all = new ArrayList<>(present);
            all.addAll(missing);
            try {
                return sessions.named(kind, all, Manner.PLAIN);
            } catch (IOException e) {
                if (sessions.peer().deletesMissing()) {
                    throw e;
                }
            }
        }
        Push.Outcome outcome = present.isEmpty() ? Push.Outcome.NOTHING : sessions.named(kind, present, Manner.PRESENT);
        return outcome.and(delete(missing));
    }

    private Push.Outcome delete(List<byte[]> missing) throws IOException {
        Push.Outcome outcome = Push.Outcome.NOTHING;
        for (int from = 0; from < missing.size(); from += MOST_RULED) {
            List<byte[]> some = missing.subList(from, Math.min(missing.size(), from + MOST_RULED));
            AbsentNames absent = AbsentNames.of(some, sessions);
            if (!absent.directories().isEmpty()) {
                Manner manner = Manner.PRESENT.with(absent.rules());
                outcome = outcome.and(sessions.named(SessionKind.ENTRIES, absent.directories(), manner));
            }
        }
        return outcome;
    }
}
