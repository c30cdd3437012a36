package io.sluice.daemon.hook;

/**
 * What the commands of all connections share.
 *
 * @param threads wait for them
 * @param quiet what they write goes nowhere, as the daemon's own output is the connection, or nobody's
 * @param root where they begin
 */
public record HookSetting(HookThreads threads, boolean quiet, ProgramRoot root) {
    public HookSetting(boolean quiet) {
        this(new HookThreads(), quiet, new ProgramRoot());
    }
}
