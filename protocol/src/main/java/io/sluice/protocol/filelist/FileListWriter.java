package io.sluice.protocol.filelist;

import io.sluice.protocol.filter.AttributeFilter;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.session.Side;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;

/**
 * Encodes segments: each entry as its difference from the one before it, in the order scanned; then an end mark, and the id names after the first segment
 * unless recursion is incremental.
 *
 * <pre>
 *  end, varint flags:           00 errors(varint)
 *  end, one- or two-byte flags: 00        or, with errors and a safe file list,  04 10 errors(varint)
 *  before protocol 30:          00 names  errors(int)
 * </pre>
 */
public final class FileListWriter {
    private final WireFormat format;
    private final boolean ignoreErrors;
    private final WireOutput out;
    private final EntryEncoder encoder;
    private int toldErrors;

    /** Takes names from the system's users and groups. */
    public FileListWriter(Session session, TransferOptions options, WireOutput out) {
        this(session, options, out, IdNames.SYSTEM);
    }

    /** As above, with another source of names. */
    public FileListWriter(Session session, TransferOptions options, WireOutput out, IdNames names) {
        this.format = WireFormat.of(session, options);
        this.ignoreErrors = options.deletion().ignoreErrors();
        this.out = out;
        var kept = options.preservation();
        AttributeNames attributes = new AttributeNames(
                Authority.of(kept.privileges()), Side.SENDER, kept.xattrs() > 1, AttributeFilter.NONE);
        this.encoder = new EntryEncoder(format, out, names, attributes);
    }

    /** From now on {@code other} hears of what is written. */
    public void reportTo(ListWitness other) {
        encoder.reportTo(other);
    }

    /**
     * Writes one segment with its end mark. The first one is followed by the id lists if recursion is not incremental.
     *
     * @param ioError all bits so far, which travel here if they are new since the last segment, the session has a place for them, and errors are not
     *     ignored
     */
    public void write(Segment segment, int ioError) throws IOException {
        Columns columns = segment.columns();
        encoder.begin(segment.firstIndex());
        for (int row = 0; row < columns.rows; row++) {
            encoder.write(columns, row);
        }
        writeEnd(ignoreErrors || ioError == toldErrors ? 0 : ioError);
        toldErrors = ioError;
        if (segment.number() == 0 && format.idListsFollow()) {
            encoder.writeIdLists();
        }
        if (format.version().errorsFollowList()) {
            out.writeInt(ignoreErrors ? 0 : ioError);
        }
    }

    private void writeEnd(int errors) throws IOException {
        if (format.varintFlags()) {
            out.writeVarInt(0);
            out.writeVarInt(errors);
        } else if (errors != 0 && format.safeEnd()) {
            out.writeShort(EntryFlags.ERROR_END);
            out.writeVarInt(errors);
        } else {
            out.writeByte(0);
        }
    }
}
