package io.sluice.protocol.filelist;

import io.sluice.linux.DirectoryReader;
import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.filter.FilterScope.Verdict;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes rows from files: one by its path, or all of a directory. What is excluded, vanished or unreadable gets no row. */
final class EntryScanner {
    private static final int PATH_LIMIT = EntryEncoder.MAX_PATH;

    final ColumnsBuilder rows;
    private final RowFiller filler;
    private final FilterScope filters;
    private final ScanReport report;
    private final SourceLinks links;
    private final boolean directories;
    private final int oneFileSystem;
    /** The flags of directories below an argument. */
    private final int below;

    private final FileStatus status = new FileStatus();
    /** The file system that {@code -x} stays on. */
    private long device;

    private @Nullable ScanWitness witness;

    EntryScanner(Session session, TransferOptions options, FilterScope filters, ScanReport report) {
        this.filler = new RowFiller(session, options, filters, report);
        this.rows = filler.rows();
        this.links = filler.links();
        this.filters = filters;
        this.report = report;
        this.directories =
                options.selection().directories() || options.selection().recurse();
        this.below = options.selection().recurse() ? Columns.CONTENT : 0;
        this.oneFileSystem = options.selection().oneFileSystem();
    }

    /** From now on {@code other} hears of entries. */
    void reportTo(ScanWitness other) {
        witness = other;
    }

    /** From now on {@code other} hears of files with several names. */
    void reportTo(LinkWitness other) {
        filler.reportTo(other);
    }

    /** How symlinks are treated. */
    SourceLinks links() {
        return links;
    }

    boolean numbersAsSent() {
        return filler.numbersAsSent();
    }

    /** With {@code -x}, directories on other file systems than this one's are not entered. */
    void stayOn(FileStatus directory) {
        device = directory.device();
    }

    /** As above, for a directory by its path; false if it is gone. */
    boolean stayOn(SourceTree tree, byte[] path) throws IOException {
        if (oneFileSystem == 0) {
            return true;
        }
        try {
            if (tree.tree().status(links.entered(path, true), status)) {
                device = status.device();
                return true;
            }
            report.vanished(tree, path, true);
        } catch (SystemCallException e) {
            report.failed("link_stat", tree, path, e);
        }
        return false;
    }

    /**
     * Adds what is at {@code path}, unless it is excluded.
     *
     * @param follow whether a symlink to a directory stands for that
     * @return the row, or -1
     */
    int add(SourceTree tree, byte[] path, int flags, boolean follow) throws IOException {
        try {
            if (!links.status(tree, path, follow, status)) {
                reportGone(tree, path);
                return -1;
            }
        } catch (SystemCallException e) {
            if (!isExcluded(path, false) && !isExcluded(path, true)) {
                report.statusFailed(tree, path, e);
            }
            return -1;
        }
        boolean directory = status.isDirectory();
        if (directory && !directories) {
            report.skippingDirectory(path);
            return -1;
        }
        if (isExcluded(path, directory)) {
            return -1;
        }
        tell(path, true);
        return addKnown(tree, path, status, withMount(flags, status), follow);
    }

    /** An entry is made of {@code path} next, which the rules were asked about or not. */
    void tell(byte[] path, boolean judged) {
        if (witness != null) {
            witness.made(path, judged);
        }
    }

    /** Arguments are looked for in {@code directory} next. */
    void tellEntered(byte[] directory) {
        if (witness != null) {
            witness.entered(directory);
        }
    }

    private void reportGone(SourceTree tree, byte[] path) throws IOException {
        if (isExcluded(path, false) || isExcluded(path, true)) {
            return;
        }
        reportMissing(tree, path);
    }

    /** Tells that {@code path} has vanished, or that it is a symlink which leads nowhere. */
    void reportMissing(SourceTree tree, byte[] path) throws IOException {
        if (tree.tree().status(SourceTree.below(path), status) && status.isSymlink()) {
            report.leadsNowhere(tree, path);
        } else {
            report.vanished(tree, path, false);
        }
    }

    /**
     * Adds {@code path}, whose status is known and which no rule excludes; the row, or -1. Five parameters, as they are what is known of it.
     *
     * @param follow the status is that of what a symlink leads to
     */
    int addKnown(SourceTree tree, byte[] path, FileStatus known, int flags, boolean follow) throws IOException {
        if (path.length >= PATH_LIMIT) {
            report.tooLong(path);
            return -1;
        }
        int nameStart = path.length;
        while (nameStart > 0 && path[nameStart - 1] != '/') {
            nameStart--;
        }
        rows.prefix(path, nameStart, tree.number());
        rows.addName(path, nameStart, path.length);
        return filler.fill(tree, path, known, flags, follow) ? rows.rows - 1 : -1;
    }

