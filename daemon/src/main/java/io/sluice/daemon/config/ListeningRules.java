package io.sluice.daemon.config;

/**
 * What counts once, as the daemon starts.
 *
 * @param port 0: not set
 * @param address to listen on; empty: all
 * @param backlog connections that wait to be accepted
 * @param socketOptions for the sockets that listen, whose connections inherit them
 * @param pidFile empty: none
 * @param log of the daemon's own lines
 */
public record ListeningRules(
        int port, String address, int backlog, String socketOptions, String pidFile, LogTarget log) {}
