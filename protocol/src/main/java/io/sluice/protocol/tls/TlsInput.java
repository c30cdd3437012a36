package io.sluice.protocol.tls;

import io.sluice.protocol.tls.TlsException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * Opens the records that arrive. A read takes all records that are here and fit, straight into the caller's array; it waits only if there is none. The
 * stream ends where the peer says so ({@code close_notify}); where it just stops, that is an error: somebody may have cut it.
 */
final class TlsInput extends InputStream {
    private static final int RECORDS = 8;
    private static final byte ALERT = 21;
    private static final byte HANDSHAKE = 22;
    private static final int SHOWN = 60;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final InputStream source;
    private final byte[] octet = new byte[1];
    private byte[] bytes;
    private ByteBuffer sealed; // on bytes, between the first that is not opened and the last that arrived
    private ByteBuffer opened = NOTHING; // what had no room in the caller's array
    private final ArrayView view = new ArrayView();
    private boolean begun;
    private boolean ended;

    /** @param arrived what was read from {@code source} already */
    TlsInput(SSLEngine engine, InputStream source, byte[] arrived) {
        this.engine = engine;
        this.source = source;
        bytes = new byte[Math.max(RECORDS * engine.getSession().getPacketBufferSize(), arrived.length)];
        System.arraycopy(arrived, 0, bytes, 0, arrived.length);
        sealed = ByteBuffer.wrap(bytes, 0, arrived.length);
    }

    @Override
    public int read() throws IOException {
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int done = 0;
        while (done < length && !ended) {
            if (opened.hasRemaining()) {
                int part = Math.min(length - done, opened.remaining());
                opened.get(into, offset + done, part);
                done += part;
                continue;
            }
            ByteBuffer room = view.of(into, offset + done, length - done);
            Status status = open(room);
            done = room.position() - offset;
            if (status == Status.BUFFER_OVERFLOW) { // which it says of a record that is not whole yet, too
                status = openAside();
            }
            ended = status == Status.CLOSED;
            if (status == Status.BUFFER_UNDERFLOW && done == 0) {
                fill();
            } else if (status == Status.BUFFER_UNDERFLOW) {
                return done;
            }
        }
        return done == 0 ? -1 : done;
    }

    /** Opens a record into a buffer of our own, which takes the largest. */
    private Status openAside() throws IOException {
        int most = engine.getSession().getApplicationBufferSize();
        opened = opened.capacity() < most ? ByteBuffer.allocate(most) : opened.clear();
        Status status = open(opened);
        opened.flip();
        return status;
    }

    /** Opens one record, if one is here. What it asks to be sent in return goes out with our next record, as RFC 8446 has it (4.6.3). */
    private Status open(ByteBuffer into) throws IOException {
        try {
            SSLEngineResult result = engine.unwrap(sealed, into);
            if (result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK) {
                TlsStreams.runTasks(engine);
            }
            return result.getStatus();
        } catch (SSLException e) {
            throw TlsFailure.of(e);
        }
    }

    /** Opens one record of the handshake, and waits for it if need be. */
    void openHandshake() throws IOException {
        int most = engine.getSession().getApplicationBufferSize();
        opened = opened.capacity() < most ? ByteBuffer.allocate(most) : opened.clear();
        Status status = open(opened);
        opened.flip();
        switch (status) {
            case OK, BUFFER_OVERFLOW -> {}
            case BUFFER_UNDERFLOW -> {
                fill();
                requireTls();
            }
            case CLOSED -> throw new TlsException(Kind.REFUSED, "the other end ended the handshake", null);
        }
    }

    /** The first byte of all tells whether this is TLS; what is no TLS is shown, as it may well be text. */
    private void requireTls() throws TlsException {
        if (begun) {
            return;
        }
        begun = true;
        byte first = sealed.get(sealed.position());
        if (first == HANDSHAKE || first == ALERT) {
            return;
        }
        byte[] shown = Arrays.copyOfRange(bytes, sealed.position(), Math.min(sealed.limit(), SHOWN));
        String text = new String(shown, StandardCharsets.US_ASCII).split("[^ -~]", 2)[0];
        throw new TlsException(
                Kind.NOT_TLS,
                "the other end does not speak TLS" + (text.isEmpty() ? "" : ": it says \"" + text + "\""),
                null);
    }

    /** Waits for more bytes, behind those of a record that is not whole. */
    private void fill() throws IOException {
        int packet = engine.getSession().getPacketBufferSize();
        if (bytes.length - sealed.limit() < packet) {
            compact(packet);
        }
        int count = source.read(bytes, sealed.limit(), bytes.length - sealed.limit());
        if (count < 0) {
            String where = begun ? "" : " in the handshake";
            throw new TlsException(
                    Kind.CUT,
                    "the connection was cut" + where + ": it ended without a word of TLS (close_notify)",
                    null);
        }
        sealed.limit(sealed.limit() + count);
    }

    private void compact(int packet) {
        int rest = sealed.remaining();
        byte[] to = bytes.length - rest < packet ? new byte[rest + RECORDS * packet] : bytes;
        System.arraycopy(bytes, sealed.position(), to, 0, rest);
        bytes = to;
        sealed = to.length == sealed.capacity() ? sealed.position(0).limit(rest) : ByteBuffer.wrap(to, 0, rest);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
