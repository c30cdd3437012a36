package io.sluice.protocol.delta;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with given content, open until closed and then gone. */
final class DiskFile implements AutoCloseable {
    private final Path path;
    private final OpenFile file;

    DiskFile(byte[] content) throws IOException {
        this(content, OpenFlags.READ_ONLY);
    }

    DiskFile(byte[] content, int flags) throws IOException {
        Path directory = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        path = Files.createTempFile(directory, "sluice-delta", null);
        Files.write(path, content);
        try (DirectoryHandle handle = DirectoryHandle.open(bytes(directory))) {
            file = handle.openFile(bytes(directory.relativize(path)), flags, 0, Resolve.BENEATH);
        }
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    OpenFile file() {
        return file;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        file.close();
        Files.deleteIfExists(path);
    }
}
