package io.sluice.daemon.hook;

/**
 * What the commands of all connections share.
 *
 * @param threads wait for them
 * @param quiet what they write goes nowhere, as the daemon's own output is the connection, or nobody's
 */
public record HookSetting(HookThreads threads, boolean quiet) {
    public HookSetting(boolean quiet) {
        this(new HookThreads(), quiet);
    }
}
