package io.sluice.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Resolve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Mode, owner and every extended attribute that the kernel lists, of every entry of a tree. */
final class AttributeSnapshot {
    private AttributeSnapshot() {}

    /** Reads a tree; its root does not count. */
    static Map<String, String> of(Path root) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (DirectoryHandle handle = DirectoryHandle.open(root.toString().getBytes(ISO_8859_1))) {
            add(handle, "", entries);
        }
        return entries;
    }

    private static void add(DirectoryHandle directory, String prefix, Map<String, String> entries) throws IOException {
        FileStatus status = new FileStatus();
        try (DirectoryReader reader = directory.read()) {
            while (reader.next()) {
                byte[] name = reader.name();
                directory.status(name, false, status);
                String path = prefix + new String(name, ISO_8859_1);
                entries.put(
                        path,
                        "%o %d:%d".formatted(status.mode(), status.uid(), status.gid()) + attributes(directory, name));
                if (status.isDirectory()) {
                    try (DirectoryHandle child = directory.openDirectory(name, Resolve.NO_SYMLINKS)) {
                        add(child, path + "/", entries);
                    }
                }
            }
        }
    }

    private static String attributes(DirectoryHandle directory, byte[] name) throws IOException {
        ExtendedAttributes file = ExtendedAttributes.of(directory, name);
        Map<String, String> found = new TreeMap<>();
        for (byte[] attribute : file.names()) {
            found.put(
                    new String(attribute, ISO_8859_1),
                    HexFormat.of().formatHex(file.get(attribute).orElseThrow()));
        }
        return " " + found;
    }
}
