package io.sluice.protocol.filelist;

import io.sluice.protocol.event.TransferStatistics.Counts;

/** Counts entries by kind, and the bytes of those that have content. */
final class Tally {
    private long regular;
    private long directories;
    private long symlinks;
    private long devices;
    private long specials;
    private long totalSize;

    void add(int mode, long size) {
        if (Modes.isDirectory(mode)) {
            directories++;
        } else if (Modes.isSymlink(mode)) {
            symlinks++;
            totalSize += size;
        } else if (Modes.isDevice(mode)) {
            devices++;
        } else if (Modes.isSpecial(mode)) {
            specials++;
        } else {
            regular++;
            totalSize += Modes.isRegular(mode) ? size : 0;
        }
    }

    void add(Segment segment) {
        Counts counts = segment.counts();
        regular += counts.regular();
        directories += counts.directories();
        symlinks += counts.symlinks();
        devices += counts.devices();
        specials += counts.specials();
        totalSize += segment.totalSize();
    }

    Counts counts() {
        return new Counts(regular, directories, symlinks, devices, specials);
    }

    long totalSize() {
        return totalSize;
    }
}
