package io.sluice.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Whoever wants to know how a service is, such as systemd: a datagram to the socket {@code NOTIFY_SOCKET}, as {@code sd_notify(3)} has it. Without such a socket, and if
 * nobody listens there, nothing happens.
 */
public final class ServiceManager {
    private final String socket;

    public ServiceManager(Map<String, String> environment) {
        socket = environment.getOrDefault("NOTIFY_SOCKET", "");
    }

    /**
     * It does what it is there for from now on.
     *
     * @param status a line for people
     */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + status + "\n");
    }

    /** Files are read anew; {@link #ready} follows. */
    public void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000 + "\n");
    }

    /** It is ending. */
    public void stopping() {
        send("STOPPING=1\n");
    }

    private void send(String text) {
        if (!socket.startsWith("/") && !socket.startsWith("@")) {
            return;
        }
        try (LocalDatagrams datagrams = LocalDatagrams.connect(socket)) {
            datagrams.send(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException e) {
            // nobody listens, or the name is none
        }
    }
}
