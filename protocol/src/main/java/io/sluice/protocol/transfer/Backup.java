package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.NamedDirectoryException;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.SymlinkSafety;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.BackupOptions;
import io.sluice.protocol.options.PreservationOptions;
import io.sluice.protocol.transfer.AttributeTrace.Means;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is replaced or deleted ({@code --backup}): beside it under another name, or at the same path of {@code --backup-dir}. A role has its own.
 */
final class Backup {
    private static final int PRIVATE = 0600;

    private final Site site;
    private final FileTree tree;
    private final BackupOptions options;
    private final PreservationOptions preservation;
    private final Notices notices;
    private final AttributeCopy attributes;
    private final AttributeTrace trace;
    private final ContentCopy content;
    private final BackupDirectories directories;
    private final byte[] suffix;
    private final FileStatus original = new FileStatus();

    /** What became of the original. */
    enum Result {
        /** There was nothing to keep. */
        NOTHING,
        /** It has moved. */
        MOVED,
        /** It is still there, too. */
        COPIED,
        /** It could not be kept; a notice told why. */
        FAILED
    }

    Backup(Site site) {
        this.site = site;
        this.tree = site.tree();
        this.options = site.options().placement().backup();
        this.preservation = site.options().preservation();
        this.notices = site.notices();
        this.attributes = new AttributeCopy(site);
        this.trace = new AttributeTrace(DebugVoice.of(site));
        this.content = new ContentCopy(site.options().placement().fsync());
        this.directories = new BackupDirectories(site, attributes);
        this.suffix = options.suffix().getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean isEnabled() {
        return options.enabled();
    }

    /**
     * Looks once at the directory for backups, and tells of it if backups are told of.
     *
     * @throws TransferException if it is something else
     */
    void check() throws TransferException {
        String directory = options.directory();
        if (directory.isEmpty()) {
            return;
        }
        TreePath place = site.named().find(directory, new byte[0]);
        byte[] name = directory.getBytes(StandardCharsets.ISO_8859_1);
        boolean exists = false;
        try {
            exists = place.tree().statusFollowing(place.path(), original);
        } catch (IOException e) {
            return; // the first backup tells why it cannot be made
        }
        if (exists && !original.isDirectory()) {
            Text text = Text.of("The backup-dir is not a directory: ").add(name);
            throw new NamedDirectoryException(ExitCode.SYNTAX, text.toString());
        }
        if (site.verbosity().backups()) {
            notices.info(
                    Text.of(exists ? "backup_dir is " : "(new) backup_dir is ").add(name));
        }
    }

    /** Whether something that is deleted is kept: backups beside their files are not backed up again. */
    boolean keepsDeleted(byte[] path) {
        return options.enabled() && (!options.directory().isEmpty() || !isBackup(path));
    }

    private boolean isBackup(byte[] path) {
        byte[] name = Paths.name(path);
        int start = name.length - suffix.length;
        return start > 0 && Arrays.equals(name, start, name.length, suffix, 0, suffix.length);
    }

    /** Returns where the backup of {@code path} goes, with the directories on the way made; null if that failed, and a notice told why. */
    @Nullable
    TreePath place(byte[] path) throws IOException {
        return directories.make(Paths.parent(path)) ? locate(path) : null;
    }

    private TreePath locate(byte[] path) {
        byte[] name = Arrays.copyOf(path, path.length + suffix.length);
        System.arraycopy(suffix, 0, name, path.length, suffix.length);
        return options.directory().isEmpty()
                ? new TreePath(tree, name)
                : site.named().find(options.directory(), name);
    }

    /** Returns the path of a backup as people know it. */
    private byte[] shown(byte[] path) {
        byte[] directory = options.directory().getBytes(StandardCharsets.ISO_8859_1);
        byte[] name = new Text().add(path).add(suffix).toBytes();
        return directory.length == 0 ? name : Paths.join(Paths.withoutTrailingSlashes(directory), name);
    }

    /**
     * Keeps what {@code path} names, unless it is a directory.
     *
     * @param moves the original is to be gone afterwards; else it better stays until something replaces it
     */
    Result keep(byte[] path, boolean moves) throws IOException {
        if (!tree.status(path, original)) {
            return Result.NOTHING;
        }
        TreePath place = place(path);
        if (place == null) {
            return Result.FAILED;
        }
        TreePath from = new TreePath(tree, path);
        if (isUnsafeLink(path)) {
            return Result.COPIED;
        }
        Result result = linkOrMove(from, place, moves);
        if (result == Result.FAILED) {
            result = copy(from, place);
        }
        if (result == Result.MOVED || result == Result.COPIED) {
            told(path);
        }
        return result;
    }

    /** {@code --safe-links} is for backups, too: what is unsafe is not kept. */
    private boolean isUnsafeLink(byte[] path) throws IOException {
        if (!original.isSymlink()
                || !preservation.links()
                || !preservation.symlinks().safeOnly()) {
            return false;
        }
        byte[] target = tree.linkTargets().onDisk(path);
        boolean unsafe = SymlinkSafety.isUnsafe(target, path);
        if (unsafe && site.verbosity().names() > 0) {
            Text text = Text.of("not backing up unsafe symlink \"").add(path);
            notices.info(text.add("\" -> \"").add(target).add("\""));
        }
        return unsafe;
    }

    private void told(byte[] path) {
        if (site.verbosity().backups()) {
            notices.info(Text.of("backed up ").add(path).add(" to ").add(shown(path)));
        }
    }

    private Result told(TreePath from, Means means, Result result) {
        trace.backedUp(from.path(), means);
        return result;
    }

    private Result linkOrMove(TreePath from, TreePath place, boolean moves) throws IOException {
        int errno = tryLinkOrMove(from, place, moves);
        if (errno == Errno.EEXIST || errno == Errno.EISDIR || errno == Errno.ENOTEMPTY) {
            new TreeRemoval(place.tree()).remove(place.path());
            errno = tryLinkOrMove(from, place, moves);
        }
        return switch (errno) {
            case LINKED -> told(from, Means.HLINK, Result.COPIED);
            case RENAMED -> told(from, Means.RENAME, Result.MOVED);
            default -> Result.FAILED;
        };
    }

    private static final int LINKED = 0;
    private static final int RENAMED = -1;

    /** Returns {@link #LINKED}, {@link #RENAMED}, or why neither was possible. */
    private int tryLinkOrMove(TreePath from, TreePath place, boolean moves) throws IOException {
        if (!moves) {
            try {
                from.linkTo(place);
                return LINKED;
            } catch (SystemCallException e) {
                if (!original.isRegular() || e.errno() == Errno.EEXIST || e.errno() == Errno.EISDIR) {
                    return e.errno();
                }
            }
        }
        try {
            from.renameTo(place);
        } catch (SystemCallException e) {
            return e.errno();
        }
        if (original.linkCount() > 1) {
            removeSecondName(from);
        }
        return RENAMED;
    }

    /** Renaming a file to another name of the same file does nothing. */
    private static void removeSecondName(TreePath from) throws IOException {
        try {
            from.remove();
        } catch (SystemCallException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private Result copy(TreePath from, TreePath place) throws IOException {
        if (original.isSymlink() ? !preservation.links() : !original.isRegular() && !carriesNode()) {
            return Result.NOTHING;
        }
        try {
            if (original.isSymlink()) {
                place.tree().replacing().symlink(tree.linkTargets().told(from.path()), place.path());
            } else if (original.isRegular()) {
                copyContent(from, place);
            } else {
                place.tree()
                        .replacing()
                        .node(place.path(), original.mode(), original.rdevMajor(), original.rdevMinor());
            }
        } catch (IOException e) {
            Text what = Text.of("keep_backup failed: ").add(notices.quote(from.path()));
            notices.failureInPassing(what.add(" -> \"").add(shown(from.path())).add("\""), e);
            return Result.FAILED;
        }
        attributes.apply(from, original, place);
        Means means = original.isSymlink() ? Means.SYMLINK : original.isRegular() ? Means.COPY : Means.DEVICE;
        return told(from, means, Result.COPIED);
    }

    private boolean carriesNode() {
        return original.isDevice() ? preservation.devices() && site.privileges().root() : preservation.specials();
    }

    private void copyContent(TreePath from, TreePath place) throws IOException {
        try (OpenFile source = from.openForReading();
                OpenFile copy = create(place)) {
            content.copy(source, copy);
        }
    }

    private static OpenFile create(TreePath place) throws IOException {
        try {
            place.remove();
        } catch (SystemCallException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        return place.tree().createFile(place.path(), PRIVATE);
    }

    /**
     * Copies a regular file that is about to be overwritten in place.
     *
     * @return false if it could not be kept, and a notice told why
     */
    boolean copyBeforeUpdate(byte[] path, FileStatus status) throws IOException {
        TreePath place = place(path);
        if (place == null) {
            return false;
        }
        TreePath from = new TreePath(tree, path);
        try {
            copyContent(from, place);
        } catch (IOException e) {
            notices.fileFailure(Text.of("open ").add(notices.quote(shown(path))), e);
            return false;
        }
        attributes.apply(from, status, place);
        told(path);
        return true;
    }
}
