package io.sluice.protocol.transfer;

import io.sluice.linux.FileMode;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.event.TransferStatistics.Counts;
import io.sluice.protocol.wire.WireInput;
import io.sluice.protocol.wire.WireOutput;
import java.io.IOException;

/** Counts files by kind. Used by one thread at a time. */
final class KindCounter {
    private long regular;
    private long directories;
    private long symlinks;
    private long devices;
    private long specials;

    void count(int mode) {
        switch (mode & FileMode.TYPE_MASK) {
            case FileMode.REGULAR -> regular++;
            case FileMode.DIRECTORY -> directories++;
            case FileMode.SYMLINK -> symlinks++;
            case FileMode.BLOCK_DEVICE, FileMode.CHARACTER_DEVICE -> devices++;
            default -> specials++;
        }
    }

    Counts counts() {
        return new Counts(regular, directories, symlinks, devices, specials);
    }

    long total() {
        return counts().total();
    }

    /** Writes five varints: regular files, directories, symlinks, devices, specials. */
    void write(WireOutput out) throws IOException {
        out.writeVarInt((int) regular);
        out.writeVarInt((int) directories);
        out.writeVarInt((int) symlinks);
        out.writeVarInt((int) devices);
        out.writeVarInt((int) specials);
    }

    /** Takes the place of what was counted. */
    void read(WireInput in) throws IOException {
        regular = readCount(in);
        directories = readCount(in);
        symlinks = readCount(in);
        devices = readCount(in);
        specials = readCount(in);
    }

    private static int readCount(WireInput in) throws IOException {
        int count = in.readVarInt();
        if (count < 0) {
            throw new ProtocolException("deleted files: " + count + " (expected: >= 0)");
        }
        return count;
    }
}
