package io.sluice.protocol.delta;

import io.sluice.protocol.AllocationLimit;
import java.util.Arrays;

/**
 * Finds the blocks of full length that have given sums. Used again for basis after basis.
 *
 * <p>Three steps, each only for what passed the one before: a bitmap of weak sums, which most positions of a file do
 * not pass; an open-addressing table of weak sums; and one of blocks by both sums. Blocks whose sums are all equal form
 * a chain behind one slot, in ascending order, and the first usable one is as good as any: so no chain is walked twice,
 * however many blocks are equal. A block that would need more than {@link #MAX_PROBES} probes is left out, which costs
 * only that it is sent again.
 *
 * <p>When the receiver overwrites its basis, a block is usable at an offset if it lies there or behind; or for ever
 * once it is pinned, because it was found to stay as it is.
 */
final class BlockIndex {
    /** No block. */
    static final int NONE = -1;

    private static final int MAX_PROBES = 256;
    private static final int SPREAD = 0x9E3779B1; // odd, and every bit of a factor reaches the product's top bits
    private static final int BITS_A_BLOCK = 64;
    private static final long BLOCK_BITS = 0xFFFF_FFFFL;
    private static final int MIN_BITMAP_BITS = 1 << 12;
    private static final int MAX_BITMAP_BITS = 1 << 23;
    private static final int MIN_SLOTS = 16;

    private final AllocationLimit limit;
    private BlockSums sums = BlockSums.NONE;
    private boolean inplace;

    private long[] bitmap = {};
    private int bitmapShift;
    private int bitmapMask;

    // A slot holds a block's number plus 1, or 0 if it is free. In the table of weak sums that is the last block with
    // the sum, negated once one of those with the sum is pinned, below the sum itself; in the other the first block of
    // a chain that may still be usable.
    private long[] weakSlots = {};
    private int[] slots = {};
    private int slotShift;
    private int slotMask;
    private int[] next = {};
    private long[] pinned = {};

    private long probes;

    BlockIndex(AllocationLimit limit) {
        this.limit = limit;
    }

    /** Takes on the blocks of another basis; {@code inplace}: blocks that were overwritten are not to be found. */
    void load(BlockSums blockSums, boolean inplace) {
        this.sums = blockSums;
        this.inplace = inplace;
        int blocks = sums.fullBlocks();
        int bits = (int) powerOfTwo(Math.clamp((long) blocks * BITS_A_BLOCK, MIN_BITMAP_BITS, MAX_BITMAP_BITS));
        bitmap = cleared(bitmap, bits / Long.SIZE);
        bitmapShift = Math.max(0, Integer.numberOfTrailingZeros(bits) - Short.SIZE);
        bitmapMask = bits - 1;
        int capacity =
                limit.require(powerOfTwo(Math.max(MIN_SLOTS, blocks + blocks / 2L)), Long.BYTES, "index of blocks");
        slotShift = Integer.numberOfLeadingZeros(capacity - 1);
        slotMask = capacity - 1;
        weakSlots = cleared(weakSlots, capacity);
        slots = cleared(slots, capacity);
        next = cleared(next, blocks);
        pinned = inplace ? new long[blocks / Long.SIZE + 1] : pinned;
        for (int block = blocks - 1; block >= 0; block--) {
            add(block);
        }
    }

    private static long powerOfTwo(long least) {
        return (Long.highestOneBit(least - 1) << 1);
    }

    /** Returns an array of at least {@code length} zeros, the given one if it is not far too long. */
    private static int[] cleared(int[] array, int length) {
        if (array.length < length || array.length / 8 > length) {
            return new int[length];
        }
        Arrays.fill(array, 0, length, 0);
        return array;
    }

    private static long[] cleared(long[] array, int length) {
        if (array.length < length || array.length / 8 > length) {
            return new long[length];
        }
        Arrays.fill(array, 0, length, 0);
        return array;
    }

    private void add(int block) {
        int weakSum = sums.weak(block);
        int weakSlot = weakSlotOf(weakSum);
        int slot = slotOf(block);
        if (weakSlot == NONE || slot == NONE) {
            return;
        }
        if (weakSlots[weakSlot] == 0) {
            weakSlots[weakSlot] = weakSlot(weakSum, block + 1);
        }
        next[block] = slots[slot] - 1;
        slots[slot] = block + 1;
        int bit = bit(weakSum & 0xFFFF, weakSum >>> 16, bitmapShift) & bitmapMask;
        bitmap[bit >>> 6] |= 1L << bit;
    }

