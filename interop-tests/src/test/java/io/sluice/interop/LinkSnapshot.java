package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Resolve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which names of a tree are one file. */
final class LinkSnapshot {
    private final Map<Long, TreeSet<String>> groups = new HashMap<>();

    private LinkSnapshot() {}

    /** Each name of a file that has another one in the tree, with the first of all its names. */
    static Map<String, String> of(Path root) throws IOException {
        LinkSnapshot snapshot = new LinkSnapshot();
        try (DirectoryHandle handle = DirectoryHandle.open(root.toString().getBytes(ISO_8859_1))) {
            snapshot.add(handle, "");
        }
        Map<String, String> found = new TreeMap<>();
        for (TreeSet<String> names : snapshot.groups.values()) {
            if (names.size() > 1) {
                names.forEach(name -> found.put(name, "linked to " + names.getFirst()));
            }
        }
        return found;
    }

    private void add(DirectoryHandle directory, String prefix) throws IOException {
        FileStatus status = new FileStatus();
        try (DirectoryReader reader = directory.read()) {
            while (reader.next()) {
                byte[] name = reader.name();
                if (!directory.status(name, false, status)) {
                    throw new IOException("vanished while comparing: " + prefix + new String(name, ISO_8859_1));
                }
                String path = prefix + new String(name, ISO_8859_1);
                if (status.isDirectory()) {
                    try (DirectoryHandle child = directory.openDirectory(name, Resolve.NO_SYMLINKS)) {
                        add(child, path + "/");
                    }
                } else if (!status.isSymlink()) {
                    groups.computeIfAbsent(status.inode(), inode -> new TreeSet<>())
                            .add(path);
                }
            }
        }
    }
}
