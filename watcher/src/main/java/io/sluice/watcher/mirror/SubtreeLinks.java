package io.sluice.watcher.mirror;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import io.sluice.watcher.mirror.StoodFor.Inode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Looks which files in subtrees that are to be pushed have names outside of them: only in one session with these they stay
 * names of one file.
 */
final class SubtreeLinks {
    private static final int MAX_FILES = 100_000;

    private final LinkedNames links;
    /** How many names each file has that were not found. */
    private final Map<Inode, Integer> missing = new HashMap<>();

    SubtreeLinks(LinkedNames links) {
        this.links = links;
    }

    /**
     * Looks.
     *
     * @param outside hears of the files that have names elsewhere
     * @return false: there are too many files with several names to tell
     */
    boolean scan(DirectoryHandle root, List<byte[]> subtrees, Consumer<Inode> outside) throws IOException {
        for (byte[] path : subtrees) {
            scan(root, path, path);
        }
        if (missing.size() > MAX_FILES) {
            return false;
        }
        missing.forEach((inode, number) -> {
            if (number > 0) {
                outside.accept(inode);
            }
        });
        return true;
    }

    private void scan(DirectoryHandle parent, byte[] name, byte[] path) throws IOException {
        try (DirectoryHandle directory = parent.openDirectory(name, Resolve.NO_SYMLINKS)) {
            scan(directory, path);
        } catch (SystemCallException e) {
            // Gone meanwhile, or not ours to read: what is in it cannot be pushed either.
        }
    }

    private void scan(DirectoryHandle directory, byte[] path) throws IOException {
        List<byte[]> below = new ArrayList<>();
        FileStatus status = new FileStatus();
        try (DirectoryReader reader = directory.read()) {
            while (reader.next() && missing.size() <= MAX_FILES) {
                if (reader.type() == DirectoryReader.TYPE_DIRECTORY) {
                    below.add(reader.name());
                } else if (reader.status(false, status)) {
                    if (status.isDirectory()) {
                        below.add(reader.name());
                    } else if (status.linkCount() > 1) {
                        found(PathText.join(path, reader.name()), status);
                    }
                }
            }
        }
        for (byte[] name : below) {
            scan(directory, name, PathText.join(path, name));
        }
    }

    private void found(byte[] path, FileStatus status) {
        links.saw(path, status);
        Inode inode = new Inode(status.device(), status.inode());
        missing.merge(inode, status.linkCount() - 1, (number, first) -> number - 1);
    }
}
