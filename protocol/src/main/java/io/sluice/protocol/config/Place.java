package io.sluice.protocol.config;

/**
 * A line of a configuration.
 *
 * @param line from 1
 */
public record Place(String file, int line) {}
