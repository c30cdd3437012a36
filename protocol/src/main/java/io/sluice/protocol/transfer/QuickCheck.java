package io.sluice.protocol.transfer;

import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.UpdateOptions;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Decides whether what is here needs no update: by size and time, or as {@code -c}, {@code -I} and {@code --size-only} say. Used by the generator. */
final class QuickCheck {
    private static final int BUFFER = 256 * 1024;

    private final FileTree tree;
    private final UpdateOptions options;
    private final @Nullable StrongChecksum checksum;
    private byte[] buffer = {};

    QuickCheck(Site site) {
        this.tree = site.tree();
        this.options = site.options().update();
        this.checksum = options.checksum() ? Checksums.fileList(site.session()) : null;
    }

    /** Returns true if {@code status}, which is of the entry's type, has the entry's content, target or device. */
    boolean isUpToDate(FileEntry entry, byte[] path, FileStatus status) throws IOException {
        return isUpToDate(entry, new TreePath(tree, path), status);
    }

    /** As above, of something that need not be in the destination. */
    boolean isUpToDate(FileEntry entry, TreePath path, FileStatus status) throws IOException {
        return switch (entry.mode() & FileMode.TYPE_MASK) {
            case FileMode.REGULAR -> hasContent(entry, path, status);
            case FileMode.SYMLINK -> pointsTo(entry, path);
            case FileMode.BLOCK_DEVICE, FileMode.CHARACTER_DEVICE ->
                status.rdevMajor() == entry.deviceMajor() && status.rdevMinor() == entry.deviceMinor();
            default -> true;
        };
    }

    private boolean hasContent(FileEntry entry, TreePath path, FileStatus status) {
        if (status.size() != entry.size()) {
            return false;
        }
        if (checksum != null) {
            return hasSum(entry, path, checksum);
        }
        if (options.sizeOnly()) {
            return true;
        }
        return !options.ignoreTimes() && !Times.differ(entry, status, options.window());
    }

    private boolean hasSum(FileEntry entry, TreePath path, StrongChecksum sum) {
        if (buffer.length == 0) {
            buffer = new byte[BUFFER];
        }
        sum.reset();
        try (OpenFile file = path.openForReading()) {
            int count = file.read(buffer, 0, buffer.length);
            while (count > 0) {
                sum.update(buffer, 0, count);
                count = file.read(buffer, 0, buffer.length);
            }
        } catch (IOException e) {
            return false;
        }
        byte[] digest = new byte[sum.length()];
        sum.digest(digest, 0);
        return Arrays.equals(digest, entry.checksum());
    }

    private boolean pointsTo(FileEntry entry, TreePath path) {
        try {
            return Arrays.equals(path.tree().linkTargets().kept(path.path()), entry.linkTarget());
        } catch (IOException e) {
            return false;
        }
    }
}
