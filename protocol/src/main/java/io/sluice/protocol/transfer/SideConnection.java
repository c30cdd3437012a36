package io.sluice.protocol.transfer;

import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.options.SelectionOptions.FilesFrom;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.NameConversion;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.FramedData;
import io.sluice.protocol.wire.MessageTag;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Brings a negotiated connection into the state in which a transfer needs it: framed both ways, read ahead, with its limits. */
final class SideConnection {
    /** What is read ahead: enough for the sender's list and data while this end is busy. */
    private static final int READ_AHEAD = 1 << 20;

    private final Connection connection;
    private final TransferOptions options;
    private final TransferListener listener;
    private final AtomicInteger timeout;

    SideConnection(Connection connection, TransferOptions options, TransferListener listener) {
        this.connection = connection;
        this.options = options;
        this.listener = listener;
        this.timeout = new AtomicInteger(options.limits().timeout());
    }

    Notices.Voice voice(Outcome outcome) {
        return new Notices.Voice(
                listener,
                connection.out(),
                outcome,
                connection.session().server(),
                options.reporting().quiet(),
                connection.session().version().hasAllTexts(),
                connection.session().names());
    }

    PeerMessages messages(Outcome outcome, IntConsumer notSent, PeerMessages.Receipt receipt) {
        WireOutput out = connection.out();
        boolean echoes = connection.session().server() && connection.session().side() == Side.RECEIVER;
        return new PeerMessages(
                new PeerMessages.Hearers(
                        listener,
                        echoes ? out::post : (tag, text) -> {},
                        connection.session().server()
                                ? NameConversion.NONE
                                : connection.session().names()),
                outcome,
                this::shortenTimeout,
                notSent,
                receipt);
    }

    /**
     * Turns on framing: always for what a server sends, and for what a client sends from protocol 30 on or if its messages are needed. A server says
     * first how long it waits, as its client may not know.
     */
    void open(PeerMessages messages) throws IOException {
        Session session = connection.session();
        applyTimeout(timeout.get());
        if (connection.readsBatch()) {
            connection.in().readAhead("batch-input", READ_AHEAD);
            return;
        }
        connection.out().limitRate(options.limits().bandwidth());
        if (isFramed(session.server())) {
            connection.out().beginFrames();
        }
        if (session.server() && timeout.get() > 0 && session.version().hasFarewell()) {
            int seconds = timeout.get();
            byte[] number = {(byte) seconds, (byte) (seconds >> 8), (byte) (seconds >> 16), (byte) (seconds >> 24)};
            connection.out().message(MessageTag.IO_TIMEOUT, number);
        }
        if (!namesComePlain()) {
            openInput(messages);
        }
    }

    /** Where filter rules come from: the input, whose frames are not turned on yet if names without frames follow. */
    WireInput rules() {
        return namesComePlain() ? new WireInput(new FramedData(connection.in())) : connection.in();
    }

    /** All names have come: what follows are frames, if they were not turned on before. */
    void namesEnd(PeerMessages messages) throws IOException {
        if (namesComePlain()) {
            openInput(messages);
        }
    }

    private void openInput(PeerMessages messages) throws IOException {
        if (connection.in().isFramed()) { // since an earlier transfer
            connection.in().goOn(messages);
            return;
        }
        if (isFramed(!connection.session().server())) {
            connection.in().multiplex(messages);
        }
        connection.in().readAhead("rsync-input", READ_AHEAD);
    }

    /** Before protocol 31 a receiver whose other bytes have frames sends names without. */
    private boolean namesComePlain() {
        Session session = connection.session();
        return session.side() == Side.SENDER
                && options.selection().filesFrom() == FilesFrom.PEER
                && isFramed(!session.server())
                && !session.version().framesNames();
    }

    /** As above, of names that this end sends. */
    static boolean sendsNamesPlain(Session session, TransferOptions options) {
        return isFramed(session, options, session.server())
                && !session.version().framesNames();
    }

    private boolean isFramed(boolean server) {
        return isFramed(connection.session(), options, server);
    }

    /** All that a server sends has frames; what a client sends has from protocol 30 on, or if it tells which files arrived because those are to be removed. */
    private static boolean isFramed(Session session, TransferOptions options, boolean server) {
        boolean clientReceives = session.server() == (session.side() == Side.SENDER);
        return server
                || session.version().framesClient()
                || (clientReceives && options.deletion().sourceFiles());
    }

    /** Client: begins a batch file, or goes on with it; the filter rules do not stand in it. */
    void beginBatch() throws IOException {
        if (connection.batch() instanceof Batch.Written written) {
            connection.session().writeHeader(written.file());
            if (connection.session().side() == Side.SENDER) {
                connection.out().recordTo(written.file());
            } else {
                connection.in().recordTo(written.file());
            }
        }
    }

    /** A server may only ask for less patience than this end has. */
    private void shortenTimeout(int seconds) {
        int before = timeout.getAndUpdate(own -> own == 0 || own > seconds ? seconds : own);
        if (before == 0 || before > seconds) {
            applyTimeout(seconds);
        }
    }

    private void applyTimeout(int seconds) {
        connection.in().setTimeout(seconds);
        connection.out().setTimeout(seconds);
    }
}
