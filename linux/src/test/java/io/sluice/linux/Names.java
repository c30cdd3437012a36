package io.sluice.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Names and directories for tests. */
final class Names {
    private Names() {}

    /** One byte a character, up to 0xFF. */
    static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    static DirectoryHandle open(Path directory) throws IOException {
        return DirectoryHandle.open(bytes(directory.toString()));
    }

    /** Makes a regular file with a content. */
    static void write(DirectoryHandle directory, String name, String content) throws IOException {
        int flags = OpenFlags.WRITE_ONLY | OpenFlags.CREATE | OpenFlags.TRUNCATE;
        try (OpenFile file = directory.openFile(bytes(name), flags, 0644, Resolve.BENEATH)) {
            file.write(bytes(content), 0, content.length());
        }
    }

    static String read(DirectoryHandle directory, String name) throws IOException {
        try (OpenFile file = directory.openFile(bytes(name), OpenFlags.READ_ONLY, 0, Resolve.BENEATH)) {
            byte[] content = new byte[1024];
            int count = file.read(content, 0, content.length);
            return count < 0 ? "" : new String(content, 0, count, StandardCharsets.ISO_8859_1);
        }
    }

    static boolean exists(DirectoryHandle directory, String name) throws IOException {
        return directory.status(bytes(name), false, new FileStatus());
    }
}
