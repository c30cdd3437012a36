package io.sluice.protocol.transfer;

import io.sluice.linux.OpenFile;
import io.sluice.protocol.delta.BlockSums;
import io.sluice.protocol.delta.SumHead;
import io.sluice.protocol.event.ItemFlags;
import io.sluice.protocol.filelist.AttributeValues;
import io.sluice.protocol.filelist.ExtendedAttribute;
import io.sluice.protocol.session.Session;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the generator sends: items, requests for content, end marks. Gathers requests so that the sender does not get them one by one. */
final class Requests {
    /** Items after which the sender is not kept waiting any longer. */
    private static final int GATHERED = 64;

    private static final byte[] NAMELESS = {};

    private final WireOutput out;
    private final Session session;
    private final IndexWriter indexes;
    private final @Nullable WantedFiles wanted;
    private int unsent;
    private boolean patient;

    /** @param wanted hears of requests instead of a sender, when a batch is read */
    Requests(WireOutput out, Session session, @Nullable WantedFiles wanted) {
        this.out = out;
        this.session = session;
        this.wanted = wanted;
        this.indexes = new IndexWriter(out, session.version());
    }

    /** Nobody answers: no sums are needed. */
    boolean isBatch() {
        return wanted != null;
    }

    void item(int index, int flags, int basisType) throws IOException {
        item(index, flags, basisType, NAMELESS);
    }

    /** @param name travels if the flags say so */
    void item(int index, int flags, int basisType, byte[] name) throws IOException {
        if (wanted != null) {
            if ((flags & ItemFlags.TRANSFER) != 0) {
                wanted.ask(index);
            }
            return;
        }
        indexes.write(index);
        unsent++;
        if (!session.version().hasItemFlags()) {
            return;
        }
        out.writeShort(flags);
        if ((flags & ItemFlags.BASIS_TYPE_FOLLOWS) != 0) {
            out.writeByte(basisType);
        }
        if ((flags & ItemFlags.XNAME_FOLLOWS) != 0) {
            out.writeVString(name);
        }
    }

    /** Follows an item with {@link ItemFlags#REPORT_XATTR}: asks for the long values among {@code wanted}. */
    void attributes(List<ExtendedAttribute> wanted) throws IOException {
        AttributeValues.ask(out, wanted);
    }

    /** Follows an item with {@link ItemFlags#TRANSFER}, unless nothing is transferred: there is no basis. */
    void withoutBasis() throws IOException {
        SumHead.NONE.write(out);
        gather();
    }

    /** Follows an item with {@link ItemFlags#TRANSFER}: the sums of its basis. */
    void basis(OpenFile file, SumHead head, BlockSums.SumHearer hearer) throws IOException {
        BlockSums.generate(file, head, session, out, hearer);
        gather();
    }

    /** The end mark behind which no message is read. */
    void doneWithAll() throws IOException {
        if (wanted == null) {
            out.flushPosted();
        }
        done();
        flush();
    }

    void done() throws IOException {
        if (wanted != null) {
            wanted.done();
            return;
        }
        indexes.write(IndexWriter.DONE);
        unsent++;
    }

    void deleteStatistics(KindCounter deleted) throws IOException {
        if (wanted != null) {
            return;
        }
        indexes.write(IndexWriter.DELETE_STATISTICS);
        deleted.write(out);
    }

    /** Follows an item with {@link ItemFlags#TRANSFER}: only what is behind the part that the basis has is wanted. */
    void appending(SumHead head) throws IOException {
        head.write(out);
        gather();
    }

    /** Sends all; done before every wait. */
    void flush() throws IOException {
        out.flush();
        unsent = 0;
    }

    /** Whether requests stay until {@link #flush}, or until no more of them can be held. */
    void setPatient(boolean yes) {
        patient = yes;
    }

    /** Sends what there is once it is much. */
    void gather() throws IOException {
        if (unsent >= GATHERED && !patient) {
            flush();
        }
    }

    void keepAlive() throws IOException {
        out.keepAlive();
    }
}
