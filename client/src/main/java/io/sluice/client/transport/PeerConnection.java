package io.sluice.client.transport;

import io.sluice.protocol.session.Session;
import io.sluice.protocol.transfer.Connection;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;

/**
 * A link to a peer with the wire's reader and writer on it.
 *
 * @param link closed by {@link #close}, which any thread may call to break off what goes on
 * @param in reads from the link
 * @param out writes to the link
 */
public record PeerConnection(Link link, WireInput in, WireOutput out) implements AutoCloseable {
    /** Puts reader and writer on {@code link}; both give up when nothing has moved for {@code timeoutSeconds} (0: never). */
    static PeerConnection on(Link link, int timeoutSeconds) {
        WireInput in = new WireInput(link.input());
        WireOutput out = new WireOutput(link.output(), in);
        PeerConnection connection = new PeerConnection(link, in, out);
        connection.setTimeout(timeoutSeconds);
        return connection;
    }

    /** Lets reader and writer give up when nothing has moved for so many seconds (0: never). */
    void setTimeout(int seconds) {
        in.setTimeout(seconds);
        out.setTimeout(seconds);
    }

    /** Returns what a side of the engine needs, once the handshake is done. */
    Connection with(Session session) {
        return new Connection(session, in, out);
    }

    @Override
    public void close() throws IOException {
        try {
            link.close();
        } finally {
            in.close();
        }
    }
}
