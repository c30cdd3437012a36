package io.sluice.watcher.inotifytools;

import io.sluice.client.command.ByteText;
import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Files that the command line names, found from the working directory as anybody's are. */
final class OperatorFile {
    private static final int MODE = 0600;
    private static final byte[] HERE = {'.'};

    private OperatorFile() {}

    static InputStream read(String path) throws IOException {
        return open(path, OpenFlags.READ_ONLY).input();
    }

    /** Appends to a file, which is made if there is none. */
    static OutputStream append(String path) throws IOException {
        return open(path, OpenFlags.WRITE_ONLY | OpenFlags.CREATE | OpenFlags.APPEND)
                .output();
    }

    private static OpenFile open(String path, int flags) throws IOException {
        try (DirectoryHandle here = DirectoryHandle.place(HERE)) {
            return here.openFile(ByteText.bytes(path), flags, MODE, Resolve.UNRESTRICTED);
        }
    }
}
