package io.sluice.protocol.options;

/**
 * Time and bandwidth.
 *
 * @param timeout {@code --timeout} in seconds; 0 = none
 * @param bandwidth {@code --bwlimit} in bytes per second; 0 = none
 */
public record LimitOptions(int timeout, long bandwidth) {
    /** No limits. */
    public static final LimitOptions DEFAULT = new LimitOptions(0, 0);
}
