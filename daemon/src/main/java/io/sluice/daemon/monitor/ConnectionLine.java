package io.sluice.daemon.monitor;

import io.sluice.daemon.access.Peer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** One connection as the log tells of it when it is asked to. */
public final class ConnectionLine {
    private ConnectionLine() {}

    /** One that is not in a module yet. */
    public static String conversing(String address, Instant since) {
        return "status: " + address + " conversation " + seconds(since);
    }

    /**
     * One that is.
     *
     * @param user empty: nobody asked
     */
    public static String transferring(Peer peer, String module, String user, long sent, long received, Instant since) {
        return "status: " + peer.describe() + " transfer module " + module + (user.isEmpty() ? "" : " user " + user)
                + " sent " + sent + " received " + received + " " + seconds(since);
    }

    private static String seconds(Instant since) {
        Instant begun = since.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        long age = Math.max(0, Duration.between(since, Instant.now()).toSeconds());
        return String.format(Locale.ROOT, "since %s (%d seconds)", begun, age);
    }
}
