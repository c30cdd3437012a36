package io.sluice.client.transport;

import io.sluice.client.Location;
import io.sluice.protocol.options.DebugItem;
import io.sluice.protocol.options.ReportingOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What {@code --debug=CMD} and {@code CONNECT} tell of how a peer is reached, in rsync's words. */
final class PeerTrace {
    private static final byte[] NOBODY = bytes("<NULL>");
    private static final int PARTS = 2;
    private static final int ADDRESSES = 2;

    private final int commands;
    private final int connections;
    private final Consumer<byte[]> hearer;

    PeerTrace(ReportingOptions reporting, Consumer<byte[]> hearer) {
        this.commands = reporting.level(DebugItem.CMD);
        this.connections = reporting.level(DebugItem.CONNECT);
        this.hearer = hearer;
    }

    /** A command line is about to be run, or a daemon's to be sent. */
    void command(String opening, List<byte[]> words) {
        if (commands == 0) {
            return;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(bytes(opening));
        for (byte[] word : words) {
            text.write(' ');
            text.writeBytes(word);
        }
        text.writeBytes(bytes("  (" + words.size() + " args)"));
        hearer.accept(text.toByteArray());
    }

    /** What the command line {@code words} is made of; {@code path} is the first of several. */
    void shell(Optional<String> shell, Location.Remote host, byte[] path, List<byte[]> words) {
        byte[] user = host.user().map(PeerTrace::bytes).orElse(NOBODY);
        parts(bytes(shell.orElse("ssh")), bytes(host.host()), user, path, words);
    }

    /** The other end is within this process. */
    void local(byte[] path) {
        parts(NOBODY, NOBODY, NOBODY, path, List.of(new byte[] {'.'}, path));
    }

    private void parts(byte[] shell, byte[] machine, byte[] user, byte[] path, List<byte[]> words) {
        if (commands < PARTS) {
            return;
        }
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.writeBytes(bytes("cmd="));
        parts.writeBytes(shell);
        parts.writeBytes(bytes(" machine="));
        parts.writeBytes(machine);
        parts.writeBytes(bytes(" user="));
        parts.writeBytes(user);
        parts.writeBytes(bytes(" path="));
        parts.writeBytes(path);
        hearer.accept(parts.toByteArray());
        ByteArrayOutputStream numbered = new ByteArrayOutputStream();
        for (int i = 0; i < words.size(); i++) {
            numbered.writeBytes(bytes("cmd[" + i + "]="));
            numbered.writeBytes(words.get(i));
            numbered.write(' ');
        }
        hearer.accept(numbered.toByteArray());
    }

    /** A daemon is about to be connected. */
    void dialing(String host, int port) {
        tell(1, "opening tcp connection to " + host + " port " + port);
    }

    /** As above, by a program. */
    void dialing(String host, int port, String program) {
        tell(1, "Using RSYNC_CONNECT_PROG instead of opening tcp connection to " + host + " port " + port);
        if (commands > 0) {
            hearer.accept(bytes("Running socket program: \"" + program + "\""));
        }
    }

    /** Not the daemon itself is dialled. */
    void proxied(String host, int port) {
        tell(1, "connection via http proxy " + host + " port " + port);
    }

    /** One of a host's addresses answered. */
    void connected(String host, String address) {
        tell(ADDRESSES, "Connected to " + host + " (" + address + ")");
    }

    /** Addresses that were tried before the one that answered. */
    void unanswered(List<String> failures) {
        failures.forEach(failure -> tell(ADDRESSES, "rsync: " + failure));
    }

    private void tell(int level, String text) {
        if (connections >= level) {
            hearer.accept(bytes(text));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
