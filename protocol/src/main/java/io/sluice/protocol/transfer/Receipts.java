package io.sluice.protocol.transfer;

import io.sluice.protocol.wire.MessageTag;
import io.sluice.protocol.wire.WireOutput;

/** Tells the sender which entries are in their places, if it is to remove those ({@code --remove-source-files}). Used by the generator. */
final class Receipts {
    private final WireOutput out;
    private final boolean wanted;

    Receipts(Site site, WireOutput out) {
        this.out = out;
        this.wanted = site.options().deletion().sourceFiles() && !site.dryRun();
    }

    /** The entry with this index is in its place. */
    void arrived(int index) {
        if (wanted) {
            byte[] number = {(byte) index, (byte) (index >> 8), (byte) (index >> 16), (byte) (index >> 24)};
            out.post(MessageTag.SUCCESS, number);
        }
    }
}
