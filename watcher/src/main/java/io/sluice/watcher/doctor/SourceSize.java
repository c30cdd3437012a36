package io.sluice.watcher.doctor;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.FileStatus;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * How many directories a source has, and how many of them cannot be read.
 *
 * @param directories with the source itself
 * @param unreadable of these
 */
record SourceSize(long directories, long unreadable) {
    static SourceSize of(Path source) throws IOException {
        long directories = 0;
        long unreadable = 0;
        Deque<byte[]> open = new ArrayDeque<>();
        open.push(new byte[] {'.'});
        FileStatus status = new FileStatus();
        byte[] top = source.toString().getBytes(StandardCharsets.UTF_8);
        try (DirectoryHandle root = DirectoryHandle.open(top)) {
            while (!open.isEmpty()) {
                byte[] path = open.pop();
                directories++;
                try (DirectoryReader reader = root.list(path, Resolve.BENEATH)) {
                    while (reader.next()) {
                        if (isDirectory(reader, status)) {
                            open.push(join(path, reader.name()));
                        }
                    }
                } catch (SystemCallException e) {
                    unreadable++;
                }
            }
        }
        return new SourceSize(directories, unreadable);
    }

    private static boolean isDirectory(DirectoryReader reader, FileStatus status) throws IOException {
        return reader.type() == DirectoryReader.TYPE_DIRECTORY
                || (reader.type() == DirectoryReader.TYPE_UNKNOWN
                        && reader.status(false, status)
                        && status.isDirectory());
    }

    private static byte[] join(byte[] directory, byte[] name) {
        byte[] path = Arrays.copyOf(directory, directory.length + 1 + name.length);
        path[directory.length] = '/';
        System.arraycopy(name, 0, path, directory.length + 1, name.length);
        return path;
    }
}
