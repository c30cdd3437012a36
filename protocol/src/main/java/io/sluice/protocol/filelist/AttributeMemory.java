package io.sluice.protocol.filelist;

import io.sluice.protocol.AllocationLimit;

/**
 * What the extended attributes of a transfer take up, all together. They are kept to its end, as any later file may refer to them, and so are bounded as one array
 * would be: what is beyond {@code --max-alloc} ends the transfer before anything is allocated.
 */
public final class AttributeMemory {
    private final AllocationLimit limit;
    private final String what;
    private long used;

    /** @param what is counted, for the message */
    public AttributeMemory(AllocationLimit limit, String what) {
        this.limit = limit;
        this.what = what;
    }

    /**
     * Counts {@code bytes} more, and returns them.
     *
     * @throws io.sluice.protocol.AllocationException if that is too many
     */
    int take(int bytes) {
        limit.require(used + bytes, Byte.BYTES, what);
        used += bytes;
        return bytes;
    }
}