    /** Adds a missing argument that the receiver is to delete. */
    void addMissing(SourceTree tree, byte[] path) throws IOException {
        addKnown(tree, path, new FileStatus(), 0, false);
    }

    /**
     * Adds the content of directory {@code path}. Enters no directory.
     *
     * @param named it was named by an argument
     * @return false if it could not be listed
     */
    boolean addContent(SourceTree tree, byte[] path, boolean named) throws IOException {
        byte[] prefix = contentPrefix(path);
        rows.prefix(prefix, prefix.length, tree.number());
        try (DirectoryReader reader = tree.tree().list(links.entered(path, named))) {
            while (reader.next()) {
                addListed(tree, prefix, reader);
            }
            return true;
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENOENT) {
                report.vanished(tree, path, true);
            } else {
                report.failed("opendir", tree, path, e);
            }
            return false;
        }
    }

    private static byte[] contentPrefix(byte[] path) {
        int last = path.length - 1;
        if (path[last] == '.' && (last == 0 || path[last - 1] == '/')) {
            return Arrays.copyOf(path, last);
        }
        byte[] prefix = Arrays.copyOf(path, path.length + 1);
        prefix[path.length] = '/';
        return prefix;
    }

    private void addListed(SourceTree tree, byte[] prefix, DirectoryReader reader) throws IOException {
        if (prefix.length + reader.nameLength() >= PATH_LIMIT) {
            report.tooLong(listedPath(prefix, reader));
            return;
        }
        int type = reader.type();
        boolean followed = type == DirectoryReader.TYPE_SYMLINK && links.followsAny();
        boolean known = type != DirectoryReader.TYPE_UNKNOWN && !followed;
        boolean checked = filters.isEmpty();
        if (!checked && known) {
            if (isExcluded(listedPath(prefix, reader), type == DirectoryReader.TYPE_DIRECTORY)) {
                return;
            }
            checked = true;
        }
        if (!readStatus(tree, prefix, reader, checked)) {
            return;
        }
        boolean directory = status.isDirectory();
        if (!checked && isExcluded(listedPath(prefix, reader), directory)) {
            return;
        }
        if (directory && !directories) {
            report.skippingDirectory(listedPath(prefix, reader));
            return;
        }
        int kind = withMount(below, status);
        if (directory && oneFileSystem > 1 && (kind & Columns.MOUNT_POINT) != 0) {
            return;
        }
        if (witness != null) {
            witness.made(listedPath(prefix, reader), true);
        }
        rows.addName(reader);
        byte[] path = filler.needsPath(status) ? listedPath(prefix, reader) : Columns.NO_BYTES;
        filler.fill(tree, path, status, kind, false);
    }

    private boolean readStatus(SourceTree tree, byte[] prefix, DirectoryReader reader, boolean checked)
            throws IOException {
        try {
            boolean fake = tree.tree().isFaking();
            boolean found = fake
                    ? tree.tree().status(SourceTree.below(listedPath(prefix, reader)), status)
                    : reader.status(false, status);
            if (found && status.isSymlink() && links.followsAny()) {
                found = links.follow(tree, listedPath(prefix, reader), false, status);
            }
            if (found) {
                return true;
            }
            if (checked || !isExcluded(listedPath(prefix, reader), false)) {
                reportMissing(tree, listedPath(prefix, reader));
            }
        } catch (SystemCallException e) {
            if (checked || !isExcluded(listedPath(prefix, reader), false)) {
                report.statusFailed(tree, listedPath(prefix, reader), e);
            }
        }
        return false;
    }

    private static byte[] listedPath(byte[] prefix, DirectoryReader reader) {
        byte[] path = Arrays.copyOf(prefix, prefix.length + reader.nameLength());
        reader.copyName(path, prefix.length);
        return path;
    }

    boolean isExcluded(byte[] path, boolean directory) {
        boolean root = path.length == 1 && path[0] == '.';
        return !root && !filters.isEmpty() && filters.check(SourceTree.below(path), directory) == Verdict.EXCLUDE;
    }

    private int withMount(int flags, FileStatus found) {
        boolean entered = (flags & Columns.CONTENT) != 0 && (flags & Columns.TOP) == 0;
        if (oneFileSystem == 0 || !entered || !found.isDirectory() || found.device() == device) {
            return flags;
        }
        return (flags & ~Columns.CONTENT) | Columns.MOUNT_POINT;
    }
}
