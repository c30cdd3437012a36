package io.sluice.protocol.filelist;

import io.sluice.linux.KernelBytes;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.filter.AttributeFilter;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Decodes and sorts segments. Rejects what no honest sender sends: absolute names or names with {@code ..}, names outside the segment's directory, counts
 * and lengths beyond bounds.
 */
public final class FileListReader {
    /** More entries in one segment than any list that fits in memory. */
    private static final int MAX_ENTRIES = 1 << 27;

    private static final int MAX_PATH_BYTES = Integer.MAX_VALUE - (1 << 16);
    /** General, vanished, deletion limit. */
    private static final int KNOWN_ERRORS = 7;

    private final WireFormat format;
    private final boolean relative;
    private final boolean ignoreErrors;
    private final boolean pruning;
    private final WireInput in;
    private final IdMapping ids;
    private final EntryDecoder decoder;
    private final ColumnsBuilder rows;
    private final BitSet directoriesRead = new BitSet();
    private int ioError;
    private NameCheck names = NameCheck.NONE;
    private boolean checksNames;
    private Predicate<byte[]> keptEmpty = path -> false;
    private ListWitness witness = ListWitness.NONE;
    private boolean witnessed;

    /**
     * Maps names to the system's users and groups, with the identity that the calling thread has now.
     *
     * @throws IOException if that cannot be told
     */
    public FileListReader(Session session, TransferOptions options, WireInput in) throws IOException {
        this(session, options, in, IdNames.SYSTEM);
    }

    /** As above, with another source of names. */
    public FileListReader(Session session, TransferOptions options, WireInput in, IdNames names) throws IOException {
        this(
                session,
                options,
                in,
                new Surroundings(names, AttributeFilter.NONE, message -> {}, ConversionFailures.NONE));
    }

    /**
     * What else counts here.
     *
     * @param names of users and groups
     * @param attributes the rules about extended attributes
     * @param warnings is told what does not stop the transfer
     * @param failures is told of names that cannot be converted
     */
    public record Surroundings(
            IdNames names, AttributeFilter attributes, Consumer<String> warnings, ConversionFailures failures) {}

    /** As above, with what else counts. */
    public FileListReader(Session session, TransferOptions options, WireInput in, Surroundings here)
            throws IOException {
        this.format = WireFormat.of(session, options);
        this.relative = options.selection().relative();
        this.ignoreErrors = options.deletion().ignoreErrors();
        this.pruning = options.selection().pruneEmptyDirs();
        this.in = in;
        var kept = options.preservation();
        IdRules rules = IdRules.of(kept.privileges(), here.names(), here.warnings());
        this.ids = new IdMapping(format, here.names(), rules);
        AttributeNames attributes =
                new AttributeNames(rules.authority(), Side.RECEIVER, kept.xattrs() > 1, here.attributes());
        this.decoder = new EntryDecoder(format, options, in, ids, attributes);
        this.decoder.reportTo(here.failures());
        this.rows = new ColumnsBuilder(format.layout());
    }

    /** Lets {@code check} judge each name. */
    public void check(NameCheck check) {
        names = check;
        checksNames = true;
    }

    /** From now on {@code other} hears of what is read. */
    public void reportTo(ListWitness other) {
        witness = other;
        witnessed = true;
        decoder.reportTo(other);
    }

    /** With {@code --prune-empty-dirs}, directories whose path passes the test stay though they are empty (rsync: those that a rule protects). */
    public void keepEmpty(Predicate<byte[]> test) {
        keptEmpty = test;
    }

