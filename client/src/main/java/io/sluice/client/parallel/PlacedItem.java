package io.sluice.client.parallel;

import io.sluice.protocol.event.Item;

/** An item as the whole transfer sees it: with other flags, or another place in the list. */
record PlacedItem(Item item, int flags, int place) implements Item {
    @Override
    public byte[] path() {
        return item.path();
    }

    @Override
    public boolean sent() {
        return item.sent();
    }

    @Override
    public int mode() {
        return item.mode();
    }

    @Override
    public long size() {
        return item.size();
    }

    @Override
    public long modificationTime() {
        return item.modificationTime();
    }

    @Override
    public long accessTime() {
        return item.accessTime();
    }

    @Override
    public int uid() {
        return item.uid();
    }

    @Override
    public int gid() {
        return item.gid();
    }

    @Override
    public byte[] linkTarget() {
        return item.linkTarget();
    }

    @Override
    public byte[] otherName() {
        return item.otherName();
    }

    @Override
    public long wireBytes() {
        return item.wireBytes();
    }

    @Override
    public long checksumBytes() {
        return item.checksumBytes();
    }

    @Override
    public byte[] contentSum() {
        return item.contentSum();
    }

    @Override
    public byte[] shownPath() {
        return item.shownPath();
    }

    @Override
    public byte[] sourceDirectory() {
        return item.sourceDirectory();
    }
}
