package io.sluice.protocol.transfer;

import java.io.IOException;

/**
 * What becomes of the files whose content arrives at a receiver: whether they are taken, and who hears how it went. A sender answers requests; a batch
 * goes its own way.
 */
sealed interface IncomingFiles permits AnsweredFiles, BatchedFiles {
    /** Whether this file's check failed before. */
    boolean isAgain(int index);

    /** Whether the file that arrives is to be taken; if not, its content is skipped. Its notice is given. */
    boolean takes(ItemReader items, int phase) throws IOException;

    /** Whether content arrives even where nothing is to be changed. */
    boolean bringsContentAnyway();

    /** The file was taken with this result, which is not {@link FileReceiver.Result#WRONG}. */
    void settle(ItemReader items, FileReceiver.Result result);

    /** The file's content is not the sender's: it may come once more. */
    void wrong(ItemReader items);

    /** What is promised of a file that comes once more. */
    String promise();

    /** The segment that is received now, or with the last of them the phase, brings no more content. */
    void ended(int segment, int phase) throws IOException;

    /** Everything about the files of this segment was received. */
    void release(int segment);
}
