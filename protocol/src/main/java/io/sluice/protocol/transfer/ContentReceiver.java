package io.sluice.protocol.transfer;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.delta.SumHead;
import io.sluice.protocol.delta.TokenReader;
import io.sluice.protocol.delta.Tokens;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads a file's tokens, builds its content from them and its basis, and compares the sum of it with the sender's. One for all files. */
final class ContentReceiver implements AutoCloseable {
    private static final int CHUNK = 32 * 1024;

    private final Session session;
    private final WireInput in;
    private final TokenReader tokens;
    private final StrongChecksum sum;
    private final byte[] digest;
    private final byte[] expected;
    private final Mailbox mailbox;
    private final BasisFile basis = new BasisFile();
    private final ContentWriter writer;
    private final ReceiverTrace trace;
    private byte[] zeros = {};
    private long literalBytes;
    private long matchedBytes;

    /**
     * How one file's content is received.
     *
     * @param append what is here stays
     * @param reserved bytes to reserve on the disk first; 0: none
     * @param unreserved told why that failed
     */
    record Manner(Append append, long reserved, Consumer<IOException> unreserved) {
        private void reserve(ContentWriter writer) {
            try {
                writer.reserve(reserved);
            } catch (IOException e) {
                unreserved.accept(e);
            }
        }
    }

    /** Told how far the content has come. */
    @FunctionalInterface
    interface Progress {
        void reached(long offset);
    }

    /** @param mailbox fails if the generator has failed */
    ContentReceiver(Session session, WireInput in, boolean sparse, Mailbox mailbox, ReceiverTrace trace) {
        this.trace = trace;
        this.session = session;
        this.in = in;
        this.mailbox = mailbox;
        this.tokens = Tokens.reader(session, in);
        this.sum = Checksums.transfer(session);
        this.digest = new byte[sum.length()];
        this.expected = new byte[sum.length()];
        this.writer = new ContentWriter(sparse);
    }

    /** A file's content could not be written: the whole transfer ends. */
    static final class WriteFailure extends IOException {
        private static final long serialVersionUID = 1L;

        private final IOException reason;

        WriteFailure(IOException reason) {
            super(reason);
            this.reason = reason;
        }

        IOException reason() {
            return reason;
        }
    }

    /**
     * Builds one file.
     *
     * @return whether the content is the sender's
     * @throws WriteFailure if it cannot be written
     */
    boolean receive(Output output, Manner manner, Progress progress) throws IOException {
        SumHead head = SumHead.read(in, session);
        basis.begin(output.basis());
        writer.begin(output.file(), output.overwrites());
        if (manner.reserved() > 0) {
            manner.reserve(writer);
        }
        sum.reset();
        long offset = manner.append() == Append.NO ? 0 : leaveBeginning(head, manner.append(), progress);
        for (int token = tokens.next(); token != TokenReader.END; token = tokens.next()) {
            mailbox.check();
            if (token > 0) {
                trace.literal(token, offset);
                literal(token);
                offset += token;
            } else {
                offset += matched(head, -(token + 1), offset, output.overwritesBasis());
            }
            progress.reached(offset);
        }
        finish();
        sum.digest(digest, 0);
        in.readFully(expected, 0, expected.length);
        trace.sum();
        return Arrays.equals(digest, expected);
    }

    /** What is here already stays; the sum may be of it, too. */
    private long leaveBeginning(SumHead head, Append append, Progress progress) throws IOException {
        long length = head.fileLength();
        for (long at = 0; append == Append.VERIFY && at < length; ) {
            int part = (int) Math.min(CHUNK, length - at);
            int from = basis.isPresent() ? basis.locate(at, part) : -1;
            sum.update(from < 0 ? zeros(part) : basis.window(), Math.max(from, 0), part);
            at += part;
            progress.reached(at);
        }
        try {
            writer.skip(length);
        } catch (IOException e) {
            throw new WriteFailure(e);
        }
        return length;
    }

    /** Reads one file's tokens and does nothing with them. */
    void discard() throws IOException {
        SumHead head = SumHead.read(in, session);
        for (int token = tokens.next(); token != TokenReader.END; token = tokens.next()) {
            if (token > 0) {
                literalBytes += token;
            } else {
                int length = head.lengthOf(checkedBlock(head, -(token + 1)));
                matchedBytes += length;
                tokens.matched(zeros(length), 0, length); // later tokens may point behind it: any bytes will do
            }
        }
        in.readFully(expected, 0, expected.length);
    }

    private void literal(int length) throws IOException {
        sum.update(tokens.buffer(), tokens.offset(), length);
        literalBytes += length;
        try {
            writer.write(tokens.buffer(), tokens.offset(), length);
        } catch (IOException e) {
            throw new WriteFailure(e);
        }
    }

    private int matched(SumHead head, int block, long offset, boolean inPlace) throws IOException {
        int length = head.lengthOf(checkedBlock(head, block));
        long position = (long) block * head.blockLength();
        if (!basis.isPresent()) {
            throw new ProtocolException("block: " + block + " (expected: no reference to a basis, there is none)");
        }
        matchedBytes += length;
        trace.block(block, length, position, offset, inPlace && position == offset);
        int at = basis.locate(position, length);
        byte[] bytes = at < 0 ? zeros(length) : basis.window();
        int start = Math.max(at, 0); // a basis that has shrunk spoils the sum, and the file comes again
        tokens.matched(bytes, start, length);
        sum.update(bytes, start, length);
        try {
            if (inPlace && position == offset && at >= 0 && !writer.isSparse()) {
                writer.skip(length);
            } else {
                writer.write(bytes, start, length);
            }
        } catch (IOException e) {
            throw new WriteFailure(e);
        }
        return length;
    }

    private static int checkedBlock(SumHead head, int block) throws ProtocolException {
        if (block < 0 || block >= head.count()) {
            throw new ProtocolException("block: " + block + " (expected: 0 to " + (head.count() - 1) + ")");
        }
        return block;
    }

    private byte[] zeros(int length) {
        if (zeros.length < length) {
            zeros = new byte[length];
        }
        return zeros;
    }

    private void finish() throws WriteFailure {
        try {
            writer.finish();
        } catch (IOException e) {
            throw new WriteFailure(e);
        }
    }

    /** Bytes of data that this side has consumed so far. */
    long dataRead() {
        return in.dataRead();
    }

    long literalBytes() {
        return literalBytes;
    }

    long matchedBytes() {
        return matchedBytes;
    }

    @Override
    public void close() {
        writer.close();
        tokens.close();
    }
    /** The sum of the content that came last, in an array that is used again. */
    byte[] sum() {
        return digest;
    }
}
