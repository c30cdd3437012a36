package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.files.TreePath;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes the directories of {@code --backup-dir} as backups need them, with the attributes of those that the files come from. */
final class BackupDirectories {
    private static final int ALL_PERMISSIONS = 0777;

    private final Site site;
    private final AttributeCopy attributes;
    private final String directory;
    private final FileStatus status = new FileStatus();
    private byte @Nullable [] made;

    BackupDirectories(Site site, AttributeCopy attributes) {
        this.site = site;
        this.attributes = attributes;
        this.directory = site.options().placement().backup().directory();
    }

    /**
     * Sees to it that {@code path}, a directory of the destination, exists among the backups.
     *
     * @return false if it could not be made, and a notice told why
     */
    boolean make(byte[] path) throws IOException {
        if (directory.isEmpty() || Arrays.equals(path, made)) {
            return true;
        }
        byte[] known = made;
        made = null;
        if (known == null && !makeBase()) {
            return false;
        }
        for (int at = 1; at <= path.length; at++) {
            if ((at == path.length || path[at] == '/') && !makeOne(Arrays.copyOf(path, at))) {
                return false;
            }
        }
        made = path;
        return true;
    }

    private boolean makeBase() {
        TreePath base = site.named().find(directory, new byte[0]);
        byte[] path = base.path();
        try {
            for (int at = 1; at <= path.length; at++) {
                if (at == path.length || path[at] == '/') {
                    makeMissing(base, Arrays.copyOf(path, at));
                }
            }
            return true;
        } catch (IOException e) {
            return failed("mkdir", base, e);
        }
    }

    private static void makeMissing(TreePath base, byte[] path) throws IOException {
        try {
            base.tree().makeDirectory(path, ALL_PERMISSIONS);
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    private boolean makeOne(byte[] path) {
        TreePath place = site.named().find(directory, path);
        try {
            if (place.status(status)) {
                if (status.isDirectory()) {
                    return true;
                }
                place.remove();
            }
            place.tree().makeDirectory(place.path(), ALL_PERMISSIONS);
            if (site.tree().status(path, status)) {
                attributes.apply(new TreePath(site.tree(), path), status, place);
            }
            return true;
        } catch (IOException e) {
            return failed("mkdir", place, e);
        }
    }

    private boolean failed(String call, TreePath place, IOException cause) {
        Text what = Text.of("backup " + call + " ").add(place.path()).add(" failed");
        site.notices().failureInPassing(what, cause);
        return false;
    }
}
