package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.delta.BlockSums;
import io.sluice.protocol.delta.Matcher;
import io.sluice.protocol.delta.SharedEncodings;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.filelist.AttributeValues;
import io.sluice.protocol.filelist.ExtendedAttribute;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.FileListScanner;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.options.PlacementOptions.Append;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.MessageTag;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The role that answers the generator's requests with the content of files. It sends when the receiver would starve otherwise: before it waits for a
 * request, or when its buffer is full.
 */
final class Sender implements ItemReader.Interruptions, AutoCloseable {
    /** Entries of the list that are sent ahead before a request is waited for. */
    private static final int LOOKAHEAD = 1000;
    /**
     * Entries that are sent ahead at most, while there is nothing else to do. With hard links the above is the limit: what the receiver links depends on how
     * much of the list it knows.
     */
    private static final int MAX_LOOKAHEAD = 10_000;
    /** The first is for all files, the second for those whose check failed; then (protocol ≥ 29) there is one without transfers. */
    private static final int TRANSFER_PHASES = 2;

    private final Session session;
    private final TransferOptions options;
    private final WireInput in;
    private final WireOutput out;
    private final TransferListener listener;
    private final Notices notices;
    private final Outcome outcome;
    private final Statistics statistics;
    private final FileListScanner scanner;
    private final FileList list;
    private final ListFeed feed;
    private final IndexWriter indexes;
    private final ItemReader items;
    private final ReportedItem reported;
    private final SenderBatch batch;
    private final ContentSender content;
    private final Publication publication;
    private final SenderTrace trace;
    private final BitSet sent = new BitSet();
    private List<ExtendedAttribute> wantedAttributes = List.of();
    private final int lastPhase;
    private final int mostAhead;
    private int finishedSegments;
    private int phase;

    /** The list and what makes it. */
    record Source(
            FileListScanner scanner,
            FileList list,
            ListFeed feed,
            IndexWriter indexes,
            PublishGate gate,
            SharedEncodings shared) {}

    Sender(Connection connection, TransferOptions options, SideReports reports, Source source) {
        this.session = connection.session();
        this.options = options;
        this.in = connection.in();
        this.out = connection.out();
        this.listener = reports.listener();
        this.notices = reports.notices().as("sender");
        this.outcome = reports.outcome();
        this.statistics = reports.statistics();
        this.scanner = source.scanner();
        this.list = source.list();
        this.feed = source.feed();
        this.indexes = source.indexes();
        this.items = new ItemReader(
                new ItemReader.Indexes(session.version(), in, new IndexReader(in, session.version())), list, this);
        this.reported = new ReportedItem(true, session.incrementalRecursion());
        this.lastPhase = session.version().hasItemFlags() ? TRANSFER_PHASES : TRANSFER_PHASES - 1;
        this.mostAhead = options.preservation().hardLinks() > 0 ? LOOKAHEAD : MAX_LOOKAHEAD;
        this.batch = new SenderBatch(connection);
        this.content = new ContentSender(session, options, batch.content(), source.shared());
        this.publication = new Publication(source.gate(), connection, outcome);
        this.trace = new SenderTrace(new DebugVoice(notices, options.reporting()), scanner::sourceDirectory);
        content.reportTo(trace);
    }

    /** Answers all requests and says good-bye. */
    void run() throws IOException {
        int errorsBefore = outcome.bits();
        trace.starting();
        while (phase <= lastPhase) {
            feed.keepAhead(LOOKAHEAD);
            prepareToWait();
            if (items.next()) {
                feed.reached(items.segment());
                feed.keepAhead(LOOKAHEAD);
                answer();
            } else {
                endPhase();
            }
        }
        Matcher matcher = content.figures();
        statistics.literalData = matcher.literalBytes();
        statistics.matchedData = matcher.matchedBytes();
        if (outcome.bits() != errorsBefore && session.version().tellsUnsent()) {
            message(MessageTag.IO_ERROR, outcome.bits() | scanner.ioError());
        }
        trace.finished(matcher);
        HeapFigures.tell(notices, options.reporting(), session.server(), "sender");
        indexes.write(IndexWriter.DONE);
        sayGoodbye();
    }

