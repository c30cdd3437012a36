package io.sluice.watcher.mirror;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A mirror's times.
 *
 * @param settle without a further event until a push begins, so that changes made together travel together
 * @param maxDelay from the first event until its push begins although there are further ones
 * @param quiet how long a file that stays open must not have changed to be pushed all the same
 * @param growing how long a file that stays open may go on changing until it is pushed all the same; zero: for ever
 * @param firstBackoff wait after a first failure; it doubles with each further one
 * @param maxBackoff the longest such wait
 * @param resyncAfter of failures only: a replica that is back after so long is compared as a whole, by size and time, as it
 *     may have come back with an old state; zero: never
 * @param timeout of a push, if nothing arrives from the replica; whole seconds, zero: none
 * @param connectTimeout whole seconds, zero: as long as the system tries
 * @param poll between looks at what cannot be watched
 * @param closing how long a mirror that is closed may go on with what is under way
 */
public record MirrorTimes(
        Duration settle,
        Duration maxDelay,
        Duration quiet,
        Duration growing,
        Duration firstBackoff,
        Duration maxBackoff,
        Duration resyncAfter,
        Duration timeout,
        Duration connectTimeout,
        Duration poll,
        Duration closing) {
    public static final MirrorTimes DEFAULT = new MirrorTimes(
            Duration.ofMillis(3),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofMillis(250),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10));

    public MirrorTimes withSettle(Duration value) {
        return edit(draft -> draft.settle = value);
    }

    public MirrorTimes withMaxDelay(Duration value) {
        return edit(draft -> draft.maxDelay = value);
    }

    public MirrorTimes withQuiet(Duration value) {
        return edit(draft -> draft.quiet = value);
    }

    public MirrorTimes withGrowing(Duration value) {
        return edit(draft -> draft.growing = value);
    }

    public MirrorTimes withMaxBackoff(Duration value) {
        Duration first = firstBackoff.compareTo(value) < 0 ? firstBackoff : value;
        return edit(draft -> {
            draft.firstBackoff = first;
            draft.maxBackoff = value;
        });
    }

    public MirrorTimes withResyncAfter(Duration value) {
        return edit(draft -> draft.resyncAfter = value);
    }

    public MirrorTimes withTimeout(Duration value) {
        return edit(draft -> draft.timeout = value);
    }

    public MirrorTimes withConnectTimeout(Duration value) {
        return edit(draft -> draft.connectTimeout = value);
    }

    public MirrorTimes withPoll(Duration value) {
        return edit(draft -> draft.poll = value);
    }

    public MirrorTimes withClosing(Duration value) {
        return edit(draft -> draft.closing = value);
    }

    private MirrorTimes edit(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.times();
    }

    /** The same, to be changed. */
    private static final class Draft {
        private Duration settle;
        private Duration maxDelay;
        private Duration quiet;
        private Duration growing;
        private Duration firstBackoff;
        private Duration maxBackoff;
        private Duration resyncAfter;
        private Duration timeout;
        private Duration connectTimeout;
        private Duration poll;
        private Duration closing;

        Draft(MirrorTimes times) {
            settle = times.settle;
            maxDelay = times.maxDelay;
            quiet = times.quiet;
            growing = times.growing;
            firstBackoff = times.firstBackoff;
            maxBackoff = times.maxBackoff;
            resyncAfter = times.resyncAfter;
            timeout = times.timeout;
            connectTimeout = times.connectTimeout;
            poll = times.poll;
            closing = times.closing;
        }

        MirrorTimes times() {
            return new MirrorTimes(
                    settle,
                    maxDelay,
                    quiet,
                    growing,
                    firstBackoff,
                    maxBackoff,
                    resyncAfter,
                    timeout,
                    connectTimeout,
                    poll,
                    closing);
        }
    }

    /** @param max files that are held at most */
    GrowingFiles.Limits growingLimits(int max) {
        return new GrowingFiles.Limits(max, quiet.toNanos(), growing.toNanos());
    }
}
