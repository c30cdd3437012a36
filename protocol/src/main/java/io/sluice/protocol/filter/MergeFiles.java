package io.sluice.protocol.filter;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Reads the merge files of a tree. What cannot be opened counts as absent, as rsync has it: a rule file is not a condition of the transfer. */
final class MergeFiles {
    private static final int MAX_SIZE = 16 * 1024 * 1024;
    /** As many as the kernel follows. */
    private static final int MAX_LINKS = 40;

    private static final Set<Integer> AS_ABSENT =
            Set.of(Errno.ENOENT, Errno.ENOTDIR, Errno.EACCES, Errno.ELOOP, Errno.EXDEV, Errno.ENAMETOOLONG);

    private static final byte[] ROOT = {'/'};

    private final FileTree tree;
    private final byte[] treeRoot;
    private final boolean reachesAll;
    private final FileStatus status = new FileStatus();

    /** @param treeRoot the absolute path of {@code tree}; empty: nothing is above it */
    MergeFiles(FileTree tree, byte[] treeRoot) {
        this.tree = tree;
        this.treeRoot = treeRoot;
        this.reachesAll =
                treeRoot.length > 0 && (tree.policy() == TreePolicy.OPERATOR || tree.policy() == TreePolicy.FREE);
    }

    /**
     * Returns the content of the regular file with this absolute path, symlinks of root or the caller followed as far as the tree's policy goes.
     *
     * @throws TransferException with code 11 if it is larger than any rule file
     */
    Optional<byte[]> read(byte[] path) throws IOException {
        Optional<byte[]> place = place(path);
        if (place.isEmpty()) {
            return place;
        }
        byte[] at = place.get();
        try {
            for (int links = 0; links <= MAX_LINKS; links++) {
                if (!tree.status(at, status)) {
                    return Optional.empty();
                }
                if (!status.isSymlink()) {
                    return status.isRegular() ? Optional.of(content(at)) : Optional.empty();
                }
                Optional<byte[]> next = follow(at, target(at));
                if (next.isEmpty()) {
                    return next;
                }
                at = next.get();
            }
            return Optional.empty();
        } catch (SystemCallException e) {
            if (AS_ABSENT.contains(e.errno())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns where an absolute path is in the tree; nothing if it is nowhere there. */
    private Optional<byte[]> place(byte[] absolute) {
        if (RulePaths.holds(treeRoot, absolute)) {
            int from = treeRoot.length == 0 ? 0 : Math.min(treeRoot.length + 1, absolute.length);
            return Optional.of(Arrays.copyOfRange(absolute, from, absolute.length));
        }
        return reachesAll ? Optional.of(RulePaths.concat(ROOT, absolute)) : Optional.empty();
    }

    /** Who lets links lead anywhere does not ask whose they are either. */
    private byte[] target(byte[] link) throws IOException {
        return tree.policy() == TreePolicy.FREE
                ? tree.linkTargets().onDisk(link)
                : tree.linkTargets().trusted(link);
    }

    /** Returns where a link leads; nothing if that is outside of a tree that is confined. */
    private Optional<byte[]> follow(byte[] link, byte[] target) {
        boolean absolute = target.length > 0 && target[0] == '/';
        byte[] directory = RulePaths.parent(link);
        byte[] path = absolute ? target : RulePaths.join(directory, target);
        return switch (tree.policy()) {
            case OPERATOR, FREE -> {
                boolean inRoot = !absolute && directory.length == 0 && link[0] == '/';
                yield Optional.of(inRoot ? RulePaths.concat(ROOT, target) : path);
            }
            case ROOTED -> Optional.of(absolute ? RulePaths.collapse(target) : path);
            case CONFINED -> absolute || RulePaths.climbs(path) ? comeBack(absolute, path) : Optional.of(path);
        };
    }

    /** Returns where a path leads that leaves the tree, be it at its very beginning, if it comes back. */
    private Optional<byte[]> comeBack(boolean absolute, byte[] path) {
        byte[] home = tree.home().length > 0 ? tree.home() : treeRoot;
        return home.length == 0
                ? Optional.empty()
                : RulePaths.inside(home, absolute ? path : RulePaths.join(home, path));
    }

    private byte[] content(byte[] path) throws IOException {
        byte[] buffer = new byte[8192];
        int length = 0;
        try (OpenFile file = tree.openForReading(path)) {
            int count = file.read(buffer, 0, buffer.length);
            while (count > 0) {
                length += count;
                if (length > MAX_SIZE) {
                    throw new TransferException(
                            ExitCode.FILE_IO,
                            "filter file " + new String(path, StandardCharsets.UTF_8) + ": more than " + MAX_SIZE
                                    + " bytes (expected: rules)");
                }
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, length * 2);
                }
                count = file.read(buffer, length, buffer.length - length);
            }
        }
        return Arrays.copyOf(buffer, length);
    }
}
