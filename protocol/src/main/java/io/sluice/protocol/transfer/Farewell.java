package io.sluice.protocol.transfer;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.MemoryException;
import io.sluice.protocol.PlainException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.wire.MessageTag;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/** How a side that failed leaves: it says why, hears the peer out so that this arrives, and closes the connection. */
final class Farewell {
    /** Nothing can be said to the peer, or nothing that it understands. */
    private static final Set<ExitCode> SILENT =
            EnumSet.of(ExitCode.SOCKET_IO, ExitCode.STREAM_IO, ExitCode.SIGNAL1, ExitCode.TIMEOUT);

    /** Seconds without any sign of the peer after which it is not heard out: it knows that we leave. */
    static final int PATIENCE = 30;
    /** As above, for a peer that only gets words for people. */
    private static final int SHORT_PATIENCE = 3;

    private final Connection connection;
    /** Who says it, as far as the side has come. */
    private volatile String role;

    private final TransferListener listener;
    private boolean left;

    /** @param listener hears of it before the peer does */
    Farewell(Connection connection, String role, TransferListener listener) {
        this.connection = connection;
        this.role = role;
        this.listener = listener;
    }

    /** The side has become several, of which this one speaks for all. */
    void speakAs(String newRole) {
        role = newRole;
    }

    /** Lets the peer say what it still has to say. */
    @FunctionalInterface
    interface Hearing {
        void hear() throws IOException;
    }

    /** Leaves, once: tells the peer why, as far as it can be told, hears it out, and closes the connection. The output is the caller's. */
    void leave(TransferException cause, Hearing hearing) {
        if (left) {
            return;
        }
        left = true;
        listener.brokenOff(cause);
        attempt(cause, () -> tell(cause));
        connection.in().setTimeout(understands(cause) ? PATIENCE : SHORT_PATIENCE);
        attempt(cause, hearing);
        connection.in().setTimeout(0);
        attempt(cause, connection.in()::close);
        attempt(cause, connection.out()::close);
    }

    private static void attempt(TransferException cause, Hearing step) {
        try {
            step.hear();
        } catch (IOException e) {
            note(cause, e);
        }
    }

    /** Keeps {@code other} with {@code cause}, unless it is that. */
    static void note(TransferException cause, IOException other) {
        if (!other.equals(cause)) {
            cause.addSuppressed(other);
        }
    }

    private void tell(TransferException cause) throws IOException {
        WireOutput out = connection.out();
        boolean peerKnows = cause instanceof PeerExitException;
        if (connection.session().server() && !peerKnows) {
            if (!"".equals(cause.getMessage())) { // else it has been told why
                out.post(MessageTag.ERROR, bytes(sentence(cause) + "\n"));
            }
            out.post(MessageTag.ERROR, bytes(lastLine(cause.exitCode())));
        }
        if (understands(cause)) {
            out.post(
                    MessageTag.ERROR_EXIT,
                    peerKnows ? new byte[0] : number(cause.exitCode().value()));
        }
        out.flush();
    }

    /** The peer gets an exit code, and closes the connection. */
    private boolean understands(TransferException cause) {
        return !SILENT.contains(cause.exitCode())
                && connection.session().version().hasFarewell();
    }

    private String sentence(TransferException cause) {
        if (cause instanceof MemoryException memory) {
            return memory.sentence(role);
        }
        String message = String.valueOf(cause.getMessage());
        boolean complete =
                cause instanceof PlainException || message.startsWith("rsync: ") || message.startsWith("ERROR: ");
        return complete ? message : "rsync: [" + role + "] " + message;
    }

    private String lastLine(ExitCode code) {
        return "rsync error: " + code.phrase() + " (code " + code.value() + ") at sluice(0) [" + role + "]\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) value, 0, 0, 0};
    }
}
