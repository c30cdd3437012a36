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
import io.sluice.protocol.delta.SessionEncodings;
import io.sluice.protocol.delta.SharedEncoding;
import io.sluice.protocol.delta.SharedEncodings;
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
import java.util.function.Supplier;

/** Sends one file after the other as tokens and a sum: what a receiver needs to build it from its basis. */
final class ContentSender implements AutoCloseable {
    private final WireOutput out;
    private final boolean verifiesAppended;
    private final Matcher matcher;
    private final TokenWriter tokens;
    private final StrongChecksum sum;
    private final byte[] digest;
    private final SessionEncodings encodings;
    private final FileStatus status = new FileStatus();

    /**
     * Sends to {@code out}.
     *
     * @param shared what other sessions have of the same files
     */
    ContentSender(Session session, TransferOptions options, WireOutput out, SharedEncodings shared) {
        this.out = out;
        this.verifiesAppended = options.placement().append() == Append.VERIFY;
        this.matcher = new Matcher(session, options.limits().allocation());
        OptionalInt level = level(session, options.algorithms());
        int threads = options.algorithms().compressThreads();
        this.tokens = Tokens.writer(session, level, threads, out);
        this.encodings = shared.of(session, level, threads);
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

    /**
     * Sends the whole of a file of which the receiver has nothing, maybe as another session has encoded it.
     *
     * @param path as in the file list
     * @param size what {@link #size} has just answered
     */
    Optional<IOException> sendWhole(byte[] path, OpenFile file, long size, LongConsumer progress) throws IOException {
        Optional<SharedEncoding> encoding = encodings.take(path, status);
        if (encoding.isEmpty()) {
            return sendDifferences(file, size, BlockSums.NONE, false, progress);
        }
        try (SharedEncoding shared = encoding.get()) {
            tokens.standAlone();
            for (int part = 0; part < shared.parts(); part++) {
                progress.accept(shared.offset(part));
                out.write(shared.part(part, file));
            }
            progress.accept(size);
            matcher.sentAsWhole(size);
            shared.digest(digest);
            return writeSum(shared.isWhole(), shared::readFailure);
        }
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
        return writeSum(whole, matcher::readFailure);
    }

    private Optional<IOException> writeSum(boolean whole, Supplier<Optional<IOException>> failure) throws IOException {
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
        return Optional.of(failure.get().orElseGet(() -> new SystemCallException("read", Errno.ENODATA, "to its end")));
    }

    @Override
    public void close() {
        tokens.close();
    }
}
