package io.sluice.protocol.delta;

import io.sluice.protocol.checksum.RollingChecksum;
import io.sluice.protocol.checksum.StrongChecksum;
import java.io.IOException;
import java.util.Arrays;

/**
 * The search for one basis's blocks in one file.
 *
 * <p>A window of a block's length moves over the file byte by byte with its weak sum. Where a usable block has that sum
 * and the strong one, what stands before goes out as literal data, the block as a reference, and the window moves on
 * behind it. Among equal blocks the one after the last match is preferred, because runs of consecutive blocks are short
 * on the wire. The last block, if it is shorter, can only stand at the file's end.
 */
final class BlockSearch {
    /** Longer blocks are possible before protocol 30, but those of a basis of 256 TiB are no longer. */
    private static final int LONGEST_SEARCHED = 1 << 24;

    private static final int LONGEST_DIGEST = 32;

    private final Outgoing outgoing;
    private final BlockSums sums;
    private final BlockIndex index;
    private final StrongChecksum blockSum;
    private final SearchWitness witness;

    private final FileWindow window;
    private final int blockLength;
    private final int blocks;
    private final long last; // the last offset at which a block of full length fits
    private final byte[] digest = new byte[LONGEST_DIGEST];

    private long offset;
    private int plain; // the two halves of the window's weak sum, each with bits above its sixteen that do not count
    private int weighted;
    private int wanted; // the block after the last match
    private long falseAlarms;
    private long strongSums;
    private long matches;
    private long hashHits;

    /** What is used for all files of a session. */
    record Tools(BlockIndex index, StrongChecksum blockSum, SearchWitness witness) {}

    BlockSearch(Outgoing outgoing, BlockSums sums, Tools tools) {
        this.outgoing = outgoing;
        this.sums = sums;
        this.index = tools.index();
        this.blockSum = tools.blockSum();
        this.witness = tools.witness();
        window = outgoing.window();
        blockLength = sums.head().blockLength();
        blocks = sums.fullBlocks();
        last = outgoing.length() - blockLength;
    }

    /** Returns how often a weak sum was equal and no strong sum was. */
    long falseAlarms() {
        return falseAlarms;
    }

    /** Returns at how many offsets there could have been a block, as far as its place in the table tells. */
    long hashHits() {
        return hashHits;
    }

    /** Returns how many blocks were found. */
    long matches() {
        return matches;
    }

    /** Returns how many strong sums were computed. */
    long strongSums() {
        return strongSums;
    }

    /** Finds and sends blocks; what is left behind the last one is still to be sent. */
    void run(boolean inplace) throws IOException {
        if (blockLength > LONGEST_SEARCHED) {
            return; // nobody has so large a basis; what does not match is sent
        }
        window.prepareFor(blockLength);
        begin();
        if (blocks > 0 && last >= 0) {
            index.load(sums, inplace);
            searchFullBlocks(inplace);
        }
        if (blocks < sums.head().count()) {
            searchShortBlock(inplace);
        }
    }

    private void begin() {
        if (!witness.hears()) {
            return;
        }
        int first = (int) Math.min(blockLength, outgoing.length());
        outgoing.require(first);
        int sum = RollingChecksum.of(window.bytes(), window.index(0), first);
        witness.began(sums.head(), outgoing.length(), sum);
    }

    private void searchFullBlocks(boolean inplace) throws IOException {
        beginWindow();
        while (offset <= last) {
            outgoing.require(Math.min(offset + blockLength + 1, outgoing.length()));
            boolean candidate = scan();
            if (offset - outgoing.sent() >= Outgoing.CHUNK) {
                outgoing.sendLiteral(offset);
            }
            if (!candidate && offset < last) {
                continue;
            }
            int block = match(inplace);
            if (block != BlockIndex.NONE) {
                witness.candidate(offset, block, sum(plain, weighted));
                witness.matched(offset, outgoing.sent(), block, blockLength);
                outgoing.sendMatch(block, offset, blockLength);
                matches++;
                wanted = block + 1;
                offset += blockLength;
                beginWindow();
            } else if (offset < last) {
                roll();
            } else {
                break;
            }
        }
    }

    private void beginWindow() {
        if (offset <= last) {
            outgoing.require(offset + blockLength);
            int sum = RollingChecksum.of(window.bytes(), window.index(offset), blockLength);
            plain = sum;
            weighted = sum >>> 16;
        }
    }

