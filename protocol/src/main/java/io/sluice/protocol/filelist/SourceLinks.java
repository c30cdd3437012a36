package io.sluice.protocol.filelist;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.SymlinkSafety;
import io.sluice.protocol.options.SymlinkOptions;
import java.io.IOException;

/**
 * Which symlinks of the source stand for what they lead to: all with {@code -L}, those to directories with {@code -k}, those that lead out of the tree
 * with {@code --copy-unsafe-links}.
 */
final class SourceLinks {
    private final SymlinkOptions options;
    private final ScanReport report;
    private final boolean told;
    private final FileStatus referent = new FileStatus();

    /** @param told a link that leads out of the tree is named */
    SourceLinks(SymlinkOptions options, ScanReport report, boolean told) {
        this.options = options;
        this.report = report;
        this.told = told;
    }

    /** Whether some links are followed, so that what has a link's name need not be one. */
    boolean followsAny() {
        return options.copyAll() || options.copyUnsafe() || options.copyDirectoryLinks();
    }

    /**
     * Reads the status of what {@code path} stands for.
     *
     * @param directories a link to a directory stands for it whatever the options say
     * @return false if there is no such name, or it is a link that leads nowhere and has to be followed
     */
    boolean status(SourceTree tree, byte[] path, boolean directories, FileStatus into) throws IOException {
        if (!tree.tree().status(SourceTree.below(path), into)) {
            return false;
        }
        return !into.isSymlink() || follow(tree, path, directories, into);
    }

    /** As {@link #status}, of {@code path}, a symlink whose own status is {@code into}. */
    boolean follow(SourceTree tree, byte[] path, boolean directories, FileStatus into) throws IOException {
        if (!followArgument(tree, path, directories, into)) {
            return false;
        }
        return !into.isSymlink() || followUnsafe(tree, path, into);
    }

    /** As {@link #status}, of an argument: {@link #followUnsafe} is still to be done. */
    boolean argument(SourceTree tree, byte[] path, boolean directories, FileStatus into) throws IOException {
        byte[] below = SourceTree.below(path);
        return tree.tree().status(below, into) && (!into.isSymlink() || followArgument(tree, path, directories, into));
    }

    private boolean followArgument(SourceTree tree, byte[] path, boolean directories, FileStatus into)
            throws IOException {
        byte[] below = SourceTree.below(path);
        if (options.copyAll()) {
            return tree.tree().statusFollowing(below, into);
        }
        if ((directories || options.copyDirectoryLinks()) && leadsToDirectory(tree, below)) {
            into.copyFrom(referent);
        }
        return true;
    }

    /** What is left to do for a symlink that is no link to a directory. */
    boolean followUnsafe(SourceTree tree, byte[] path, FileStatus into) throws IOException {
        if (!options.copyUnsafe()) {
            return true;
        }
        byte[] below = SourceTree.below(path);
        byte[] target = tree.tree().linkTargets().onDisk(below);
        if (!SymlinkSafety.isUnsafe(target, path)) {
            return true;
        }
        if (told) {
            report.copyingUnsafe(path, target);
        }
        return tree.tree().statusFollowing(below, into);
    }

    /** A link that cannot be followed leads to none; but that one leads out of a confined tree is an error, for nobody knows what it leads to. */
    private boolean leadsToDirectory(SourceTree tree, byte[] below) throws IOException {
        try {
            return tree.tree().statusFollowing(below, referent) && referent.isDirectory();
        } catch (SystemCallException e) {
            if (e.errno() == Errno.EXDEV) {
                throw e;
            }
            return false;
        }
    }

    /** Opens the content of a file that is in the list. */
    OpenFile open(SourceTree tree, byte[] path) throws IOException {
        byte[] below = SourceTree.below(path);
        return options.copyAll() || options.copyUnsafe()
                ? tree.tree().openForReadingFollowing(below)
                : tree.tree().openForReading(below);
    }

    /**
     * The path by which a directory that is in the list is entered.
     *
     * @param named it was named by an argument, maybe as {@code link/}
     */
    byte[] entered(byte[] path, boolean named) {
        byte[] below = SourceTree.below(path);
        return named || followsAny() ? FileTree.throughLink(below) : below;
    }
}