    /** Nothing may be kept back while we wait; as long as no request is here, the list goes on. */
    private void prepareToWait() throws IOException {
        while (!in.available()) {
            if (feed.isComplete() || feed.ahead() >= mostAhead) {
                out.flush();
                return;
            }
            out.flush();
            feed.sendNext();
        }
    }

    private void endPhase() throws IOException {
        if (session.incrementalRecursion() && finishedSegments < list.segments()) {
            list.release(finishedSegments);
            finishedSegments++;
            if (finishedSegments < list.segments()) {
                indexes.write(IndexWriter.DONE);
                feed.reachedAtLeast(list.segment(finishedSegments));
                return;
            }
        }
        phase++;
        if (phase == TRANSFER_PHASES) {
            publication.await();
        }
        if (phase <= lastPhase) {
            trace.phase(phase);
            indexes.write(IndexWriter.DONE);
        }
    }

    private void answer() throws IOException {
        boolean isNew = (items.flags() & ItemFlags.IS_NEW) != 0;
        trace.requested(items.index(), items.entry());
        if (attributesTravel()) {
            wantedAttributes = AttributeValues.readRequest(in, items.entry().extendedAttributes());
        }
        if (!items.isTransfer()) {
            listener.item(show());
            writeItem();
            if (isNew) {
                statistics.created.count(items.entry().mode());
            }
            return;
        }
        if (phase == TRANSFER_PHASES) {
            throw new ProtocolException("request in the last phase: index " + items.index() + " (expected: none)");
        }
        if (isNew && !sent.get(items.index())) {
            statistics.created.count(items.entry().mode());
        }
        statistics.transferredFiles++;
        statistics.transferredSize += items.entry().size();
        if (options.update().dryRun()) {
            listener.item(show());
            writeItem();
        } else {
            sendFile();
        }
    }

    private boolean attributesTravel() {
        return options.preservation().xattrs() > 0
                && !options.update().dryRun()
                && AttributeValues.travel(items.flags(), session.xattrOptimization());
    }

    private ReportedItem show() {
        FileEntry entry = items.entry();
        return reported.show(items).from(scanner.sourceDirectory(entry.source()), scanner.isAbsolute(entry.source()));
    }

    private void sendFile() throws IOException {
        long readBefore = in.dataRead();
        boolean appends = options.placement().append() != Append.NO && !sent.get(items.index());
        BlockSums sums = appends
                ? BlockSums.readHead(in, session)
                : BlockSums.read(in, session, options.limits().allocation());
        trace.received(sums);
        FileEntry entry = items.entry();
        try (OpenFile file = open(entry)) {
            if (file == null || !publication.maySend(entry, file)) {
                if (session.version().tellsUnsent()) {
                    message(MessageTag.NO_SEND, items.index());
                }
                return;
            }
            long size = content.size(file);
            if (appends && size < entry.size()) {
                notices.warning(Text.of("skipped diminished file: ").add(quote(entry)));
                message(MessageTag.NO_SEND, items.index());
                return;
            }
            long writtenBefore = out.dataWritten();
            trace.opened(entry, size);
            writeItem();
            batch.beginContent();
            sums.head().write(batch.content());
            trace.comparing(entry);
            listener.item(show());
            listener.transferStarted(reported);
            LongConsumer progress = offset -> listener.transferProgress(offset, size);
            Optional<IOException> failure;
            if (appends) {
                failure = content.sendRest(file, size, sums, progress);
            } else if (maySendShared(sums)) {
                failure = content.sendWhole(entry.path(), file, size, progress);
            } else {
                failure = content.sendDifferences(file, size, sums, updatesInPlace(), progress);
            }
            failure.ifPresent(reason -> unreadable(entry, reason));
            publication.sent(entry, file);
            batch.endContent();
            reported.withTraffic(out.dataWritten() - writtenBefore, in.dataRead() - readBefore);
            reported.withSum(content.digest());
            listener.transferEnded(reported, failure.isEmpty());
            trace.sent(entry);
        }
        sent.set(items.index());
    }