    /**
     * Moves on to the next offset where a block's weak sum stands, or as far as the window allows; returns whether
     * there is one.
     */
    private boolean scan() {
        int begin = window.index(offset);
        int stop = Math.min(window.limit() - blockLength, window.index(outgoing.sent()) + Outgoing.CHUNK);
        long base = offset - begin;
        int at = scanBitmap(begin, stop);
        hashHits += at < stop ? 1 : 0;
        while (at < stop && !index.holdsWeak(sum(plain, weighted), base + at)) {
            rollFrom(at);
            at = scanBitmap(at + 1, stop);
            hashHits += at < stop ? 1 : 0;
        }
        offset = base + at;
        return at < stop;
    }

    /**
     * The loop that sees every byte: moves on to the next place where the bitmap has the weak sum, or to {@code stop}.
     */
    private int scanBitmap(int begin, int stop) {
        byte[] bytes = window.bytes();
        long[] bitmap = index.bitmap();
        int shift = index.bitmapShift();
        int mask = index.bitmapMask();
        int length = blockLength;
        int low = plain;
        int high = weighted;
        int at = begin;
        for (; at < stop; at++) {
            int bit = BlockIndex.bit(low & 0xFFFF, high, shift) & mask;
            if ((bitmap[bit >>> 6] & (1L << bit)) != 0) {
                break;
            }
            int leaving = bytes[at];
            low += bytes[at + length] - leaving;
            high += low - length * leaving;
        }
        plain = low;
        weighted = high;
        return at;
    }

    private static int sum(int low, int high) {
        return (low & 0xFFFF) | (high << 16);
    }

    private void roll() {
        rollFrom(window.index(offset));
        offset++;
    }

    private void rollFrom(int at) {
        byte[] bytes = window.bytes();
        int leaving = bytes[at];
        plain += bytes[at + blockLength] - leaving;
        weighted += plain - blockLength * leaving;
    }

    /** Returns the block to refer to at the offset, which may move on for it, or {@link BlockIndex#NONE}. */
    private int match(boolean inplace) {
        int sum = sum(plain, weighted);
        if (!index.holdsWeak(sum, offset)) {
            return BlockIndex.NONE;
        }
        blockSum.sum(window.bytes(), window.index(offset), blockLength, digest);
        strongSums++;
        if (inplace && matchesInPlace(sum)) {
            return (int) (offset / blockLength);
        }
        if (wanted < blocks && sums.isSum(wanted, sum, digest) && index.isUsable(wanted, offset)) {
            return wanted;
        }
        int block = index.find(sum, digest, offset);
        if (block == BlockIndex.NONE) {
            falseAlarms++;
        }
        return block;
    }

    /**
     * Returns whether the block that stands in the basis at this offset is the one, so that the receiver need not write
     * anything. Zeros may be sent as literals up to the next block's offset for that: the receiver skips all zeros
     * behind them.
     */
    private boolean matchesInPlace(int sum) {
        long ordinal = (offset + blockLength - 1) / blockLength;
        if (ordinal >= blocks || !sums.isSum((int) ordinal, sum, digest)) {
            return false;
        }
        long aligned = ordinal * blockLength;
        if (aligned != offset && !(sum == 0 && aligned <= last && isRepeated(aligned))) {
            return false;
        }
        offset = aligned;
        index.pin((int) ordinal);
        return true;
    }

    /** Returns whether what stands at the offset stands at {@code other} too. */
    private boolean isRepeated(long other) {
        outgoing.require(other + blockLength);
        byte[] bytes = window.bytes();
        int here = window.index(offset);
        int there = window.index(other);
        return Arrays.equals(bytes, here, here + blockLength, bytes, there, there + blockLength);
    }

    private void searchShortBlock(boolean inplace) throws IOException {
        int length = sums.head().lengthOf(blocks);
        long at = outgoing.length() - length;
        if (at < outgoing.sent() || (inplace && sums.head().offsetOf(blocks) < at)) {
            return;
        }
        if (at - outgoing.sent() > Outgoing.CHUNK) {
            outgoing.sendLiteral(at);
        }
        outgoing.require(outgoing.length());
        int from = window.index(at);
        int sum = RollingChecksum.of(window.bytes(), from, length);
        if (sum != sums.weak(blocks)) {
            return;
        }
        blockSum.sum(window.bytes(), from, length, digest);
        strongSums++;
        witness.candidate(at, blocks, sum);
        if (sums.isSum(blocks, sum, digest)) {
            witness.matched(at, outgoing.sent(), blocks, length);
            outgoing.sendMatch(blocks, at, length);
            matches++;
        } else {
            falseAlarms++;
        }
    }
}
