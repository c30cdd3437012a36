package io.sluice.protocol.transfer;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.Notice.Severity;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.wire.MessageHandler;
import io.sluice.protocol.wire.MessageTag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Acts on the control messages that a peer sends between its data. Called by the thread that reads ahead. */
final class PeerMessages implements MessageHandler {
    /** A peer may ask for a timeout of at most a day. */
    private static final int MAX_TIMEOUT = 86_400;

    private final TransferListener listener;
    private final Outcome outcome;
    private final IntConsumer timeout;
    private final IntConsumer notSent;

    /**
     * @param timeout told the seconds that a server announces
     * @param notSent told the index of a file that the sender cannot send
     */
    PeerMessages(TransferListener listener, Outcome outcome, IntConsumer timeout, IntConsumer notSent) {
        this.listener = listener;
        this.outcome = outcome;
        this.timeout = timeout;
        this.notSent = notSent;
    }

    @Override
    public void message(MessageTag tag, byte[] payload) throws IOException {
        switch (tag) {
            case INFO, CLIENT -> notice(Severity.INFO, payload);
            case WARNING -> notice(Severity.WARNING, payload);
            case ERROR, ERROR_SOCKET, ERROR_UTF8 -> notice(Severity.ERROR, payload);
            case ERROR_XFER -> {
                outcome.failedFile();
                notice(Severity.ERROR_XFER, payload);
            }
            case LOG -> notice(Severity.LOG, payload);
            case IO_ERROR -> outcome.add(number(tag, payload));
            case IO_TIMEOUT -> announceTimeout(number(tag, payload));
            case NO_SEND -> notSent.accept(number(tag, payload));
            case DELETED -> deleted(payload);
            case ERROR_EXIT -> throw exit(tag, payload);
            case NOOP, SUCCESS -> {}
            default -> throw new ProtocolException("message: " + tag + " (expected: one that a peer sends)");
        }
    }

    /** What people read stands among the lines about files where the peer said it. */
    @Override
    public boolean waitsForData(MessageTag tag) {
        return switch (tag) {
            case INFO, CLIENT, WARNING, ERROR, ERROR_SOCKET, ERROR_UTF8, ERROR_XFER, LOG, DELETED -> true;
            default -> false;
        };
    }

    private void notice(Severity severity, byte[] payload) {
        int end = payload.length > 0 && payload[payload.length - 1] == '\n' ? payload.length - 1 : payload.length;
        listener.notice(new Notice(severity, true, Arrays.copyOf(payload, end)));
    }

    private void announceTimeout(int seconds) {
        if (seconds > 0 && seconds <= MAX_TIMEOUT) {
            timeout.accept(seconds);
        }
    }

    /** A directory's name ends in NUL. */
    private void deleted(byte[] payload) {
        boolean directory = payload.length > 0 && payload[payload.length - 1] == 0;
        listener.deleted(directory ? Arrays.copyOf(payload, payload.length - 1) : payload, directory);
    }

    private static TransferException exit(MessageTag tag, byte[] payload) throws ProtocolException {
        int code = payload.length == 0 ? 0 : number(tag, payload);
        for (ExitCode known : ExitCode.values()) {
            if (known.value() == code && known != ExitCode.OK) {
                return new PeerExitException(known);
            }
        }
        return new PeerExitException(payload.length == 0 ? ExitCode.PARTIAL : ExitCode.STREAM_IO);
    }

    private static int number(MessageTag tag, byte[] payload) throws ProtocolException {
        if (payload.length != Integer.BYTES) {
            throw new ProtocolException("message " + tag + " bytes: " + payload.length + " (expected: 4)");
        }
        return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }
}
