package io.sluice.protocol.transfer;

import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.FileListScanner;
import io.sluice.protocol.filelist.FileListWriter;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.wire.MessageTag;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;

/** Scans the sender's files and sends the list: at first one segment, then, with incremental recursion, directory by directory, ahead of the receiver. */
final class ListFeed {
    private final Parts parts;
    private final TransferListener listener;
    private final boolean ignoreErrors;
    private final boolean errorsInList;
    private final FileList list;
    private final WireOutput out;
    private final IndexWriter indexes;
    private final Statistics statistics;
    private final ListTrace trace;
    private int reportedErrors;
    private long sentEntries;
    private long reachedEntries;

    /** What finds, keeps and encodes entries. */
    record Parts(FileListScanner scanner, FileList list, FileListWriter writer) {}

    /**
     * @param indexes announces segments
     * @param ignoreErrors errors of the scan are not told to the receiver, so that it deletes nevertheless
     * @param errorsInList errors travel at the end of a segment, else as messages
     */
    ListFeed(
            Parts parts,
            WireOutput out,
            IndexWriter indexes,
            Reports reports,
            boolean ignoreErrors,
            boolean errorsInList) {
        this.parts = parts;
        this.list = parts.list();
        this.out = out;
        this.indexes = indexes;
        this.listener = reports.listener();
        this.statistics = reports.statistics();
        this.trace = reports.trace();
        this.ignoreErrors = ignoreErrors;
        this.errorsInList = errorsInList;
    }

    /** Where figures and events go. */
    record Reports(TransferListener listener, Statistics statistics, ListTrace trace) {}

    /** Sends the first segment, and a second one if that tells the receiver whether more than one file comes. */
    void start(Segment first, boolean incremental) throws IOException {
        long before = out.bytesWritten();
        long began = System.nanoTime();
        send(first);
        trace.firstSent();
        reachedEntries = sentEntries;
        listener.fileListReady(first.size());
        if (!incremental) {
            list.complete();
            trace.complete();
        } else if (list.nextDirectoryToScan() < 0) {
            end();
        } else if (first.size() == 1) {
            sendNext();
        }
        out.flush();
        statistics.listTransferMillis = (System.nanoTime() - began) / 1_000_000;
        statistics.listSize = out.bytesWritten() - before;
        grew();
    }

    /** The receiver has come to {@code segment}: what follows it is ahead. */
    void reached(Segment segment) {
        reachedEntries = end(segment);
    }

    /** All segments before {@code segment} are finished. */
    void reachedAtLeast(Segment segment) {
        reachedEntries = Math.max(reachedEntries, end(segment));
    }

    /** Indexes start at 1 and leave one out before each segment. */
    private static long end(Segment segment) {
        return segment.firstIndex() - 1L - segment.number() + segment.size();
    }

    /** Returns how many entries were sent that the receiver has not come to. */
    long ahead() {
        return sentEntries - reachedEntries;
    }

    boolean isComplete() {
        return list.isComplete();
    }

    /** Sends segments until {@code entries} are ahead, or all. */
    void keepAhead(int entries) throws IOException {
        while (!isComplete() && ahead() < entries) {
            sendNext();
        }
    }

    /** Scans and sends the next directory; only while the list is not complete. */
    void sendNext() throws IOException {
        long before = out.bytesWritten();
        int directory = list.nextDirectoryToScan();
        indexes.write(IndexWriter.LIST_OFFSET - list.directoryOnWire(directory));
        send(parts.scanner().scanDirectory(list, directory));
        if (list.nextDirectoryToScan() < 0) {
            end();
        }
        out.keepAlive();
        statistics.listSize += out.bytesWritten() - before;
        grew();
    }

    private void send(Segment segment) throws IOException {
        list.add(segment);
        sentEntries += segment.size();
        int errors = ignoreErrors ? 0 : parts.scanner().ioError();
        parts.writer().write(segment, errors);
        if (errors != reportedErrors && !errorsInList) {
            byte[] number = {(byte) errors, (byte) (errors >> 8), (byte) (errors >> 16), (byte) (errors >> 24)};
            out.message(MessageTag.IO_ERROR, number);
        }
        reportedErrors = errors;
        trace.entries(segment);
    }

    private void end() throws IOException {
        indexes.write(IndexWriter.LIST_END);
        list.complete();
        trace.complete();
    }

    private void grew() {
        listener.fileListGrew((int) Math.min(sentEntries, Integer.MAX_VALUE), statistics.totalSize(), isComplete());
    }
}
