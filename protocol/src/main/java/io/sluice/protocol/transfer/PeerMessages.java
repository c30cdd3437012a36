package io.sluice.protocol.transfer;

import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.event.Notice;
import io.sluice.protocol.event.Notice.Severity;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.wire.MessageHandler;
import io.sluice.protocol.wire.MessageTag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;

/** Acts on the control messages that a peer sends between its data. Called by the thread that reads ahead. */
final class PeerMessages implements MessageHandler {
    /** A peer may ask for a timeout of at most a day. */
    private static final int MAX_TIMEOUT = 86_400;

    private static final int LOCAL_RECEIPT = Integer.BYTES + 2 * Long.BYTES;

    private final TransferListener listener;
    private final BiConsumer<MessageTag, byte[]> echo;
    private final NameConversion names;
    private final Outcome outcome;
    private final IntConsumer timeout;
    private final IntConsumer notSent;
    private final Receipt receipt;

    /**
     * Who hears texts.
     *
     * @param echo a server that receives gives them back to its client, which shows what its server says
     * @param names how the texts travelled
     */
    record Hearers(TransferListener listener, BiConsumer<MessageTag, byte[]> echo, NameConversion names) {}

    /** Told what has arrived at the receiver. */
    interface Receipt {
        /**
         * Takes note of an entry.
         *
         * @param device where it is now, if this machine is the receiver too
         * @param inode 0: the receiver is somewhere else
         */
        void arrived(int index, long device, long inode) throws IOException;
    }

    /**
     * @param timeout told the seconds that a server announces
     * @param notSent told the index of a file that the sender cannot send
     * @param receipt told what has arrived
     */
    PeerMessages(Hearers hearers, Outcome outcome, IntConsumer timeout, IntConsumer notSent, Receipt receipt) {
        this.listener = hearers.listener();
        this.echo = hearers.echo();
        this.names = hearers.names();
        this.outcome = outcome;
        this.timeout = timeout;
        this.notSent = notSent;
        this.receipt = receipt;
    }

    @Override
    public void message(MessageTag tag, byte[] payload) throws IOException {
        if (tag.isText()) {
            echo.accept(tag, payload);
        }
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
            case SUCCESS -> arrived(payload);
            case NOOP -> {}
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
        listener.notice(new Notice(severity, true, names.heard(Arrays.copyOf(payload, end))));
    }

    /** An index; if both sides are one program on one machine, device and inode follow. */
    private void arrived(byte[] payload) throws IOException {
        if (payload.length != LOCAL_RECEIPT) {
            receipt.arrived(number(MessageTag.SUCCESS, payload), 0, 0);
            return;
        }
        ByteBuffer numbers = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        receipt.arrived(numbers.getInt(), numbers.getLong(), numbers.getLong());
    }

    private void announceTimeout(int seconds) {
        if (seconds > 0 && seconds <= MAX_TIMEOUT) {
            timeout.accept(seconds);
        }
    }

    /** A directory's name ends in NUL. */
    private void deleted(byte[] payload) {
        boolean directory = payload.length > 0 && payload[payload.length - 1] == 0;
        byte[] path = directory ? Arrays.copyOf(payload, payload.length - 1) : payload;
        listener.deleted(names.heard(path), directory);
    }

    private static TransferException exit(MessageTag tag, byte[] payload) throws ProtocolException {
        int code = payload.length == 0 ? 0 : number(tag, payload);
        ExitCode unknown = payload.length == 0 ? ExitCode.PARTIAL : ExitCode.STREAM_IO;
        return new PeerExitException(
                ExitCode.of(code).filter(known -> known != ExitCode.OK).orElse(unknown));
    }

    private static int number(MessageTag tag, byte[] payload) throws ProtocolException {
        if (payload.length != Integer.BYTES) {
            throw new ProtocolException("message " + tag + " bytes: " + payload.length + " (expected: 4)");
        }
        return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }
}
