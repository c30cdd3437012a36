package io.sluice.daemon.config;

/**
 * What a module hides, each as written; empty: no such parameter.
 *
 * @param filter rules
 * @param include patterns
 * @param includeFrom a file of patterns
 * @param exclude patterns
 * @param excludeFrom a file of patterns
 */
public record FilterRules(String filter, String include, String includeFrom, String exclude, String excludeFrom) {}
