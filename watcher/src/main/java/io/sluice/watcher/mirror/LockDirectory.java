package io.sluice.watcher.mirror;

import io.sluice.linux.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The directory in which all mirrors of a user lock what is theirs: {@code sluice} in {@code XDG_RUNTIME_DIR}; for root
 * {@code /run/sluice}; where there is no such place, {@code sluice-UID} in the directory for temporary files. It has to
 * belong to the user, as whoever may write to it can keep mirrors from beginning.
 */
final class LockDirectory {
    private static final Path RUN = Path.of("/run");

    private LockDirectory() {}

    /** Makes it if need be. */
    static Path of(Map<String, String> environment) throws IOException {
        int user = Identity.effectiveUser();
        Path directory = path(environment, user);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            var forOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(directory, forOwner);
        }
        Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(user)) {
            throw new IOException("lock directory: " + directory + " (expected: one that belongs to user " + user
                    + "; XDG_RUNTIME_DIR names the directory that it is in)");
        }
        return directory;
    }

    private static Path path(Map<String, String> environment, int user) {
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isEmpty() && Files.isDirectory(Path.of(runtime))) {
            return Path.of(runtime, "sluice");
        }
        Path ofRoot = RUN.resolve("sluice");
        if (user == 0 && (Files.isWritable(ofRoot) || Files.isWritable(RUN))) {
            return ofRoot;
        }
        return Path.of(System.getProperty("java.io.tmpdir"), "sluice-" + user);
    }
}
