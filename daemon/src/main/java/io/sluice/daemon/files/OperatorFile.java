package io.sluice.daemon.files;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Identity;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Opens files that the configuration names. A symbolic link on the way is followed only if root or the daemon's own user made it: a link that
 * somebody else planted must not lead the daemon to another file.
 */
public final class OperatorFile {
    private static final int MAX_LINKS = 40;
    private static final byte[] ROOT = {'/'};

    /** What stands before it is the root of what follows, as in the path of a module. */
    private static final String ROOT_END = "/./";

    private final Deque<String> components = new ArrayDeque<>(); // each byte of a name is a char
    private final String path;
    private final byte[] root;
    private DirectoryHandle directory;
    private int links;

    private OperatorFile(String path) throws IOException {
        this.path = path;
        int end = path.startsWith("/") ? path.indexOf(ROOT_END) : -1;
        root = end > 0 ? path.substring(0, end).getBytes(StandardCharsets.UTF_8) : ROOT;
        String inside = end > 0 ? path.substring(end + ROOT_END.length()) : path;
        directory = DirectoryHandle.open(path.startsWith("/") ? root : new byte[] {'.'});
        push(new String(inside.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** A path for the methods here of what is {@code path} to a process whose root is {@code root}; which may be empty, for our own. */
    public static String inside(String root, String path) {
        return root.isEmpty() || path.isEmpty() ? path : root + ROOT_END + path;
    }

    /**
     * Opens a file.
     *
     * @param path absolute, or relative to the working directory
     * @param flags of {@link OpenFlags}
     * @param mode permission bits if it is created
     */
    public static OpenFile open(String path, int flags, int mode) throws IOException {
        OperatorFile file = new OperatorFile(path);
        try {
            return file.walk(flags, mode);
        } finally {
            file.directory.close();
        }
    }

    /**
     * Reads a whole file.
     *
     * @param limit bytes that it may have
     */
    public static byte[] read(String path, int limit) throws IOException {
        try (OpenFile file = open(path, OpenFlags.READ_ONLY, 0)) {
            return readAll(file, path, limit);
        }
    }

    /** Reads the rest of an open file, of at most {@code limit} bytes. */
    public static byte[] readAll(OpenFile file, String path, int limit) throws IOException {
        FileStatus status = new FileStatus();
        file.status(status);
        if (status.size() > limit) {
            throw new IOException(path + ": " + status.size() + " bytes (expected: <= " + limit + ")");
        }
        byte[] content = new byte[(int) status.size()];
        int length = 0;
        while (length < content.length) {
            int count = file.read(content, length, content.length - length);
            if (count <= 0) {
                break;
            }
            length += count;
        }
        return length == content.length ? content : Arrays.copyOf(content, length);
    }

    private OpenFile walk(int flags, int mode) throws IOException {
        while (true) {
            String component = components.isEmpty() ? "." : components.pop();
            if (followLink(component)) {
                continue;
            }
            if (components.isEmpty()) {
                return directory.openFile(bytes(component), flags | OpenFlags.NO_FOLLOW, mode, Resolve.NO_SYMLINKS);
            }
            enter(component);
        }
    }

    private void enter(String component) throws IOException {
        if (component.equals("..") && isRoot()) {
            return;
        }
        DirectoryHandle next = directory.openDirectory(bytes(component), Resolve.NO_SYMLINKS);
        directory.close();
        directory = next;
    }

    private boolean isRoot() throws IOException {
        FileStatus here = new FileStatus();
        FileStatus top = new FileStatus();
        try (DirectoryHandle whole = DirectoryHandle.open(root)) {
            byte[] dot = {'.'};
            return directory.status(dot, false, here)
                    && whole.status(dot, false, top)
                    && here.device() == top.device()
                    && here.inode() == top.inode();
        }
    }

    /** If {@code component} is a link that may be followed, puts its target before what is left of the path. */
    private boolean followLink(String component) throws IOException {
        byte[] name = bytes(component);
        FileStatus status = new FileStatus();
        if (!directory.status(name, false, status) || !status.isSymlink()) {
            return false;
        }
        String target;
        // Whose it is and where it leads is asked of the link that is open: another one may take its name meanwhile.
        try (OpenFile link = directory.openFile(name, OpenFlags.PATH | OpenFlags.NO_FOLLOW, 0, Resolve.NONE)) {
            link.status(status);
            boolean trusted = status.isSymlink() && (status.uid() == 0 || status.uid() == Identity.effectiveUser());
            if (!trusted || ++links > MAX_LINKS) {
                throw new SystemCallException("openat2", Errno.ELOOP, path);
            }
            target = new String(link.readLink(), StandardCharsets.ISO_8859_1);
        }
        if (target.startsWith("/")) {
            directory.close();
            directory = DirectoryHandle.open(root);
        }
        push(target);
        return true;
    }

    private void push(String target) {
        String[] parts = target.split("/+", -1);
        for (int i = parts.length - 1; i >= 0; i--) {
            if (!parts[i].isEmpty()) {
                components.push(parts[i]);
            }
        }
    }

    private static byte[] bytes(String component) {
        return component.getBytes(StandardCharsets.ISO_8859_1);
    }
}
