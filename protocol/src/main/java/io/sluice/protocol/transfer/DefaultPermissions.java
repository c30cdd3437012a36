package io.sluice.protocol.transfer;

import io.sluice.protocol.files.AccessControlList;
import io.sluice.protocol.files.AccessLists;
import io.sluice.protocol.files.AccessLists.Kind;
import io.sluice.protocol.files.FileTree;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The permissions that something new gets at most, without {@code -p}: those of its directory's default access control list, else all less the umask.
 * Used by one role, which meets the entries of a directory one after the other.
 */
final class DefaultPermissions {
    private final FileTree tree;
    private final AttributeTrace trace;
    private final int byUmask;
    private final AccessLists lists = new AccessLists(false);
    private byte @Nullable [] directory;
    private int permissions;

    DefaultPermissions(Site site) {
        this.tree = site.tree();
        this.trace = new AttributeTrace(DebugVoice.of(site));
        this.byUmask = site.privileges().defaultPermissions();
        this.permissions = byUmask;
    }

    /** Those of something new at {@code path}. */
    int of(byte[] path) {
        byte[] parent = Paths.parent(path);
        if (!Arrays.equals(parent, directory)) {
            permissions = read(parent);
            directory = parent;
        }
        return permissions;
    }

    /** A directory that does not exist yet, or cannot be asked, says nothing. */
    private int read(byte[] parent) {
        try {
            AccessControlList list =
                    tree.metadata().withAttributes(parent, file -> lists.read(file, Kind.DEFAULT, byUmask));
            if (list.owner() == AccessControlList.NONE) {
                return byUmask;
            }
            trace.defaults(parent, list.permissions());
            return list.permissions();
        } catch (IOException e) {
            return byUmask;
        }
    }
}
