package io.sluice.daemon.config;

/**
 * How much of the daemon one module may take.
 *
 * @param maxConnections 0: no limit; below 0: none at all
 * @param lockFile counts the connections of all modules, and all daemons, that name it
 * @param timeout seconds without movement that end a transfer; 0: the client decides
 * @param maxVerbosity number of {@code -v} that a client's options count as at most
 * @param bandwidth KiB a second that a transfer may take; 0: the client decides
 */
public record LimitRules(int maxConnections, String lockFile, int timeout, int maxVerbosity, int bandwidth) {}
