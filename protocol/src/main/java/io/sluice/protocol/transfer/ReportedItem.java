package io.sluice.protocol.transfer;

import io.sluice.protocol.event.Item;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.Segment;
import org.jspecify.annotations.Nullable;

/** The listener's view of the entry that a role works on; one object for all of them. */
final class ReportedItem implements Item {
    private static final byte[] NOTHING = {};

    private final boolean sent;
    private final boolean incremental;
    private @Nullable FileEntry entry;
    private @Nullable Segment segment;
    private int index;
    private int flags;
    private byte[] otherName = NOTHING;
    private byte[] sourceDirectory = NOTHING;
    private boolean absolute;
    private long wireBytes;
    private long checksumBytes;
    private byte[] sum = NOTHING;

    ReportedItem(boolean sent, boolean incremental) {
        this.sent = sent;
        this.incremental = incremental;
    }

    /** Shows what {@code item} stands at. */
    ReportedItem show(ItemReader item) {
        show(item.entry(), item.segment(), item.index());
        flags = item.flags();
        otherName = item.isTransfer() ? NOTHING : item.name(); // the name of a basis is not shown
        return this;
    }

    ReportedItem show(FileEntry shown, @Nullable Segment shownSegment, int shownIndex) {
        entry = shown;
        segment = shownSegment;
        index = shownIndex;
        flags = 0;
        otherName = NOTHING;
        wireBytes = 0;
        checksumBytes = 0;
        sum = NOTHING;
        return this;
    }

    /** Shows what the generator stands at, which nobody echoes (protocol < 29). */
    ReportedItem show(Candidate item, int itemFlags, byte[] name) {
        show(item.entry(), null, item.index());
        flags = itemFlags;
        otherName = name;
        return this;
    }

    /**
     * Tells where the sender has it.
     *
     * @param rooted the path began with a slash when it was named
     */
    ReportedItem from(byte[] directory, boolean rooted) {
        sourceDirectory = directory;
        absolute = rooted;
        return this;
    }

    ReportedItem withTraffic(long content, long checksums) {
        wireBytes = content;
        checksumBytes = checksums;
        return this;
    }

    /** {@code digest} is that of the content; the array may be used again after the next {@link #show}. */
    ReportedItem withSum(byte[] digest) {
        sum = digest;
        return this;
    }

    private FileEntry entry() {
        if (entry == null) {
            throw new IllegalStateException("an item is valid only during the call that brings it");
        }
        return entry;
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public boolean sent() {
        return sent;
    }

    @Override
    public byte[] path() {
        return entry().path();
    }

    @Override
    public byte[] shownPath() {
        return absolute ? Paths.absolute(entry().path()) : entry().path();
    }

    @Override
    public int mode() {
        return entry().mode();
    }

    @Override
    public long size() {
        return entry().size();
    }

    @Override
    public long modificationTime() {
        return entry().modificationTime();
    }

    @Override
    public long accessTime() {
        return entry().accessTime();
    }

    @Override
    public int uid() {
        return entry().uid();
    }

    @Override
    public int gid() {
        return entry().gid();
    }

    @Override
    public byte[] linkTarget() {
        return entry().linkTarget();
    }

    @Override
    public byte[] otherName() {
        return otherName;
    }

    @Override
    public long wireBytes() {
        return wireBytes;
    }

    @Override
    public long checksumBytes() {
        return checksumBytes;
    }

    @Override
    public byte[] contentSum() {
        byte[] listed = entry().checksum();
        return listed.length > 0 ? listed : sum.clone();
    }

    @Override
    public byte[] sourceDirectory() {
        return sourceDirectory;
    }

    /** Indexes start at 1 in an incremental list and leave one out before each segment. */
    @Override
    public int place() {
        if (segment == null) {
            return -1;
        }
        int place = index < segment.firstIndex() ? index : entry().place();
        return Math.max(0, incremental ? place - 1 - segment.number() : place - segment.firstIndex());
    }
}
