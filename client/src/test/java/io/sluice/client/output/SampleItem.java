package io.sluice.client.output;

import io.sluice.protocol.event.Item;
import java.nio.charset.StandardCharsets;

/** An item made up for a test. Texts have one character per byte. */
record SampleItem(int flags, boolean sent, String name, int mode, long size, String target, int place) implements Item {
    static final int REGULAR = 0100644;
    static final int DIRECTORY = 0040755;
    static final int SYMLINK = 0120777;
    static final long TIME = 1_795_249_149; // 2026/11/21 08:19:09 UTC

    static SampleItem file(int flags, String name, long size) {
        return new SampleItem(flags, true, name, REGULAR, size, "", 1);
    }

    static SampleItem directory(int flags, String name) {
        return new SampleItem(flags, true, name, DIRECTORY, 4096, "", 0);
    }

    static SampleItem symlink(int flags, String name, String target) {
        return new SampleItem(flags, true, name, SYMLINK, target.length(), target, 2);
    }

    @Override
    public byte[] path() {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public long modificationTime() {
        return TIME;
    }

    @Override
    public int uid() {
        return 0;
    }

    @Override
    public int gid() {
        return 7;
    }

    @Override
    public byte[] linkTarget() {
        return target.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte[] otherName() {
        return new byte[0];
    }

    @Override
    public long wireBytes() {
        return 49;
    }

    @Override
    public long checksumBytes() {
        return 16;
    }

    @Override
    public byte[] contentSum() {
        return name.equals("summed") ? new byte[] {0x01, (byte) 0xAB} : new byte[0];
    }

    @Override
    public byte[] sourceDirectory() {
        return "src".getBytes(StandardCharsets.ISO_8859_1);
    }
}
