package io.sluice.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;

/** Gives trees the times of another day: rsync takes two times within one second for equal. */
public final class LongAgo {
    private static final FileTime USUAL = FileTime.from(Instant.ofEpochSecond(1_000_000_000));

    private LongAgo() {}

    /** Everything at and below {@code root} that is no link is of one second. */
    public static void set(Path root) throws IOException {
        set(root, USUAL);
    }

    /** Every directory at and below {@code root} is of one second; files keep their times. */
    static void setDirectories(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Files.setLastModifiedTime(path, USUAL);
            }
        }
    }

    static void set(Path root, FileTime time) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                if (!Files.isSymbolicLink(path)) {
                    Files.setLastModifiedTime(path, time);
                }
            }
        }
    }
}
