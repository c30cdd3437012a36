package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.files.FileTree;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decides what a destination means, as rsync does: an existing directory is entered; a missing one is created (one level) if more than one file comes or
 * the path ends in a slash; else the path names the single file.
 */
final class TargetResolver {
    private static final int ALL_PERMISSIONS = 0777;

    private final FileTree tree;
    private final byte[] path;
    private final Notices notices;
    private final boolean dryRun;
    private final boolean announce;
    private final boolean makesPath;

    /**
     * @param path relative to {@code tree}; empty or {@code .} is the tree itself
     * @param announce a directory that is created is told of
     * @param makesPath all directories on the way are created ({@code --mkpath})
     */
    TargetResolver(FileTree tree, byte[] path, Notices notices, boolean dryRun, boolean announce, boolean makesPath) {
        this.tree = tree;
        this.path = path;
        this.notices = notices;
        this.dryRun = dryRun;
        this.announce = announce;
        this.makesPath = makesPath;
    }

    /**
     * Resolves the path for a list that begins with {@code first}.
     *
     * @param entries how many entries the list has at least
     */
    Target resolve(Segment first, int entries) throws IOException {
        boolean trailingSlash = path.length > 1 && path[path.length - 1] == '/';
        byte[] place = Paths.withoutTrailingSlashes(path);
        FileStatus status = new FileStatus();
        boolean exists = Paths.isRoot(place) || exists(place, status);
        if (!exists && makesPath && (entries > 1 || Paths.lastSlash(path) >= 0)) {
            makePath(place, entries > 1 || trailingSlash);
            exists = exists(place, status);
        }
        if (Paths.isRoot(place) || (exists && status.isDirectory())) {
            return new Target(enter(place, "#1"), null, false, false);
        }
        if (exists && trailingSlash) {
            throw cannotStat(path, new SystemCallException("stat", Errno.ENOTDIR, path));
        }
        if (exists) {
            refuseNonDirectory(first, entries);
        }
        if (entries > 1 || trailingSlash) {
            return create(place);
        }
        int slash = Paths.lastSlash(place);
        byte[] parent = slash == 0 ? new byte[] {'/'} : Paths.parent(place);
        byte[] name = Arrays.copyOfRange(place, slash + 1, place.length);
        boolean missing = dryRun && makesPath && !Paths.isRoot(parent) && !exists(parent, status);
        return new Target(missing ? tree.view() : enter(parent, "#3"), name, missing, false);
    }

    /** @param whole the path names a directory, not a file in one */
    private void makePath(byte[] place, boolean whole) throws IOException {
        byte[] directory = whole ? place : Paths.parent(place);
        FileStatus status = new FileStatus();
        int made = 0;
        for (int at = 1; at <= directory.length; at++) {
            if ((at == directory.length || directory[at] == '/') && directory[at - 1] != '/') {
                byte[] part = Arrays.copyOf(directory, at);
                if (!exists(part, status)) {
                    makeDirectory(part, place);
                    made++;
                }
            }
        }
        if (made > 0 && announce) {
            notices.info(Text.of("created " + made + (made == 1 ? " directory" : " directories") + " for ")
                    .add(directory));
        }
    }

    private void makeDirectory(byte[] part, byte[] place) throws IOException {
        if (dryRun) {
            return;
        }
        try {
            tree.makeDirectory(part, ALL_PERMISSIONS);
        } catch (IOException e) {
            throw failure(ExitCode.FILE_IO, notices.failed("mkdir", place), e);
        }
    }

    private boolean exists(byte[] place, FileStatus status) throws TransferException {
        try {
            return tree.statusFollowing(place, status);
        } catch (IOException e) {
            throw cannotStat(place, e);
        }
    }

    private TransferException cannotStat(byte[] place, IOException cause) {
        Text what = Text.of("ERROR: cannot stat destination ").add(notices.quote(place));
        return failure(ExitCode.FILE_SELECT, what, cause);
    }

    private static void refuseNonDirectory(Segment first, int entries) throws TransferException {
        if (entries > 1) {
            throw new TransferException(
                    ExitCode.FILE_SELECT, "ERROR: destination must be a directory when copying more than 1 file");
        }
        FileEntry entry = first.entry(0);
        if (entry.isDirectory()) {
            throw new TransferException(ExitCode.FILE_SELECT, "ERROR: cannot overwrite non-directory with a directory");
        }
    }

    private Target create(byte[] place) throws IOException {
        if (!dryRun) {
            try {
                tree.makeDirectory(place, ALL_PERMISSIONS);
            } catch (IOException e) {
                throw failure(ExitCode.FILE_IO, notices.failed("mkdir", place), e);
            }
        }
        if (announce) {
            notices.info(Text.of("created directory ").add(place));
        }
        return new Target(dryRun ? tree.view() : enter(place, "#2"), null, dryRun, true);
    }

    /** @param step where it is tried, as rsync's message tells it */
    private FileTree enter(byte[] place, String step) throws IOException {
        try {
            return Paths.isRoot(place) ? tree.view() : tree.subtree(place);
        } catch (SystemCallException e) {
            throw failure(ExitCode.FILE_SELECT, notices.failed("change_dir" + step, place), e);
        }
    }

    private TransferException failure(ExitCode code, Text what, IOException cause) {
        return new TransferException(code, notices.failure(what, cause).toString(), cause);
    }
}
