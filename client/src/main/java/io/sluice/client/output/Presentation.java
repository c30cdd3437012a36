package io.sluice.client.output;

import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.event.TransferStatistics;
import java.io.IOException;

/** How a run of the command is shown to who started it: as rsync's lines, or as events. Methods may be called by any thread. */
public interface Presentation extends AutoCloseable {
    /**
     * What is known when the list is about to travel.
     *
     * @param items what an item's line depends on
     * @param sending we are the sending side
     * @param incremental the list comes in segments
     * @param directories directories are part of the list, so that it can be long
     */
    record Start(ItemContext items, boolean sending, boolean incremental, boolean directories) {}

    /** Who is to hear the transfer's events. */
    TransferListener listener();

    void start(Start start);

    /** A line for people that is no event of a transfer. */
    void info(byte[] line);

    /** A complaint of our own. */
    void error(byte[] line);

    /** The line of rsync's that tells the exit code. */
    void failure(byte[] line);

    /**
     * The transfer came to its end.
     *
     * @param seconds whole seconds that the command has run
     */
    void summarize(TransferStatistics figures, long seconds);

    /** Nothing follows, not even this again; what was shown is to be seen. */
    void ended(int exitCode);

    @Override
    void close() throws IOException;
}
