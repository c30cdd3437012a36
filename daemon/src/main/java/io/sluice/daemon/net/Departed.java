package io.sluice.daemon.net;

import io.sluice.linux.PromptInput;
import io.sluice.protocol.tls.TlsStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * A connection as it leaves the event loop, to be served by blocking I/O.
 *
 * @param socket neither registered with a selector nor blocking yet
 * @param rest what was read already, for the transfer
 * @param tls if the connection is by TLS
 */
record Departed(SocketChannel socket, byte[] rest, Optional<Tls> tls) {
    /**
     * TLS in the middle of its work.
     *
     * @param engine has opened what is the transfer's
     * @param sealed what was read and not given to it
     */
    record Tls(SSLEngine engine, byte[] sealed) {}

    /** What blocking I/O works on. */
    record Streams(InputStream input, OutputStream output, Optional<TlsStreams> tls) {}

    /** Makes the socket blocking and puts streams on it. */
    Streams open() throws IOException {
        socket.configureBlocking(true);
        InputStream input = new PromptInput(socket);
        OutputStream output = socket.socket().getOutputStream();
        Optional<TlsStreams> secure = tls.map(begun -> new TlsStreams(begun.engine, input, output, begun.sealed));
        InputStream all = new SequenceInputStream(
                new ByteArrayInputStream(rest), secure.map(TlsStreams::input).orElse(input));
        return new Streams(all, secure.map(TlsStreams::output).orElse(output), secure);
    }
}
