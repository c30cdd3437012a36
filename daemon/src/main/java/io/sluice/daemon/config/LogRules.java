package io.sluice.daemon.config;

/**
 * Where and what a module logs.
 *
 * @param target of all lines
 * @param transfers {@code transfer logging}: each transferred file
 * @param format {@code log format} of a transferred file
 */
public record LogRules(LogTarget target, boolean transfers, String format) {}
