package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.delta.BlockSums;
import io.sluice.protocol.delta.Matcher;
import io.sluice.protocol.delta.SearchWitness;
import io.sluice.protocol.delta.TokenWriter;
import io.sluice.protocol.delta.Tokens;
import io.sluice.protocol.options.AlgorithmOptions;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.CompressionType;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongConsumer;

/** Sends one file after the other as tokens and a sum: what a receiver needs to build it from its basis. */
final class ContentSender implements AutoCloseable {
    private final WireOutput out;
    private final boolean verifiesAppended;
    private final Matcher matcher;
    private final TokenWriter tokens;
    private final StrongChecksum sum;
    private final byte[] digest;
    private final FileStatus status = new FileStatus();

    /** @param out where tokens and sums go */
    ContentSender(Session session, TransferOptions options, WireOutput out) {
        this.out = out;
        this.verifiesAppended = options.placement().append() == Append.VERIFY;
        this.matcher = new Matcher(session, options.limits().allocation());
        this.tokens = Tokens.writer(
                session,
                level(session, options.algorithms()),
                options.algorithms().compressThreads(),
                out);
        this.sum = Checksums.transfer(session);
        this.digest = new byte[sum.length()];
    }

    /** Only zlib has a level that leaves data as it is. */
    private static OptionalInt level(Session session, AlgorithmOptions algorithms) {
        boolean zlib = session.compression() == CompressionType.ZLIB || session.compression() == CompressionType.ZLIBX;
        return algorithms.stored() && zlib ? OptionalInt.of(0) : algorithms.compressLevel();
    }

    /** From now on {@code witness} hears how searches go. */
    void reportTo(SearchWitness witness) {
        matcher.reportTo(witness);
    }

    /** What has gone through it, as figures. */
    Matcher figures() {
        return matcher;
    }

    /** The sum that was sent last. */
    byte[] digest() {
        return digest;
    }

    /** Returns how many bytes there are to send, of a device too. */
    long size(OpenFile file) throws IOException {
        file.status(status);
        return status.isDevice() && status.size() == 0 ? file.deviceSize() : status.size();
    }

    /** Sends what differs from the basis with these sums; {@code inPlace}: the receiver overwrites it while it reads. */
    Optional<IOException> sendDifferences(
            OpenFile file, long size, BlockSums sums, boolean inPlace, LongConsumer progress) throws IOException {
        sum.reset();
        return end(matcher.send(file, size, sums, inPlace, tokens, sum, progress));
    }

    /** Sends what is behind the part that the basis has. */
    Optional<IOException> sendRest(OpenFile file, long size, BlockSums sums, LongConsumer progress) throws IOException {
        sum.reset();
        long start = sums.head().fileLength();
        return end(matcher.sendRest(file, size, start, verifiesAppended, tokens, sum, progress));
    }

    /**
     * Sends the sum; of a file that could not be read to its end it is certainly wrong, so that the receiver does not keep it.
     *
     * @return why it could not be read
     */
    private Optional<IOException> end(boolean whole) throws IOException {
        sum.digest(digest, 0);
        if (whole) {
            out.write(digest);
            return Optional.empty();
        }
        boolean zero = true;
        for (int i = 0; i < digest.length; i++) {
            zero &= digest[i] == 0;
            digest[i] = 0;
        }
        digest[digest.length - 1] = (byte) (zero ? 1 : 0);
        out.write(digest);
        return Optional.of(
                matcher.readFailure().orElseGet(() -> new SystemCallException("read", Errno.ENODATA, "to its end")));
    }

    @Override
    public void close() {
        tokens.close();
    }
}
