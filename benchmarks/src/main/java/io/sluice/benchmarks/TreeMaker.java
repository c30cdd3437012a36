package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Makes trees whose names, contents, modes and times depend on their size alone, so that two made alike are equal. */
final class TreeMaker {
    private static final long SEED = 0x51_0C_E0;
    private static final Instant OLDEST = Instant.parse("2026-01-02T03:04:05.678901234Z");
    private static final int FILES_PER_DIRECTORY = 100;
    private static final int DIRECTORIES_PER_DIRECTORY = 20;
    private static final int BUFFER = 1 << 20;
    private static final List<String> MODES = List.of("rw-r--r--", "rw-------", "rwxr-xr-x", "r--r--r--");

    private static final int EDITS = 64;
    private static final int EDIT_BYTES = 100;
    private static final int SHIFT_BYTES = 1_000;

    private TreeMaker() {}

    /** Makes a directory of {@code files} files of {@code fileBytes} bytes each, a hundred in a directory. */
    static void make(Path top, int files, long fileBytes) throws IOException {
        List<Path> directories = new ArrayList<>(List.of(Files.createDirectories(top)));
        Path directory = top;
        byte[] buffer = new byte[(int) Math.min(BUFFER, fileBytes)];
        for (int number = 0; number < files; number++) {
            if (files > FILES_PER_DIRECTORY && number % FILES_PER_DIRECTORY == 0) {
                directory = directory(top, number / FILES_PER_DIRECTORY, directories);
            }
            Path file = directory.resolve(name(number));
            write(file, new SplittableRandom(SEED + number), fileBytes, buffer);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(MODES.get(number % MODES.size())));
            setTime(file, number);
        }
        for (int last = directories.size() - 1; last >= 0; last--) {
            setTime(directories.get(last), last);
        }
    }

    /** The name of the {@code number}th file made. */
    static String name(int number) {
        return "file-" + number + ".html";
    }

    private static Path directory(Path top, int number, List<Path> directories) throws IOException {
        Path parent = top.resolve("section-" + number / DIRECTORIES_PER_DIRECTORY);
        if (number % DIRECTORIES_PER_DIRECTORY == 0) {
            directories.add(Files.createDirectory(parent));
        }
        Path directory = Files.createDirectory(parent.resolve("page-" + number));
        directories.add(directory);
        return directory;
    }

    private static void write(Path file, RandomGenerator random, long bytes, byte[] buffer) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long left = bytes; left > 0; left -= buffer.length) {
                random.nextBytes(buffer);
                writeFully(channel, ByteBuffer.wrap(buffer, 0, (int) Math.min(left, buffer.length)));
            }
        }
    }

    /**
     * Makes {@code newer} from {@code older}, a large file: 64 places of 100 bytes changed, and 1,000 bytes put in after a third, which
     * shifts all that follows.
     */
    static void edit(Path older, Path newer) throws IOException {
        RandomGenerator random = new SplittableRandom(SEED - 1);
        try (FileChannel in = FileChannel.open(older);
                FileChannel out = FileChannel.open(newer, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long shift = in.size() / 3;
            copy(in, 0, shift, out);
            byte[] inserted = new byte[SHIFT_BYTES];
            random.nextBytes(inserted);
            writeFully(out, ByteBuffer.wrap(inserted));
            copy(in, shift, in.size(), out);
            byte[] edit = new byte[EDIT_BYTES];
            for (int number = 0; number < EDITS; number++) {
                random.nextBytes(edit);
                long at = (out.size() - EDIT_BYTES) / EDITS * number + random.nextInt(EDIT_BYTES);
                out.write(ByteBuffer.wrap(edit), at);
            }
        }
        setTime(newer, EDITS);
    }

    private static void copy(FileChannel in, long from, long to, FileChannel out) throws IOException {
        long at = from;
        while (at < to) {
            at += in.transferTo(at, to - at, out);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Gives a file the time of the {@code number}th one made. */
    static void setTime(Path file, int number) throws IOException {
        FileTime time = FileTime.from(OLDEST.plusSeconds(number).plusNanos(number));
        Files.setAttribute(file, "lastModifiedTime", time, LinkOption.NOFOLLOW_LINKS);
    }
}
