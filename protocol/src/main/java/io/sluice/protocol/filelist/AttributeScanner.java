package io.sluice.protocol.filelist;

import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileStatus;
import io.sluice.protocol.files.AccessLists;
import io.sluice.protocol.files.AccessLists.Kind;
import io.sluice.protocol.filter.AttributeFilter;
import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.session.Side;
import java.io.IOException;

/** Adds to the rows of a scan what {@code -A} and {@code -X} carry over. */
final class AttributeScanner {
    private final PreservationOptions kept;
    private final AccessLists lists;
    private final AttributeNames names;

    AttributeScanner(PreservationOptions kept, AttributeFilter filter) {
        Authority authority = Authority.of(kept.privileges());
        this.kept = kept;
        this.lists = new AccessLists(authority == Authority.FAKE);
        this.names = new AttributeNames(authority, Side.SENDER, kept.xattrs() > 1, filter);
    }

    /** Whether there is anything to add. */
    boolean isNeeded() {
        return kept.acls() || kept.xattrs() > 0;
    }

    /**
     * Adds the attributes of a file to a row whose mode is set.
     *
     * @param follow the row stands for what a symlink at {@code path} leads to
     */
    void add(SourceTree tree, byte[] path, FileStatus found, boolean follow, ColumnsBuilder rows) throws IOException {
        if (!isCarried(found)) {
            return;
        }
        byte[] below = SourceTree.below(path);
        if (follow) {
            tree.tree().metadata().withAttributesFollowing(below, file -> add(file, found, rows));
        } else {
            tree.tree().metadata().withAttributes(below, file -> add(file, found, rows));
        }
    }

    private boolean isCarried(FileStatus found) {
        if (found.isRegular() || found.isDirectory()) {
            return true;
        }
        if (found.isSymlink()) {
            return kept.links();
        }
        return found.isDevice() ? kept.devices() : Modes.isSpecial(found.mode()) && kept.specials();
    }

    private boolean add(ExtendedAttributes file, FileStatus found, ColumnsBuilder rows) throws IOException {
        int row = rows.rows - 1;
        int mode = rows.modes[row];
        if (kept.acls() && !found.isSymlink()) {
            rows.attributes.setAccess(row, lists.read(file, Kind.ACCESS, mode));
            if (found.isDirectory()) {
                rows.attributes.setDefaults(row, lists.read(file, Kind.DEFAULT, mode));
            }
        }
        if (kept.xattrs() > 0) {
            rows.attributes.setExtended(row, names.read(file));
        }
        return true;
    }
}
