package io.sluice.protocol.delta;

import io.sluice.linux.OpenFile;
import io.sluice.protocol.AllocationLimit;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.RollingChecksum;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The weak and strong sums of a basis file's blocks, in columns; what the generator sends and the sender searches.
 *
 * <pre>
 * | {@link SumHead} 16 | weak 4 | strong strongLength | weak 4 | strong strongLength | ... count times
 * </pre>
 */
public final class BlockSums {
    /** No basis. */
    public static final BlockSums NONE = new BlockSums(SumHead.NONE);

    private static final int READ_LENGTH = 256 * 1024;
    private static final int ARRIVAL_LENGTH = 16 * 1024;
    private static final int FIRST_BLOCKS = 8 * 1024;
    private static final int LONGEST_DIGEST = 32;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private final SumHead head;
    private final int strongLength;
    private int[] weak = {};
    private byte[] strong = {};

    /** Takes on a head whose sums are still to be received. */
    BlockSums(SumHead head) {
        this.head = head;
        this.strongLength = head.strongLength();
    }

    /**
     * Generator: reads {@code basis} once from its start, and writes head and sums to {@code out} as it goes; holds one
     * read buffer, never all sums. Where the basis turns out shorter than the head says, zeros stand for the rest, as
     * rsync does.
     */
    public static void generate(OpenFile basis, SumHead head, Session session, WireOutput out) throws IOException {
        generate(basis, head, session, out, (block, sum) -> {});
    }

    /** Hears of each block's weak sum. */
    @FunctionalInterface
    public interface SumHearer {
        void summed(int block, int sum);
    }

    /** As above; {@code hearer} hears of the sums. */
    public static void generate(OpenFile basis, SumHead head, Session session, WireOutput out, SumHearer hearer)
            throws IOException {
        head.write(out);
        if (head.count() == 0) {
            return;
        }
        StrongChecksum checksum = Checksums.block(session);
        byte[] digest = new byte[LONGEST_DIGEST];
        int blocksARead = Math.max(1, READ_LENGTH / head.blockLength());
        byte[] buffer = new byte[(int) Math.min(head.fileLength(), (long) blocksARead * head.blockLength())];
        boolean ended = false;
        for (int first = 0; first < head.count(); first += blocksARead) {
            long position = head.offsetOf(first);
            int wanted = (int) Math.min(buffer.length, head.fileLength() - position);
            int got = ended ? 0 : Math.max(0, basis.pread(position, buffer, 0, wanted));
            ended |= got < wanted;
            Arrays.fill(buffer, got, wanted, (byte) 0);
            for (int at = 0, block = first; at < wanted; at += head.lengthOf(block), block++) {
                int length = head.lengthOf(block);
                checksum.sum(buffer, at, length, digest);
                int sum = RollingChecksum.of(buffer, at, length);
                hearer.summed(block, sum);
                out.writeInt(sum);
                out.write(digest, 0, head.strongLength());
            }
        }
    }

    /**
     * Sender: reads head and sums. The tables grow as sums arrive, not as the head promises.
     *
     * @throws io.sluice.protocol.AllocationException if they would grow beyond {@code limit}
     */
    public static BlockSums read(WireInput in, Session session, AllocationLimit limit) throws IOException {
        BlockSums sums = new BlockSums(SumHead.read(in, session));
        limit.require(sums.head.count(), Math.max(Integer.BYTES, sums.strongLength), "sums of blocks");
        sums.receive(in);
        return sums;
    }

    /** Sender: reads the head of sums that do not follow, because the receiver's part is to be taken for equal. */
    public static BlockSums readHead(WireInput in, Session session) throws IOException {
        return new BlockSums(SumHead.read(in, session));
    }

    void receive(WireInput in) throws IOException {
        int count = head.count();
        int sumLength = Integer.BYTES + strongLength;
        int sumsAtOnce = Math.min(count, ARRIVAL_LENGTH / sumLength);
        byte[] arrivals = new byte[sumsAtOnce * sumLength];
        for (int done = 0; done < count; ) {
            int sums = Math.min(count - done, sumsAtOnce);
            in.readFully(arrivals, 0, sums * sumLength);
            if (done + sums > weak.length) {
                grow(done + sums);
            }
            for (int i = 0; i < sums; i++, done++) {
                weak[done] = (int) INT.get(arrivals, i * sumLength);
                System.arraycopy(arrivals, i * sumLength + Integer.BYTES, strong, done * strongLength, strongLength);
            }
        }
    }

    /** Returns for how many blocks there is room. */
    int room() {
        return weak.length;
    }

    private void grow(int least) {
        long room = Math.max(least, Math.max(FIRST_BLOCKS, 2L * weak.length));
        int blocks = (int) Math.min(room, head.count());
        weak = Arrays.copyOf(weak, blocks);
        strong = Arrays.copyOf(strong, blocks * strongLength);
    }

    /** Returns how the basis was cut. */
    public SumHead head() {
        return head;
    }

    /** Returns the number of blocks of full length, which are all or all but the last. */
    int fullBlocks() {
        boolean shortLast = head.count() > 0 && head.lengthOf(head.count() - 1) < head.blockLength();
        return shortLast ? head.count() - 1 : head.count();
    }

    /** Returns how many sums are here: all, or none after {@link #readHead}. */
    public int arrived() {
        return Math.min(weak.length, head.count());
    }

    /** Returns a block's weak sum. */
    public int weak(int block) {
        return weak[block];
    }

    /** Returns whether {@code block} has this weak sum and the strong sum that {@code digest} begins with. */
    boolean isSum(int block, int weakSum, byte[] digest) {
        int at = block * strongLength;
        return weak[block] == weakSum && Arrays.equals(strong, at, at + strongLength, digest, 0, strongLength);
    }

    /** Returns whether both blocks have the same sums. */
    boolean same(int one, int other) {
        int at = one * strongLength;
        int to = other * strongLength;
        return weak[one] == weak[other] && Arrays.equals(strong, at, at + strongLength, strong, to, to + strongLength);
    }

    /** Returns a hash of a block's two sums. */
    int hash(int block) {
        return hash(weak[block], strong, block * strongLength, strongLength);
    }

    /** Returns the hash that a block with these sums would have. */
    int hash(int weakSum, byte[] digest) {
        return hash(weakSum, digest, 0, strongLength);
    }

    private static int hash(int weakSum, byte[] digest, int offset, int length) {
        int hash = weakSum;
        if (length >= Integer.BYTES) {
            return hash * 31 + (int) INT.get(digest, offset);
        }
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + digest[offset + i];
        }
        return hash;
    }
}
