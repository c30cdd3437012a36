package io.sluice.daemon.monitor;

import io.sluice.daemon.access.Peer;
import io.sluice.daemon.auth.UserName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** One connection as the log tells of it when it is asked to, in the bytes of the names. */
public final class ConnectionLine {
    private ConnectionLine() {}

    /** One that is not in a module yet. */
    public static byte[] conversing(String address, Instant since) {
        return bytes("status: " + address + " conversation " + seconds(since));
    }

    /**
     * One that has been, and whose client may make another request.
     *
     * @param user empty: nobody asked
     */
    public static byte[] idle(Peer peer, String module, UserName user, Instant since) {
        ByteArrayOutputStream line = inModule(peer, "idle", module, user);
        line.writeBytes(bytes(" " + seconds(since)));
        return line.toByteArray();
    }

    /**
     * One that is.
     *
     * @param user empty: nobody asked
     */
    public static byte[] transferring(
            Peer peer, String module, UserName user, long sent, long received, Instant since) {
        ByteArrayOutputStream line = inModule(peer, "transfer", module, user);
        line.writeBytes(bytes(" sent " + sent + " received " + received + " " + seconds(since)));
        return line.toByteArray();
    }

    private static ByteArrayOutputStream inModule(Peer peer, String state, String module, UserName user) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(bytes("status: " + peer.describe() + " " + state + " module " + module));
        if (!user.isEmpty()) {
            line.writeBytes(bytes(" user "));
            line.writeBytes(user.bytes());
        }
        return line;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String seconds(Instant since) {
        Instant begun = since.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        long age = Math.max(0, Duration.between(since, Instant.now()).toSeconds());
        return String.format(Locale.ROOT, "since %s (%d seconds)", begun, age);
    }
}
