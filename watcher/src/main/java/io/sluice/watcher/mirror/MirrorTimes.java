package io.sluice.watcher.mirror;

import java.time.Duration;

/**
 * A mirror's times.
 *
 * @param settle from the first event until its push begins, so that changes made together travel together
 * @param quiet how long a file that stays open must not have changed to be pushed all the same
 * @param firstBackoff wait after a first failure; it doubles with each further one
 * @param maxBackoff the longest such wait
 * @param timeout of a push, if nothing arrives from the replica; whole seconds, zero: none
 * @param connectTimeout whole seconds, zero: as long as the system tries
 * @param closing how long a mirror that is closed may go on with what is under way
 */
public record MirrorTimes(
        Duration settle,
        Duration quiet,
        Duration firstBackoff,
        Duration maxBackoff,
        Duration timeout,
        Duration connectTimeout,
        Duration closing) {
    public static final MirrorTimes DEFAULT = new MirrorTimes(
            Duration.ofMillis(3),
            Duration.ofSeconds(2),
            Duration.ofMillis(250),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));

    public MirrorTimes withSettle(Duration value) {
        return new MirrorTimes(value, quiet, firstBackoff, maxBackoff, timeout, connectTimeout, closing);
    }

    public MirrorTimes withQuiet(Duration value) {
        return new MirrorTimes(settle, value, firstBackoff, maxBackoff, timeout, connectTimeout, closing);
    }

    public MirrorTimes withMaxBackoff(Duration value) {
        Duration first = firstBackoff.compareTo(value) < 0 ? firstBackoff : value;
        return new MirrorTimes(settle, quiet, first, value, timeout, connectTimeout, closing);
    }

    public MirrorTimes withTimeout(Duration value) {
        return new MirrorTimes(settle, quiet, firstBackoff, maxBackoff, value, connectTimeout, closing);
    }

    public MirrorTimes withConnectTimeout(Duration value) {
        return new MirrorTimes(settle, quiet, firstBackoff, maxBackoff, timeout, value, closing);
    }

    public MirrorTimes withClosing(Duration value) {
        return new MirrorTimes(settle, quiet, firstBackoff, maxBackoff, timeout, connectTimeout, value);
    }
}
