package io.sluice.client.transport;

import io.sluice.protocol.TransferException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/** A stream of bytes to the peer and one from it. {@link #close} may be called by any thread and ends what waits on either. */
public interface Link extends AutoCloseable {
    /** What the peer sends. Unbuffered. */
    InputStream input();

    /** What goes to the peer. Unbuffered: every write is sent. */
    OutputStream output();

    /** Returns what is to be told instead of {@code failure}: what carries this link may know more about why it broke. */
    default TransferException explain(TransferException failure) {
        return failure;
    }

    /** The number of the process that carries this link, if one does. */
    default OptionalLong process() {
        return OptionalLong.empty();
    }

    /** Waits, after a transfer that went to its end, until what carries this link has ended by itself, and returns its exit status if that counts, else 0. */
    default int finish() {
        return 0;
    }

    @Override
    void close() throws IOException;
}
