package io.sluice.client.output;

import io.sluice.protocol.event.Item;
import io.sluice.protocol.event.ItemFlags;

/** What is known of something that the receiving side removed: its name and whether it was a directory. */
record RemovedItem(byte[] path, boolean directory) implements Item {
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;

    @Override
    public int flags() {
        return ItemFlags.DELETED;
    }

    @Override
    public boolean sent() {
        return true;
    }

    @Override
    public int mode() {
        return directory ? DIRECTORY : REGULAR;
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public long modificationTime() {
        return 0;
    }

    @Override
    public int uid() {
        return 0;
    }

    @Override
    public int gid() {
        return 0;
    }

    @Override
    public byte[] linkTarget() {
        return new byte[0];
    }

    @Override
    public byte[] otherName() {
        return new byte[0];
    }

    @Override
    public long wireBytes() {
        return 0;
    }
}
