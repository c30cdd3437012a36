package io.sluice.protocol.tls;

import io.sluice.protocol.tls.TlsException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** Seals what is written, and sends several records at once; every write is sent. */
final class TlsOutput extends OutputStream {
    /** What the largest buffer of the wire needs, and what its rest does. */
    private static final int RECORDS = 5;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final OutputStream sink;
    private final ReentrantLock lock = new ReentrantLock();
    private ByteBuffer records;
    private final ArrayView view = new ArrayView();

    TlsOutput(SSLEngine engine, OutputStream sink) {
        this.engine = engine;
        this.sink = sink;
        records = ByteBuffer.allocate(RECORDS * engine.getSession().getPacketBufferSize());
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        lock.lock();
        try {
            ByteBuffer plain = view.of(from, offset, length);
            while (plain.hasRemaining()) {
                seal(plain);
            }
            send();
        } finally {
            lock.unlock();
        }
    }

    /** Seals one record: of {@code plain}, unless TLS itself has something to say first. */
    private SSLEngineResult seal(ByteBuffer plain) throws IOException {
        int packet = engine.getSession().getPacketBufferSize();
        if (records.remaining() < packet) {
            send();
        }
        if (records.capacity() < packet) {
            records = ByteBuffer.allocate(RECORDS * packet);
        }
        try {
            SSLEngineResult result = engine.wrap(plain, records);
            boolean nothing = result.bytesConsumed() + result.bytesProduced() == 0;
            switch (result.getHandshakeStatus()) {
                case NEED_TASK -> TlsStreams.runTasks(engine);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (nothing && plain.hasRemaining()) {
                        throw new TlsException(Kind.OTHER, "the other end begins another handshake", null);
                    }
                }
                default -> {}
            }
            if (result.getStatus() == SSLEngineResult.Status.CLOSED && plain.hasRemaining()) {
                throw new TlsException(Kind.REFUSED, "the other end has ended the connection", null);
            }
            return result;
        } catch (SSLException e) {
            throw TlsFailure.of(e);
        }
    }

    private void send() throws IOException {
        int length = records.position();
        if (length > 0) {
            records.clear();
            sink.write(records.array(), 0, length);
        }
    }

    /** Sends one record of the handshake. */
    void sealHandshake() throws IOException {
        seal(NOTHING);
        if (engine.getHandshakeStatus() != SSLEngineResult.HandshakeStatus.NEED_WRAP) {
            send();
        }
    }

    /** Sends what TLS itself still has to say, such as why it broke off. */
    void sendRest() throws IOException {
        SSLEngineResult result = seal(NOTHING);
        while (result.bytesProduced() > 0 && result.getStatus() == SSLEngineResult.Status.OK) {
            result = seal(NOTHING);
        }
        send();
    }

    /** Says that no more comes, unless somebody is in the middle of writing: then it is not true. */
    void end() throws IOException {
        if (!lock.tryLock()) {
            return;
        }
        try {
            engine.closeOutbound();
            sendRest();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
