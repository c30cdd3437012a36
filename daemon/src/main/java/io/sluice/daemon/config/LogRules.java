package io.sluice.daemon.config;

/**
 * Where and what a module logs.
 *
 * @param file {@code log file}; empty: none
 * @param transfers {@code transfer logging}: each transferred file
 * @param format {@code log format} of a transferred file
 */
public record LogRules(String file, boolean transfers, String format) {}
