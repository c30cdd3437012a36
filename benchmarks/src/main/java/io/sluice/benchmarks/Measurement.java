package io.sluice.benchmarks;

/**
 * What one transfer took.
 *
 * @param wallNanos from the start of the client to its end
 * @param clientCpuMillis user and system time of the client and its children
 * @param daemonCpuMillis the same of the daemon, as far as this transfer added to it
 * @param clientPeakBytes the most memory each of the client's processes had resident, added up
 * @param daemonPeakBytes the same of the daemon
 */
record Measurement(
        long wallNanos, long clientCpuMillis, long daemonCpuMillis, long clientPeakBytes, long daemonPeakBytes) {
    long cpuMillis() {
        return clientCpuMillis + daemonCpuMillis;
    }

    long peakBytes() {
        return clientPeakBytes + daemonPeakBytes;
    }
}
