package io.sluice.protocol.delta;

import io.sluice.linux.OpenFile;
import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.session.Session;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The sender's search: finds the basis's blocks in a file at any offset, sends tokens, and feeds the file's checksum.
 * Reused for all files of a session.
 */
public final class Matcher {
    private final StrongChecksum blockSum;
    private final FileWindow window;
    private final BlockIndex index;

    private SearchWitness witness = SearchWitness.NONE;
    private long literalBytes;
    private long matchedBytes;
    private long matches;
    private long falseAlarms;
    private long strongSums;
    private long hashHits;

    /** Makes a matcher for blocks with the session's sums, whose tables stay within {@code limit}. */
    public Matcher(Session session, AllocationLimit limit) {
        window = new FileWindow(limit);
        index = new BlockIndex(limit);
        blockSum = Checksums.block(session);
    }

    /** From now on {@code other} hears how searches go. */
    public void reportTo(SearchWitness other) {
        witness = other;
    }

    /**
     * Sends one file as tokens (with the end token) and leaves its sum in {@code fileSum}, not ended.
     *
     * @param length bytes to send as the file's status said; if the file turns out shorter the rest is zeros, as rsync
     *     does, and false is returned so that the caller spoils the sum and the receiver asks again
     * @param sums the basis; count 0 sends everything as literals
     * @param inplace the receiver overwrites its basis: no block may be referred to that was already overwritten
     * @param progress told the offset reached, now and then
     * @return whether the file could be read completely
     */
    public boolean send(
            OpenFile file,
            long length,
            BlockSums sums,
            boolean inplace,
            TokenWriter out,
            StrongChecksum fileSum,
            LongConsumer progress)
            throws IOException {
        Outgoing outgoing = new Outgoing(window, file, length, new Outgoing.Destination(out, fileSum, progress));
        BlockSearch search = new BlockSearch(outgoing, sums, new BlockSearch.Tools(index, blockSum, witness));
        if (length > 0 && sums.head().count() > 0) {
            search.run(inplace);
            witness.searched();
        }
        outgoing.end();
        literalBytes += outgoing.literalBytes();
        matchedBytes += outgoing.matchedBytes();
        falseAlarms += search.falseAlarms();
        strongSums += search.strongSums();
        matches += search.matches();
        hashHits += search.hashHits();
        witness.ended(search.falseAlarms(), search.hashHits(), search.matches());
        return window.isWhole();
    }

    /** Counts a file of {@code length} bytes that was sent as literals in another way. */
    public void sentAsWhole(long length) {
        literalBytes += length;
        witness.ended(0, 0, 0);
    }

    /**
     * As {@link #send}, of a file whose beginning the receiver has ({@code --append}): only what follows is sent.
     *
     * @param present how many bytes the receiver has
     * @param verify {@code fileSum} is of all bytes, not only of those that are sent
     */
    public boolean sendRest(
            OpenFile file,
            long length,
            long present,
            boolean verify,
            TokenWriter out,
            StrongChecksum fileSum,
            LongConsumer progress)
            throws IOException {
        Outgoing outgoing = new Outgoing(window, file, length, new Outgoing.Destination(out, fileSum, progress));
        outgoing.leaveOut(Math.min(present, length), verify);
        outgoing.end();
        literalBytes += outgoing.literalBytes();
        witness.ended(0, 0, 0);
        return window.isWhole();
    }

    /**
     * Returns why the last file could not be read completely, if the reason was an error and not that it is shorter
     * now.
     */
    public Optional<IOException> readFailure() {
        return window.failure();
    }

    /** Bytes sent as literals so far ({@code --stats}, "Literal data"). */
    public long literalBytes() {
        return literalBytes;
    }

    /** Bytes not sent because a block matched ({@code --stats}, "Matched data"). */
    public long matchedBytes() {
        return matchedBytes;
    }

    /** Hash hits whose weak sum was equal and whose strong sum was not ({@code --stats -vv}). */
    public long falseAlarms() {
        return falseAlarms;
    }

    /** How many blocks were found ({@code -vv}). */
    public long matches() {
        return matches;
    }

    /** At how many offsets a block's place in the table was hit ({@code -vv}). */
    public long hashHits() {
        return hashHits;
    }

    /**
     * Returns how many strong sums were computed and table slots looked at so far: what the search cost beside the
     * bytes it passed.
     */
    long comparisons() {
        return strongSums + index.probes();
    }
}
