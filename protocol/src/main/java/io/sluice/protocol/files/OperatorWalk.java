package io.sluice.protocol.files;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Identity;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Walks a path that the operator named, one component at a time: a symlink on it is followed if root or the caller owns it, so nobody else can redirect
 * what the operator meant. Each component is opened before it is judged. {@code /proc/self/fd/7/…} starts at what the caller has open, even where that was
 * moved, as a wrapper that pinned a directory means it.
 */
final class OperatorWalk {
    /** As many links as the kernel follows. */
    private static final int MAX_LINKS = 40;

    private static final byte[] ROOT = {'/'};
    private static final byte[] PROCESSES = {'/', 'p', 'r', 'o', 'c'};

    private OperatorWalk() {}

    /** Opens the directory as a place to start from: no permission to read it is needed. */
    static DirectoryHandle openDirectory(DirectoryHandle start, byte[] path) throws IOException {
        try (Walk walk = new Walk(start, path)) {
            walk.run();
            return walk.here.openPlace(walk.last, Resolve.NO_SYMLINKS);
        }
    }

    /** Opens whatever is there, without a right to its content. */
    static OpenFile openAny(DirectoryHandle start, byte[] path) throws IOException {
        try (Walk walk = new Walk(start, path)) {
            walk.run();
            return walk.here.openFile(walk.last, OpenFlags.PATH, 0, Resolve.NO_SYMLINKS);
        }
    }

    /**
     * Opens a file.
     *
     * @param flags of {@link OpenFlags}
     * @param mode if it is created
     */
    static OpenFile openFile(DirectoryHandle start, byte[] path, int flags, int mode) throws IOException {
        try (Walk walk = new Walk(start, path)) {
            walk.run();
            return walk.here.openFile(walk.last, flags | OpenFlags.NO_FOLLOW, mode, Resolve.NO_SYMLINKS);
        }
    }

    private static final class Walk implements AutoCloseable {
        private final byte[] whole;
        private final Deque<byte[]> ahead = new ArrayDeque<>();
        private final FileStatus status = new FileStatus();
        private DirectoryHandle here;
        private byte[] last = Paths.HERE;
        private int links;

        Walk(DirectoryHandle start, byte[] path) throws IOException {
            this.whole = path;
            this.here = start.duplicate();
            push(path);
        }

        /** Ends with {@link #here} and {@link #last}, which is no symlink that could still be followed. */
        void run() throws IOException {
            while (!ahead.isEmpty()) {
                byte[] component = ahead.pop();
                if (Arrays.equals(component, ROOT)) {
                    enter(DirectoryHandle.open(ROOT));
                    last = Paths.HERE;
                    continue;
                }
                if (follow(component)) {
                    continue;
                }
                if (ahead.isEmpty()) {
                    last = component;
                } else {
                    enter(here.openPlace(component, Resolve.NO_SYMLINKS));
                }
            }
        }

        private boolean follow(byte[] component) throws IOException {
            if (!here.status(component, false, status) || !status.isSymlink()) {
                return false;
            }
            try (OpenFile link = here.openFile(component, OpenFlags.PATH | OpenFlags.NO_FOLLOW, 0, Resolve.NONE)) {
                link.status(status);
                if (!status.isSymlink()) {
                    throw new SystemCallException("open", Errno.EAGAIN, whole);
                }
                if (status.uid() != 0 && status.uid() != Identity.effectiveUser()) {
                    throw new SystemCallException(
                            "open (a symlink on the way belongs to another user)", Errno.EACCES, whole);
                }
                if (++links > MAX_LINKS) {
                    throw new SystemCallException("open", Errno.ELOOP, whole);
                }
                last = Paths.HERE;
                if (!isEntered(component)) {
                    push(link.readLink());
                }
                return true;
            }
        }

        /** A link of {@code /proc} may stand for a directory that is open, wherever that is by now: the kernel knows, the link's text does not. */
        private boolean isEntered(byte[] component) throws IOException {
            long device = status.device();
            if (device != deviceOfProcesses()) {
                return false;
            }
            try {
                enter(here.openPlace(component, Resolve.UNRESTRICTED));
                return true;
            } catch (SystemCallException e) {
                if (e.errno() == Errno.ENOTDIR || e.errno() == Errno.ENOENT) {
                    return false;
                }
                throw e;
            }
        }

        private long deviceOfProcesses() throws IOException {
            try (DirectoryHandle processes = DirectoryHandle.open(PROCESSES)) {
                processes.status(Paths.HERE, false, status);
                return status.device();
            } catch (SystemCallException e) {
                return -1;
            }
        }

        private void push(byte[] path) {
            int end = path.length;
            while (end > 0) {
                int start = end;
                while (start > 0 && path[start - 1] != Paths.SLASH) {
                    start--;
                }
                if (start < end) {
                    ahead.push(Arrays.copyOfRange(path, start, end));
                }
                end = start - 1;
            }
            if (path.length > 0 && path[0] == Paths.SLASH) {
                ahead.push(ROOT);
            }
        }

        private void enter(DirectoryHandle next) throws IOException {
            here.close();
            here = next;
        }

        @Override
        public void close() throws IOException {
            here.close();
        }
    }
}
