package io.sluice.protocol.filelist;

import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import java.io.IOException;

/** Whether files may be read by whom this thread is: the kernel is asked by the very call, as access(2) knows only whom the process began as. */
final class Readability {
    private static final int ANY_READ = 0444;

    private Readability() {}

    /** A symlink always; what opening would do something to, if its permissions let anybody. */
    static boolean mayRead(SourceTree tree, byte[] path, FileStatus status) throws IOException {
        if (status.isSymlink()) {
            return true;
        }
        byte[] below = SourceTree.below(path);
        try {
            if (status.isDirectory()) {
                tree.tree().list(below).close();
                return true;
            }
            if (status.isRegular()) {
                tree.tree().openForReadingFollowing(below).close();
                return true;
            }
            return (status.mode() & ANY_READ) != 0;
        } catch (SystemCallException e) {
            return false;
        }
    }
}
