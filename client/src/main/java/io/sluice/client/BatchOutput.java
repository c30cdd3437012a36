package io.sluice.client;

import io.sluice.protocol.session.Session;
import java.io.IOException;
import java.io.OutputStream;

/** Where a batch is written to. */
@FunctionalInterface
public interface BatchOutput {
    /** Returns the file, behind its flags, once {@code session} was agreed on. It stays the caller's. */
    OutputStream open(Session session) throws IOException;
}
