package io.sluice.daemon.service;

import io.sluice.linux.InheritedListener;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sockets that the process was started with, as {@code sd_listen_fds(3)} has them: {@code LISTEN_FDS} of them from descriptor 3 on, for the process
 * {@code LISTEN_PID}, with names in {@code LISTEN_FDNAMES}. The name says what a socket is for.
 *
 * @param sockets in order
 */
public record ServiceSockets(List<Named> sockets) {
    /** None: the daemon opens its own. */
    public static final ServiceSockets NONE = new ServiceSockets(List.of());

    private static final int FIRST = 3;
    private static final int MAX = 64;

    public ServiceSockets {
        sockets = List.copyOf(sockets);
    }

    /** What a socket is for, by its name. */
    public enum Use {
        /** The rsync protocol: any other name. */
        PLAIN,
        /** {@code tls}: the rsync protocol by TLS. */
        TLS,
        /** {@code metrics}. */
        METRICS;

        static Use of(String name) {
            return switch (name) {
                case "tls" -> TLS;
                case "metrics" -> METRICS;
                default -> PLAIN;
            };
        }
    }

    /** A socket and what it is for. */
    public record Named(Use use, InheritedListener listener) {}

    /** Whether a process has been given sockets. */
    public static boolean areThere(Map<String, String> environment, long pid) {
        return Long.toString(pid).equals(environment.get("LISTEN_PID")) && environment.containsKey("LISTEN_FDS");
    }

    /**
     * Takes those of this process, if it has been given any.
     *
     * @throws TransferException with code 10 if one of them is no TCP socket that listens
     */
    public static ServiceSockets take(Map<String, String> environment, long pid) throws IOException {
        if (!areThere(environment, pid)) {
            return NONE;
        }
        String[] names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
        int count = count(environment.getOrDefault("LISTEN_FDS", ""));
        List<Named> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try {
                taken.add(new Named(Use.of(i < names.length ? names[i] : ""), InheritedListener.take(FIRST + i)));
            } catch (IOException e) {
                throw new TransferException(ExitCode.SOCKET_IO, "LISTEN_FDS: " + e.getMessage(), e);
            }
        }
        return new ServiceSockets(taken);
    }

    private static int count(String text) throws TransferException {
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= MAX) {
            return Integer.parseInt(text);
        }
        throw new TransferException(ExitCode.SOCKET_IO, "LISTEN_FDS: " + text + " (expected: 0 to " + MAX + ")");
    }

    /** Those for one thing. */
    public List<InheritedListener> of(Use use) {
        return sockets.stream()
                .filter(socket -> socket.use == use)
                .map(Named::listener)
                .toList();
    }
}