    /** What is asked for again did not arrive well: that is made anew. A batch, and a file that is built in its place, are left to themselves. */
    private boolean maySendShared(BlockSums sums) {
        return sums.head().count() == 0
                && !options.placement().inplace()
                && !batch.isWritten()
                && !sent.get(items.index());
    }

    private @Nullable OpenFile open(FileEntry entry) {
        try {
            return scanner.open(entry);
        } catch (IOException e) {
            if (e instanceof SystemCallException call && call.errno() == Errno.ENOENT) {
                outcome.add(Outcome.VANISHED);
                notices.warning(Text.of("file has vanished: ").add(quote(entry)));
            } else {
                outcome.add(Outcome.GENERAL);
                notices.fileFailure(Text.of("send_files failed to open ").add(quote(entry)), e);
            }
            return null;
        }
    }

    private Text quote(FileEntry entry) {
        PathLabel label = notices.label().below(scanner.sourceDirectory(entry.source()));
        return label.quote(entry.path());
    }

    /** The receiver overwrites its basis while it reads our tokens. */
    private boolean updatesInPlace() {
        return switch (items.basisType()) {
            case BasisType.FILE, BasisType.BACKUP -> options.placement().inplace();
            case BasisType.PARTIAL_DIRECTORY -> session.inplacePartialDir();
            default -> false;
        };
    }

    private void unreadable(FileEntry entry, IOException reason) {
        outcome.add(Outcome.GENERAL);
        notices.fileFailure(Text.of("read errors mapping ").add(quote(entry)), reason);
    }

    private void writeItem() throws IOException {
        indexes.write(items.index());
        if (!session.version().hasItemFlags()) {
            return;
        }
        out.writeShort(items.flags());
        if ((items.flags() & ItemFlags.BASIS_TYPE_FOLLOWS) != 0) {
            out.writeByte(items.basisType());
        }
        if ((items.flags() & ItemFlags.XNAME_FOLLOWS) != 0) {
            out.writeVString(items.name());
        }
        if (attributesTravel()) {
            sendAttributes(items.entry());
        }
    }

    private void sendAttributes(FileEntry entry) throws IOException {
        FileTree tree = scanner.source(entry.source());
        for (ExtendedAttribute failed : AttributeValues.send(out, wantedAttributes, tree, place(entry))) {
            Text what = Text.of("failed to re-read xattr ").add(failed.name()).add(" for ");
            notices.fileError(what.add(entry.path()));
        }
    }

    private static byte[] place(FileEntry entry) {
        return Paths.isRoot(entry.path()) ? new byte[0] : entry.path();
    }

    private void message(MessageTag tag, int value) throws IOException {
        byte[] number = {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};
        out.message(tag, number);
    }

    /** After the last end mark: a server's figures, then the receiver's last end mark (protocol ≥ 31: two, the first of which is answered). */
    private void sayGoodbye() throws IOException {
        if (session.server()) {
            out.flush();
            statistics.write(out, session.version(), in.bytesRead(), out.bytesWritten());
        }
        out.flush();
        batch.addFigures(statistics);
        expectDone();
        if (session.version().hasFarewell()) {
            indexes.write(IndexWriter.DONE);
            out.flush();
            expectDone();
        }
    }

    private void expectDone() throws IOException {
        if (items.next()) {
            throw new ProtocolException("end of the transfer: index " + items.index() + " (expected: an end mark)");
        }
    }

    @Override
    public void close() {
        content.close();
    }

    @Override
    public void segment(int number) throws IOException {
        throw new ProtocolException(
                "file index: " + (IndexWriter.LIST_OFFSET - number) + " (expected: one that a receiver sends)");
    }

    @Override
    public void listEnd() throws IOException {
        segment(IndexWriter.LIST_OFFSET - IndexWriter.LIST_END);
    }

    /** A client that receives hears its own generator's figures back. */
    @Override
    public void deleteStatistics() throws IOException {
        statistics.deleted.read(in);
        if (session.server()) {
            indexes.write(IndexWriter.DELETE_STATISTICS);
            statistics.deleted.write(out);
        }
        prepareToWait();
    }
}
