package io.sluice.watcher.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names that left a directory last, by the number that joins the two events of a rename. Those events follow each
 * other, but for what happens elsewhere at the same moment: so a name is held until the next event, or until none comes
 * for a moment. Given out then as one that left, it is still known if its other one comes late.
 */
final class RenamePairs {
    private static final int KEPT = 16;

    private @Nullable Departure held;
    private final Deque<Departure> givenOut = new ArrayDeque<>();

    /**
     * A name that is on its way.
     *
     * @param path that it had
     * @param nanos when that was seen
     */
    record Departure(int cookie, byte[] path, boolean directory, long nanos) {}

    /** Holds a name on its way; none is held. */
    void left(Departure departure) {
        held = departure;
    }

    /** What is held; null: nothing. */
    @Nullable
    Departure held() {
        return held;
    }

    /** Takes what is held, if it arrives with this number. */
    Optional<Departure> arrived(int cookie) {
        Departure departure = held;
        if (departure == null || cookie == 0 || departure.cookie != cookie) {
            return Optional.empty();
        }
        held = null;
        return Optional.of(departure);
    }

    /** The path of what arrives with this number and was given out before. */
    Optional<byte[]> late(int cookie) {
        return givenOut.stream()
                .filter(departure -> cookie != 0 && departure.cookie == cookie)
                .findFirst()
                .map(Departure::path);
    }

    /** Takes what is held, which has left the tree as far as is known. */
    Optional<Departure> giveOut() {
        Departure departure = held;
        if (departure == null) {
            return Optional.empty();
        }
        held = null;
        givenOut.add(departure);
        if (givenOut.size() > KEPT) {
            givenOut.remove();
        }
        return Optional.of(departure);
    }
}
