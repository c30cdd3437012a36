package io.sluice.protocol.transfer;

import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.Segment;

/** Tells which directory a segment of an incremental list stands for. */
final class Directories {
    /** None: the list is not incremental, or it is the first segment and the transfer's root is not part of it, or the directory has no name here. */
    static final int NONE = -1;

    private Directories() {}

    /**
     * Returns the directory (see {@link FileEntry#directoryNumber}) that index {@code segment.firstIndex() - 1} means. For the first segment that is
     * the entry {@code .}, if there is one.
     */
    static int of(FileList list, Segment segment) {
        if (segment.number() > 0) {
            return list.directory(segment.directory()).isNameless() ? NONE : segment.directory();
        }
        if (list.directories() == 0 || segment.size() == 0) {
            return NONE;
        }
        FileEntry first = segment.entry(0);
        byte[] path = first.path();
        return first.isDirectory() && path.length == 1 && path[0] == '.' ? first.directoryNumber() : NONE;
    }
}
