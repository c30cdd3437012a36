package io.sluice.client.parallel;

import io.sluice.protocol.event.TransferStatistics;
import io.sluice.protocol.event.TransferStatistics.Counts;
import java.util.List;

/** The figures of several sessions as those of one transfer. */
final class JointStatistics {
    private JointStatistics() {}

    /**
     * Adds up.
     *
     * @param last the figures of the session that had the whole list
     * @param before those of the sessions before it
     */
    static TransferStatistics of(TransferStatistics last, List<TransferStatistics> before) {
        TransferStatistics all = last;
        for (TransferStatistics one : before) {
            all = new TransferStatistics(
                    last.counts(),
                    sum(all.created(), one.created()),
                    sum(all.deleted(), one.deleted()),
                    all.transferredFiles() + one.transferredFiles(),
                    last.totalSize(),
                    all.transferredSize() + one.transferredSize(),
                    all.literalData() + one.literalData(),
                    all.matchedData() + one.matchedData(),
                    all.fileListSize() + one.fileListSize(),
                    all.fileListBuildMillis() + one.fileListBuildMillis(),
                    all.fileListTransferMillis() + one.fileListTransferMillis(),
                    all.bytesSent() + one.bytesSent(),
                    all.bytesReceived() + one.bytesReceived());
        }
        return all;
    }

    /** Of a session that did nothing, what it took. */
    static TransferStatistics trafficOf(TransferStatistics planned) {
        return new TransferStatistics(
                planned.counts(),
                Counts.ZERO,
                Counts.ZERO,
                0,
                0,
                0,
                0,
                0,
                planned.fileListSize(),
                planned.fileListBuildMillis(),
                planned.fileListTransferMillis(),
                planned.bytesSent(),
                planned.bytesReceived());
    }

    private static Counts sum(Counts one, Counts other) {
        return new Counts(
                one.regular() + other.regular(),
                one.directories() + other.directories(),
                one.symlinks() + other.symlinks(),
                one.devices() + other.devices(),
                one.specials() + other.specials());
    }
}