    /**
     * Reads one segment, the content of {@code directory} (-1: the first); id names are mapped. The caller adds it to {@code list}.
     *
     * @throws ProtocolException also if the content of {@code directory} cannot come, or has come
     */
    public Segment read(FileList list, int directory) throws IOException {
        byte[] prefix = directory < 0 ? Columns.NO_BYTES : contentPrefix(list, directory);
        Segment.Place place = list.place(directory);
        int checkedPrefixes = 0;
        decoder.begin(place.firstIndex());
        for (int flags = readFlags(); flags != 0; flags = readFlags()) {
            checkRoom(place);
            decoder.read(flags, rows);
            if (witnessed) {
                witness.read(rows.path(rows.rows - 1));
            }
            if (!decoder.isNamed()) {
                continue; // neither looked at nor compared
            }
            if (checksNames) {
                int row = rows.rows - 1;
                boolean directoryRow = Modes.isDirectory(rows.modes[row]);
                if (!names.check(rows.path(row), directoryRow) && directoryRow) {
                    int others = rows.flags[row] & ~(Columns.TOP | Columns.CONTENT);
                    rows.flags[row] =
                            (byte) (others | Columns.IMPLIED); // whatever the sender says: nothing is deleted in it
                }
            }
            if (format.incremental() && rows.prefixCount > checkedPrefixes) {
                checkPrefix(prefix);
                checkedPrefixes = rows.prefixCount;
            }
        }
        witness.readAll(rows.rows);
        if (!format.incremental()) {
            ids.readLists(in, rows);
            decoder.mapAccessLists(rows);
        }
        if (format.version().errorsFollowList()) {
            noteErrors(in.readInt());
        }
        Columns columns = rows.seal();
        var order = new RowOrder(columns);
        int[] sorted = order.sort();
        order.markDuplicates(sorted, true, (row, at) -> witness.leftOut(columns.path(row), place.firstIndex() + at));
        if (pruning && !format.incremental()) {
            new EmptyDirectories(columns, keptEmpty).mark(sorted);
        }
        if (relative) {
            columns.stripRoot();
        }
        return new Segment(place, columns, sorted, format.numbersAsSent());
    }

    /** The sender's error bits that came with the segments so far; none if errors are ignored. */
    public int ioError() {
        return ioError;
    }

    private byte[] contentPrefix(FileList list, int directory) throws ProtocolException {
        boolean known = list.isIncremental() && directory < list.directories();
        if (!known || directoriesRead.get(directory)) {
            throw new ProtocolException(
                    ExitCode.PROTOCOL,
                    "file-list directory: " + directory + " (expected: a known one that has not come yet)");
        }
        FileEntry entry = list.directory(directory);
        if (entry.isDuplicate() && !entry.isNameless()) {
            throw new ProtocolException(
                    ExitCode.PROTOCOL,
                    "refusing flist for cleared dir_ndx: " + directory + " (expected: not a duplicate)");
        }
        directoriesRead.set(directory);
        byte[] path = entry.path();
        byte[] prefix = Arrays.copyOf(path, path.length + 1);
        prefix[path.length] = '/';
        return prefix;
    }

    /** The next entry's flags, or 0 after the end was read. */
    private int readFlags() throws IOException {
        if (format.varintFlags()) {
            int flags = in.readVarInt();
            if (flags == 0) {
                noteErrors(in.readVarInt());
            }
            return flags;
        }
        int flags = in.readByte();
        if ((flags & EntryFlags.EXTENDED) == 0 || !format.version().extendsEntryFlags()) {
            return flags;
        }
        flags |= in.readByte() << 8;
        if (flags == EntryFlags.ERROR_END && format.safeEnd()) {
            noteErrors(in.readVarInt());
            return 0;
        }
        return flags;
    }

    private void noteErrors(int errors) {
        ioError |= ignoreErrors ? 0 : errors & KNOWN_ERRORS;
    }

    private void checkRoom(Segment.Place place) throws ProtocolException {
        if (rows.rows == MAX_ENTRIES || place.firstIndex() > Integer.MAX_VALUE - 2 - rows.rows) {
            throw new ProtocolException("file-list entries: " + rows.rows + " (expected: fewer)");
        }
        if (rows.pathBytes() > MAX_PATH_BYTES) {
            throw new ProtocolException("file-list path bytes: " + rows.pathBytes() + " (expected: < 2 GiB)");
        }
    }

    /** With incremental recursion every entry lies in the directory whose content was announced. */
    private void checkPrefix(byte[] expected) throws ProtocolException {
        int start = rows.prefixStarts[rows.prefixCount - 1];
        int end = rows.prefixStarts[rows.prefixCount];
        if (start < end && rows.prefixBytes[start] == '/') {
            start++;
        }
        if (!Arrays.equals(rows.prefixBytes, start, end, expected, 0, expected.length)) {
            String shown = KernelBytes.show(Arrays.copyOfRange(rows.prefixBytes, start, end));
            throw new ProtocolException(
                    ExitCode.UNSUPPORTED,
                    "directory of a file-list path: \"" + shown + "\" (expected: \"" + KernelBytes.show(expected)
                            + "\")");
        }
    }
}
