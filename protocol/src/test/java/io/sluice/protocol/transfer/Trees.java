package io.sluice.protocol.transfer;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes trees for tests, and tells them completely, so that two can be compared. */
final class Trees {
    private Trees() {}

    /** Makes a tree of {@code files} files in directories of 20, with links, and with times and modes that differ. */
    static void fill(Path root, int files, long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < files; i++) {
            Path directory = root.resolve("d" + i % 7).resolve("e" + i / 20);
            Files.createDirectories(directory);
            Path file = directory.resolve("f" + i + (i % 11 == 0 ? " with space" : "") + (i % 13 == 0 ? "\n" : ""));
            write(file, random, i % 97 == 0 ? 200_000 : random.nextInt(3000));
            if (i % 10 == 0) {
                Path link = Files.createSymbolicLink(directory.resolve("l" + i), Path.of("f" + i));
                // Long ago: rsync takes times of the same second for equal.
                Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setTimes(time(-1000 - i), null, null);
            }
            if (i % 5 == 0) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x---"));
            }
        }
        Files.createDirectories(root.resolve("empty/inner"));
        touchDirectories(root);
    }

    static void write(Path file, Random random, int length) throws IOException {
        byte[] content = new byte[length];
        random.nextBytes(content);
        Files.write(file, content);
        Files.setLastModifiedTime(file, time(random.nextInt(1_000_000)));
    }

    /** Makes {@code copy} an older state of {@code root}: files edited, missing, too many, of another type, with other times and modes. */
    static void age(Path root, Path copy, long seed) throws IOException {
        Random random = new Random(seed);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.sorted().toList();
        }
        for (Path path : files) {
            Path old = copy.resolve(root.relativize(path).toString());
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(old);
            } else {
                ageFile(path, old, random);
            }
        }
        Files.createDirectories(copy.resolve("extra/deep"));
        Files.writeString(copy.resolve("extra/deep/file"), "to be deleted");
        Files.writeString(copy.resolve("d1/extra"), "to be deleted");
    }

    private static void ageFile(Path path, Path old, Random random) throws IOException {
        int kind = random.nextInt(12);
        if (kind == 0) {
            return;
        }
        if (kind == 1) {
            Files.createDirectories(old.resolve("directory/in the way"));
            return;
        }
        Files.copy(path, old, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        if (Files.isSymbolicLink(old)) {
            Files.delete(old);
            Files.createSymbolicLink(old, Path.of(kind % 2 == 0 ? "elsewhere" : "f" + kind));
        } else if (kind < 5) {
            edit(old, random);
        } else if (kind == 5) {
            Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-------"));
        } else if (kind == 6) {
            Files.setLastModifiedTime(old, time(-random.nextInt(1000)));
        }
    }

    private static void edit(Path file, Random random) throws IOException {
        byte[] content = Files.readAllBytes(file);
        int at = content.length == 0 ? 0 : random.nextInt(content.length);
        byte[] edited = new byte[content.length + 37];
        System.arraycopy(content, 0, edited, 0, at);
        System.arraycopy(content, at, edited, at + 37, content.length - at);
        Files.write(file, edited);
    }

    /** A time with nanoseconds in the past. */
    static FileTime time(int offset) {
        return FileTime.from(Instant.ofEpochSecond(1_700_000_000L + offset, 123_456_789));
    }

    private static void touchDirectories(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.setLastModifiedTime(directory, time(directory.toString().hashCode() & 0xFFFF));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Returns path → everything about it: type, mode, owner, time (with nanoseconds, if {@code nanos}), target, size and hash of the content. */
    static Map<String, String> tell(Path root, boolean nanos) throws IOException {
        Map<String, String> all = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                all.put(root.relativize(directory) + "/", describe(directory, nanos));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                all.put(root.relativize(file).toString(), describe(file, nanos));
                return FileVisitResult.CONTINUE;
            }
        });
        return all;
    }

    /** Returns a line for each path that is not the same in both trees. */
    static List<String> differences(Path one, Path other, boolean nanos) throws IOException {
        Map<String, String> expected = tell(one, nanos);
        Map<String, String> actual = tell(other, nanos);
        List<String> lines = new ArrayList<>();
        TreeSet<String> paths = new TreeSet<>(expected.keySet());
        paths.addAll(actual.keySet());
        for (String path : paths) {
            if (!Objects.equals(expected.get(path), actual.get(path))) {
                lines.add(path + ": " + expected.get(path) + " <> " + actual.get(path));
            }
        }
        return lines;
    }

    private static String describe(Path path, boolean nanos) throws IOException {
        Map<String, Object> status =
                Files.readAttributes(path, "unix:mode,uid,gid,size,lastModifiedTime,rdev", LinkOption.NOFOLLOW_LINKS);
        Instant time =
                Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
        String content = "";
        if (Files.isSymbolicLink(path)) {
            content = Files.readSymbolicLink(path).toString();
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            content = status.get("size") + ":" + Arrays.hashCode(Files.readAllBytes(path));
        }
        return String.format(
                "%s %s:%s %s %s %s",
                status.get("mode"),
                status.get("uid"),
                status.get("gid"),
                nanos ? time : Instant.ofEpochSecond(time.getEpochSecond()),
                status.get("rdev"),
                content);
    }
}
