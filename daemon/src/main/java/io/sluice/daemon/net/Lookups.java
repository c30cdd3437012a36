package io.sluice.daemon.net;

/** Threads for what is asked of others. Each source has its own: one that does not answer keeps nobody from another. Thread-safe. */
final class Lookups implements AutoCloseable {
    /** They only wait. */
    private static final int THREADS = 64;

    private static final int SHARE = 8;

    private final FairThreads resolver = new FairThreads("lookup", THREADS, SHARE);
    private final FairThreads accounts = new FairThreads("account", THREADS, SHARE);

    /**
     * Runs {@code work}, which is {@code lookUp}, when it is its peer's turn.
     *
     * @throws java.util.concurrent.RejectedExecutionException if there are too many, or the daemon is ending
     */
    void execute(Reply.LookUp lookUp, Runnable work) {
        switch (lookUp.source()) {
            case RESOLVER -> resolver.execute(lookUp.peer(), work);
            case ACCOUNTS -> accounts.execute(lookUp.peer(), work);
        }
    }

    @Override
    public void close() {
        resolver.close();
        accounts.close();
    }
}
