package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.wire.MessageTag;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tells the sender which entries are in their places, if it is to remove those ({@code --remove-source-files}). Used by the generator. */
final class Receipts {
    private final FileTree tree;
    private final WireOutput out;
    private final boolean wanted;
    private final boolean local;
    private final FileStatus status = new FileStatus();

    Receipts(Site site, WireOutput out) {
        this.tree = site.tree();
        this.out = out;
        var deletion = site.options().deletion();
        this.wanted = deletion.sourceFiles() && !site.dryRun();
        this.local = deletion.local();
    }

    boolean wanted() {
        return wanted;
    }

    /** The entry with this index is in its place, {@code path}. */
    void arrived(int index, byte[] path) throws IOException {
        if (!wanted) {
            return;
        }
        ByteBuffer numbers = ByteBuffer.allocate(local ? Integer.BYTES + 2 * Long.BYTES : Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(index);
        if (local && tree.status(path, status)) {
            numbers.putLong(status.device()).putLong(status.inode());
        }
        out.post(MessageTag.SUCCESS, numbers.array());
    }
}
