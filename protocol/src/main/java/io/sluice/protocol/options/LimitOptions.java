package io.sluice.protocol.options;

import io.sluice.protocol.AllocationLimit;

/**
 * Time and bandwidth.
 *
 * @param timeout {@code --timeout} in seconds; 0 = none
 * @param bandwidth {@code --bwlimit} in bytes per second; 0 = none
 * @param stopAt {@code --stop-at} or {@code --stop-after}, in seconds since 1970; 0 = never
 * @param maxAllocation {@code --max-alloc} in bytes; 0 = rsync's default, 1 GiB
 * @param maxAllocationText the same as it was written, which is how a peer is told; empty: nobody wrote it
 */
public record LimitOptions(int timeout, long bandwidth, long stopAt, long maxAllocation, String maxAllocationText) {
    /** No limits. */
    public static final LimitOptions DEFAULT = new LimitOptions(0, 0, 0, 0, "");

    /** Returns how long an array may become. */
    public AllocationLimit allocation() {
        return maxAllocation == 0 ? AllocationLimit.DEFAULT : new AllocationLimit(maxAllocation);
    }
}
