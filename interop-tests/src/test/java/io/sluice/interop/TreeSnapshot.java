package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Everything a transfer carries over, of every entry of a tree: type and mode, owner, group, size, time to the nanosecond, device number, link target and a
 * sum of the content. Names are bytes, a character each. Two equal snapshots are two equal trees.
 */
public final class TreeSnapshot {
    private static final int BUFFER = 1 << 20;

    private final Map<String, String> entries = new TreeMap<>();
    private final byte[] buffer = new byte[BUFFER];

    private TreeSnapshot() {}

    /** Reads a tree; its root counts by mode and time only, as the name {@code .}. */
    public static Map<String, String> of(Path root) throws IOException {
        TreeSnapshot snapshot = new TreeSnapshot();
        try (DirectoryHandle directory = DirectoryHandle.open(root.toString().getBytes(ISO_8859_1))) {
            FileStatus status = new FileStatus();
            directory.status(status);
            snapshot.entries.put(".", describe(status));
            snapshot.add(directory, "");
        }
        return snapshot.entries;
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
                entries.put(path, describe(status) + content(directory, name, status));
                if (status.isDirectory()) {
                    try (DirectoryHandle child = directory.openDirectory(name, Resolve.NO_SYMLINKS)) {
                        add(child, path + "/");
                    }
                }
            }
        }
    }

    private static String describe(FileStatus status) {
        String size = status.isDirectory() ? "" : " size=" + status.size();
        return "%o uid=%d gid=%d%s mtime=%d.%09d"
                .formatted(status.mode(), status.uid(), status.gid(), size, status.mtimeSeconds(), status.mtimeNanos());
    }

    private String content(DirectoryHandle directory, byte[] name, FileStatus status) throws IOException {
        if (status.isSymlink()) {
            return " -> " + new String(directory.readLink(name), ISO_8859_1);
        }
        if (status.isDevice()) {
            return " device=" + status.rdevMajor() + "," + status.rdevMinor();
        }
        return status.isRegular() ? " crc=" + sum(directory, name) : "";
    }

    private long sum(DirectoryHandle directory, byte[] name) throws IOException {
        CRC32C sum = new CRC32C();
        try (OpenFile file = directory.openFile(name, OpenFlags.READ_ONLY, 0, Resolve.NO_SYMLINKS)) {
            for (int count; (count = file.read(buffer, 0, BUFFER)) > 0; ) {
                sum.update(buffer, 0, count);
            }
        }
        return sum.getValue();
    }
}
