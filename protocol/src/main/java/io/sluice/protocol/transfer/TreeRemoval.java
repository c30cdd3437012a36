package io.sluice.protocol.transfer;

import io.sluice.linux.DirectoryReader;
import io.sluice.linux.FileStatus;
import io.sluice.protocol.files.FileTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Removes what stands in the way of a backup, with all its content: no rule is asked. */
final class TreeRemoval {
    private final FileTree tree;
    private final FileStatus status = new FileStatus();

    TreeRemoval(FileTree tree) {
        this.tree = tree;
    }

    void remove(byte[] path) throws IOException {
        if (!tree.status(path, status)) {
            return;
        }
        if (!status.isDirectory()) {
            tree.removeFile(path);
            return;
        }
        for (byte[] name : content(path)) {
            remove(Paths.join(path, name));
        }
        tree.removeDirectory(path);
    }

    private List<byte[]> content(byte[] directory) throws IOException {
        List<byte[]> names = new ArrayList<>();
        try (DirectoryReader reader = tree.list(directory)) {
            while (reader.next()) {
                names.add(reader.name());
            }
        }
        return names;
    }
}
