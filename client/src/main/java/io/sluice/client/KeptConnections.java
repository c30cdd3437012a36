package io.sluice.client;

import io.sluice.client.transport.IdleConnections;

/**
 * Connections to daemons of ours that stay open between one push and the next, for seconds: who pushes small things often saves the greeting, the login and
 * all that a new connection costs either end. May be shared by clients, of any threads. Other daemons, and modules that cannot have it, get a connection for
 * each push as ever.
 */
public final class KeptConnections implements AutoCloseable {
    private final IdleConnections idle = new IdleConnections();

    IdleConnections idle() {
        return idle;
    }

    /** Closes those that are idle, and any that would be from now on. */
    @Override
    public void close() {
        idle.close();
    }
}