    private static long weakSlot(int weakSum, int held) {
        return (long) weakSum << Integer.SIZE | (held & BLOCK_BITS);
    }

    /**
     * The bits of all weak sums: {@link #bit} and {@link #bitmapMask} tell a sum's. For loops that look at every byte
     * of a file.
     */
    long[] bitmap() {
        return bitmap;
    }

    /** How far {@link #bit} is to shift. */
    int bitmapShift() {
        return bitmapShift;
    }

    /** What of {@link #bit} counts. */
    int bitmapMask() {
        return bitmapMask;
    }

    /**
     * Returns a number whose masked part says which bit stands for the weak sum with these halves, of which the low one
     * has sixteen bits.
     */
    static int bit(int low, int high, int bitmapShift) {
        return (high << bitmapShift) ^ low;
    }

    /**
     * Returns whether a block that is usable at {@code offset} may have this weak sum: then, and only then, a strong
     * sum is worth its time.
     */
    boolean holdsWeak(int weakSum, long offset) {
        int slot = weakSlotOf(weakSum);
        if (slot == NONE || weakSlots[slot] == 0) {
            return false;
        }
        int last = (int) weakSlots[slot];
        return !inplace || last < 0 || sums.head().offsetOf(last - 1) >= offset;
    }

    /**
     * Returns the first block with both sums that is usable at {@code offset}, or {@link #NONE}. Offsets must not fall
     * from call to call.
     */
    int find(int weakSum, byte[] digest, long offset) {
        int slot = (sums.hash(weakSum, digest) * SPREAD) >>> slotShift;
        for (int tries = 0; tries < MAX_PROBES && slots[slot] != 0; tries++) {
            probes++;
            int block = slots[slot] - 1;
            if (sums.isSum(block, weakSum, digest)) {
                return firstUsable(slot, block, offset);
            }
            slot = (slot + 1) & slotMask;
        }
        return NONE;
    }

    private int firstUsable(int slot, int first, long offset) {
        int block = first;
        while (!isUsable(block, offset)) {
            slots[slot] = block + 1;
            probes++;
            block = next[block];
            if (block == NONE) {
                return NONE;
            }
        }
        slots[slot] = block + 1;
        return block;
    }

    /** Returns whether the receiver will still have {@code block} when it has come to {@code offset}. */
    boolean isUsable(int block, long offset) {
        return !inplace || sums.head().offsetOf(block) >= offset || isPinned(block);
    }

    private boolean isPinned(int block) {
        return (pinned[block >>> 6] & 1L << block) != 0;
    }

    /** Notes that {@code block} stays where it is in a file that is updated in place. */
    void pin(int block) {
        pinned[block >>> 6] |= 1L << block;
        int slot = slotOf(block);
        int weakSlot = weakSlotOf(sums.weak(block));
        if (slot != NONE && weakSlot != NONE && slots[slot] != 0 && weakSlots[weakSlot] != 0) {
            slots[slot] = block + 1;
            weakSlots[weakSlot] = weakSlot(sums.weak(block), -Math.abs((int) weakSlots[weakSlot]));
        }
    }

    /**
     * Returns the slot of the blocks whose sums equal those of {@code block}, or a free one for them, or {@link #NONE}.
     */
    private int slotOf(int block) {
        int slot = (sums.hash(block) * SPREAD) >>> slotShift;
        for (int tries = 0; tries < MAX_PROBES; tries++) {
            probes++;
            if (slots[slot] == 0 || sums.same(slots[slot] - 1, block)) {
                return slot;
            }
            slot = (slot + 1) & slotMask;
        }
        return NONE;
    }

    /** Returns the slot of this weak sum, or a free one for it, or {@link #NONE}. */
    private int weakSlotOf(int weakSum) {
        int slot = (weakSum * SPREAD) >>> slotShift;
        for (int tries = 0; tries < MAX_PROBES; tries++) {
            probes++;
            long held = weakSlots[slot];
            if (held == 0 || (int) (held >>> Integer.SIZE) == weakSum) {
                return slot;
            }
            slot = (slot + 1) & slotMask;
        }
        return NONE;
    }

    /**
     * Returns how many slots and chain links were looked at since construction: what the search cost, apart from the
     * sums.
     */
    long probes() {
        return probes;
    }
}
