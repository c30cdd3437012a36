package io.sluice.protocol.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import javax.net.ssl.SSLEngine;

/** TLS on a pair of plain streams. One thread may read while another writes; closing either stream closes the plain one, without a word. */
public final class TlsStreams {
    private final SSLEngine engine;
    private final TlsInput input;
    private final TlsOutput output;

    /** Before the handshake. */
    public TlsStreams(SSLEngine engine, InputStream source, OutputStream sink) {
        this(engine, source, sink, new byte[0]);
    }

    /**
     * At any time.
     *
     * @param arrived what was read from {@code source} already and not given to {@code engine}
     */
    public TlsStreams(SSLEngine engine, InputStream source, OutputStream sink, byte[] arrived) {
        this.engine = engine;
        input = new TlsInput(engine, source, arrived);
        output = new TlsOutput(engine, sink);
    }

    /**
     * Agrees with the other end on keys and checks who it is; on the calling thread.
     *
     * @throws TlsException if that fails; the other end has been told why
     */
    public void handshake() throws IOException {
        try {
            engine.beginHandshake();
            while (true) {
                switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> runTasks(engine);
                    case NEED_WRAP -> output.sealHandshake();
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> input.openHandshake();
                    case FINISHED, NOT_HANDSHAKING -> {
                        return;
                    }
                }
            }
        } catch (TlsException e) {
            tellWhy(e);
            throw e;
        }
    }

    private void tellWhy(TlsException failure) {
        if (failure.kind() == TlsException.Kind.NOT_TLS || failure.kind() == TlsException.Kind.CUT) {
            return;
        }
        try {
            output.sendRest();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** What the other end sends. Unbuffered. */
    public InputStream input() {
        return input;
    }

    /** What goes to the other end. Unbuffered: every write is sent. */
    public OutputStream output() {
        return output;
    }

    /** Says that no more comes ({@code close_notify}), as far as the plain stream takes it within {@code patience}. */
    public void end(Duration patience) {
        Thread last = Thread.ofPlatform().daemon().name("tls-end").start(() -> {
            try {
                output.end();
            } catch (IOException e) {
                // The other end is gone, and needs no word.
            }
        });
        try {
            var _ = last.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
