package io.sluice.protocol.transfer;

import java.io.OutputStream;

/**
 * What a client's transfer has to do with a batch file: the sender's half of a transfer, unframed, which another receiver can be brought up to date with.
 *
 * <pre>
 *  flags(int)  version(int)  [compatibility flags(varint)]  seed(int)  list, items and content …  statistics  [last end mark]
 * </pre>
 */
public sealed interface Batch {
    /** There is none. */
    Batch NONE = new None();

    /** There is none. */
    record None() implements Batch {}

    /**
     * What the sender sends is written to a file as well.
     *
     * @param file stands behind the flags; buffered or not, the caller closes it
     * @param only the content goes to the file instead of the receiver, which changes nothing
     */
    record Written(OutputStream file, boolean only) implements Batch {}

    /** What the connection brings comes from a file; nobody hears what we ask for. */
    record Read() implements Batch {}
}
