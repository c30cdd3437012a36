package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.files.FileTree;
import java.io.IOException;
import java.util.Set;

/** {@code -K}: symlinks of the destination that stand for the directory they lead to, if it is in the tree. */
final class KeptLinks {
    /** Why nobody gets where a link leads; other failures say nothing about the link. */
    private static final Set<Integer> NO_WAY = Set.of(Errno.ELOOP, Errno.EACCES, Errno.ENAMETOOLONG);

    private final FileTree tree;
    private final boolean kept;
    private final FileStatus referent = new FileStatus();

    KeptLinks(Site site) {
        this.tree = site.tree();
        this.kept = site.options().preservation().symlinks().keepDirectoryLinks();
    }

    /**
     * Lets a directory's candidate, that is a symlink here, be what the link leads to. A link that leads to no directory, nowhere, or where we may not look
     * stays a link: a directory takes its place.
     *
     * @throws SystemCallException with EXDEV if it leads to a directory outside the tree
     */
    void follow(Candidate item) throws IOException {
        if (kept && leadsToDirectory(item.path())) {
            item.status().copyFrom(referent);
            item.setThroughLink();
        }
    }

    private boolean leadsToDirectory(byte[] link) throws IOException {
        try {
            return leadsToDirectoryInside(link);
        } catch (SystemCallException e) {
            if (NO_WAY.contains(e.errno())) {
                return false;
            }
            throw e;
        }
    }

    private boolean leadsToDirectoryInside(byte[] link) throws IOException {
        try {
            return tree.statusFollowing(link, referent) && referent.isDirectory();
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EXDEV || tree.leadsToDirectoryAnywhere(link)) {
                throw e;
            }
            return false;
        }
    }
}
