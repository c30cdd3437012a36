package io.sluice.protocol.transfer;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.event.TransferListener;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.FileListReader;
import io.sluice.protocol.filelist.NameCheck;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.BitSet;
import java.util.function.Predicate;

/** Takes the sender's list in, segment by segment. */
final class ListIntake {
    private static final int FIRST = -1;

    private final FileList list;
    private final FileListReader reader;
    private final SideReports reports;
    private final WireInput in;
    private final IndexReader indexes;
    private final boolean incremental;
    private final boolean ignoreErrors;
    private final BitSet known = new BitSet();
    private final ListTrace trace;
    private int entries;

    ListIntake(Connection connection, TransferOptions options, FileListReader.Surroundings here, SideReports reports)
            throws IOException {
        this.trace = new ListTrace(
                new DebugVoice(reports.notices(), options.reporting()),
                ListedEntry.ofReceiver(
                        options.preservation(),
                        Privileges.current(options.preservation().privileges()).root()));
        this.incremental = connection.session().incrementalRecursion();
        this.list = reports.statistics().list();
        this.in = connection.in();
        this.reader = new FileListReader(connection.session(), options, in, here);
        this.indexes = new IndexReader(in, connection.session().version());
        this.reports = reports;
        trace.attachTo(reader::reportTo);
        this.ignoreErrors = options.deletion().ignoreErrors();
    }

    /** From now on this role tells of what arrives. */
    void reportTo(ListTrace other) {
        other.attachTo(reader::reportTo);
    }

    FileList list() {
        return list;
    }

    /** The reader of indexes, which remembers the last one of its kind: there is one for each connection. */
    IndexReader indexes() {
        return indexes;
    }

    /** Lets {@code check} judge each name. */
    void check(NameCheck check) {
        reader.check(check);
    }

    /** With {@code --prune-empty-dirs}, directories that pass the test stay though they are empty. */
    void keepEmpty(Predicate<byte[]> test) {
        reader.keepEmpty(test);
    }

    /** Entries so far. */
    int entries() {
        return entries;
    }

    /** Reads the first segment; if that is a single entry, also what tells whether there are more. */
    Segment readFirst() throws IOException {
        Segment first = add(FIRST);
        if (!incremental) {
            list.complete();
            trace.complete();
        }
        trace.received(first);
        if (incremental && entries == 1) {
            readSecond();
        }
        listener().fileListReady(entries);
        grew();
        return first;
    }

    private void readSecond() throws IOException {
        int number = indexes.read();
        if (number == IndexWriter.LIST_END) {
            list.complete();
            trace.complete();
        } else {
            trace.announcedEarly(IndexWriter.LIST_OFFSET - number);
            trace.received(read(IndexWriter.LIST_OFFSET - number));
        }
    }

    /** Reads the content of the directory with this number on the wire. */
    Segment read(int number) throws IOException {
        if (!incremental || number < 0 || number >= list.directories() || known.get(number)) {
            throw new ProtocolException(
                    "directory of a segment: " + number + " (expected: a new one below " + list.directories() + ")");
        }
        known.set(number);
        Segment segment = add(list.directoryOfWire(number));
        grew();
        return segment;
    }

    /** No more segments will come. */
    void end() throws IOException {
        if (!incremental) {
            throw new ProtocolException("end of the list: announced (expected: only with incremental recursion)");
        }
        list.complete();
        grew();
    }

    private Segment add(int directory) throws IOException {
        long before = in.bytesRead();
        Segment segment = reader.read(list, directory);
        reports.statistics().listSize += in.bytesRead() - before;
        entries += segment.size();
        if (!ignoreErrors) {
            reports.outcome().add(reader.ioError());
        }
        list.add(segment);
        return segment;
    }

    private TransferListener listener() {
        return reports.listener();
    }

    private void grew() {
        listener().fileListGrew(entries, reports.statistics().totalSize(), list.isComplete());
    }
}
