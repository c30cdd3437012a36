package io.sluice.protocol.transfer;

import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.session.ProtocolVersion;
import io.sluice.protocol.wire.NumberFormat;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.util.OptionalLong;

/** The figures of one side. Each is changed by one role only; the sum is drawn when all roles have ended. */
final class Statistics {
    final KindCounter created = new KindCounter();
    final KindCounter deleted = new KindCounter();
    long listSize;
    long listBuildMillis;
    long listTransferMillis;
    long transferredFiles;
    long transferredSize;
    long literalData;
    long matchedData;
    private final FileList list;
    private OptionalLong peerTotalSize = OptionalLong.empty();

    Statistics(FileList list) {
        this.list = list;
    }

    FileList list() {
        return list;
    }

    long totalSize() {
        return peerTotalSize.orElseGet(list::totalSize);
    }

    /** A sending server's last words: bytes read, bytes written, size of all files, milliseconds for building and sending the list (not before protocol 29). */
    void write(WireOutput out, ProtocolVersion version, long read, long written) throws IOException {
        NumberFormat numbers = format(version);
        numbers.writeLong(out, read, 3);
        numbers.writeLong(out, written, 3);
        numbers.writeLong(out, totalSize(), 3);
        if (version.hasItemFlags()) {
            numbers.writeLong(out, listBuildMillis, 3);
            numbers.writeLong(out, listTransferMillis, 3);
        }
    }

    /** What {@link #write} sent; returns the bytes that this end received and sent, as the peer counted them. */
    Traffic read(WireInput in, ProtocolVersion version) throws IOException {
        NumberFormat numbers = format(version);
        long read = numbers.readLong(in, 3);
        long written = numbers.readLong(in, 3);
        peerTotalSize = OptionalLong.of(numbers.readLong(in, 3));
        if (version.hasItemFlags()) {
            listBuildMillis = numbers.readLong(in, 3);
            listTransferMillis = numbers.readLong(in, 3);
        }
        return new Traffic(read, written);
    }

    private static NumberFormat format(ProtocolVersion version) {
        return version.hasVarInts() ? NumberFormat.VARIABLE : NumberFormat.FIXED;
    }

    /** Bytes that this end sent and received. */
    record Traffic(long sent, long received) {}

    TransferStatistics sum(Traffic traffic) {
        return new TransferStatistics(
                list.counts(),
                created.counts(),
                deleted.counts(),
                transferredFiles,
                totalSize(),
                transferredSize,
                literalData,
                matchedData,
                listSize,
                listBuildMillis,
                listTransferMillis,
                traffic.sent(),
                traffic.received());
    }
}
