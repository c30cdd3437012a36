package io.sluice.protocol.event;

import io.sluice.protocol.TransferException;

/**
 * What a transfer tells its caller. Called by the role's own thread (several roles may call at the same time: implementations synchronise); a
 * method that blocks slows the transfer. Byte arrays handed over are the listener's own; an {@link Item} is valid only during the call.
 */
public interface TransferListener {
    /** A listener that ignores everything. */
    TransferListener NONE = new TransferListener() {};

    /** The file list is being built or received; {@code count} entries so far. */
    default void fileListProgress(int count) {}

    /** The first segment (or the whole list) is known; with incremental recursion more may follow. */
    default void fileListReady(int count) {}

    /** The list has {@code count} entries of {@code size} bytes so far; {@code complete}: and no more will come. */
    default void fileListGrew(int count, long size, boolean complete) {}

    /** List-only: {@code item} is in the sender's list. Nothing is done with it. */
    default void listed(Item item) {}

    /** Something was done (or, with dry run, would be) to a file, directory, link or device, as rsync's itemized line tells it. */
    default void item(Item item) {}

    /** The receiving side removed {@code path}. */
    default void deleted(byte[] path, boolean directory) {}

    /** The content of {@code item} starts to flow. */
    default void transferStarted(Item item) {}

    /** The content of the current file has reached {@code offset} of {@code size} bytes. */
    default void transferProgress(long offset, long size) {}

    /**
     * The contents of several files flow at the same time, and have reached {@code offset} of {@code size} bytes together. Each of them is told from
     * its start to its end when it has ended.
     */
    default void jointProgress(long offset, long size) {}

    /** The content of {@code item} has ended; {@code complete} is false if it has to be sent again or failed. */
    default void transferEnded(Item item, boolean complete) {}

    /** A text of rsync's for people: ours or the peer's. */
    default void notice(Notice notice) {}

    /** The transfer cannot go on; the peer, whose end may not come soon, hears of it next. */
    default void brokenOff(TransferException cause) {}

    /** All is done. */
    default void finished(TransferStatistics statistics) {}
}
