package io.sluice.protocol.filelist;

import io.sluice.linux.Errno;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.checksum.Checksums;
import io.sluice.protocol.checksum.StrongChecksum;
import io.sluice.protocol.filter.FilterScope;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.ModeChange;
import io.sluice.protocol.options.TransferOptions;
import io.sluice.protocol.session.Session;
import java.io.IOException;
import java.util.Arrays;

/** Fills the row that was begun with what its file is: the columns that the options ask for. */
final class RowFiller {
    private static final int READ_SIZE = 256 * 1024;

    private final ColumnsBuilder rows;
    private final WireFormat format;
    private final Session session;
    private final ScanReport report;
    private final ModeChange modeChange;
    private final SourceLinks links;
    private final AttributeScanner attributes;
    private final SentNames names;
    private final boolean copyDevices;
    private final boolean skipUnreadable;
    private byte[] content = Columns.NO_BYTES;
    private LinkWitness linkWitness = LinkWitness.NONE;

    RowFiller(Session session, TransferOptions options, FilterScope filters, ScanReport report) {
        this.format = WireFormat.of(session, options);
        this.rows = new ColumnsBuilder(format.layout());
        this.session = session;
        this.report = report;
        this.modeChange = ModeChange.parse(options.preservation().chmod());
        this.links = new SourceLinks(
                options.preservation().symlinks(), report, options.reporting().level(InfoItem.SYMSAFE) > 0);
        this.attributes = new AttributeScanner(options.preservation(), filters.attributes());
        this.names = new SentNames(session.names(), report);
        this.copyDevices = options.selection().copyDevices();
        this.skipUnreadable = options.selection().skipUnreadable();
    }

    ColumnsBuilder rows() {
        return rows;
    }

    /** How symlinks are treated. */
    SourceLinks links() {
        return links;
    }

    boolean numbersAsSent() {
        return format.numbersAsSent();
    }

    /** From now on {@code other} hears of files with several names. */
    void reportTo(LinkWitness other) {
        linkWitness = other;
    }

    /** Whether the path of a file like this has to be known to fill its row. */
    boolean needsPath(FileStatus found) {
        return found.isSymlink()
                || (copyDevices && found.isDevice())
                || skipUnreadable
                || format.checksumLength() > 0
                || attributes.isNeeded();
    }

    /**
     * Sets the columns of the row that was begun, or takes it back and returns false. Five parameters, as they are what is known of it.
     *
     * @param path empty if it is not {@link #needsPath needed}
     * @param follow the status is that of what a symlink leads to
     */
    boolean fill(SourceTree tree, byte[] path, FileStatus found, int flags, boolean follow) throws IOException {
        return fillColumns(tree, path, found, flags) && fillAttributes(tree, path, found, follow);
    }

    private boolean fillColumns(SourceTree tree, byte[] path, FileStatus found, int flags) throws IOException {
        if (copyDevices && found.isDevice()) {
            DeviceContent.asFile(tree, path, found);
        }
        int row = rows.rows - 1;
        if (skipUnreadable && !Readability.mayRead(tree, path, found)) {
            rows.drop();
            return false;
        }
        if (names.judges() && !names.canTravel(rows.path(row))) {
            rows.drop();
            return false;
        }
        if (found.linkCount() > 1 && !found.isDirectory()) {
            linkWitness.linked(rows.path(row), found);
        }
        int mode = found.mode();
        rows.modes[row] = (char) (mode == 0 || found.isSymlink() ? mode : modeChange.apply(mode));
        rows.flags[row] = found.isDirectory() ? (byte) flags : 0;
        rows.sizes[row] = Modes.isDevice(mode) || Modes.isSpecial(mode) ? 0 : found.size();
        rows.time(found.mtimeSeconds(), format.nanos() ? found.mtimeNanos() : 0);
        rows.ids(found.uid(), found.gid());
        if (format.hasInode(found)) {
            rows.inode(found.device(), found.inode());
        }
        if (format.kept().links() && found.isSymlink()) {
            return readTarget(tree, path);
        }
        if (found.isDevice()) {
            rows.device(found.rdevMajor(), found.rdevMinor());
        } else if (format.checksumLength() > 0 && found.isRegular()) {
            sum(tree, path, found.size());
        }
        return true;
    }

    /** Adds what the options carry over besides; a file whose attributes cannot be read is taken back. */
    private boolean fillAttributes(SourceTree tree, byte[] path, FileStatus found, boolean follow) throws IOException {
        if (format.hasAccessTime(found.mode())) {
            rows.attributes.setAccessTime(rows.rows - 1, found.atimeSeconds());
        }
        if (!attributes.isNeeded()) {
            return true;
        }
        try {
            attributes.add(tree, path, found, follow, rows);
            return true;
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENOENT) {
                report.vanished(tree, path, false);
            } else {
                report.attributesFailed(tree, path, e);
            }
            rows.drop();
            return false;
        }
    }

    private boolean readTarget(SourceTree tree, byte[] path) throws IOException {
        try {
            byte[] target = tree.tree().linkTargets().told(SourceTree.below(path));
            if (target.length == 0) {
                report.emptyLink(tree, path);
            } else if (names.canTravel(tree, path, target)) {
                rows.links.add(rows.rows - 1, target);
                return true;
            }
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENOENT) {
                report.vanished(tree, path, false);
            } else {
                report.statusFailed(tree, path, e);
            }
        }
        rows.drop();
        return false;
    }

    /** The sum of a file's content; of one that cannot be read it is all zeros, and so differs from every other. */
    private void sum(SourceTree tree, byte[] path, long size) throws IOException {
        int start = rows.checksumStart();
        Arrays.fill(rows.checksums, start, start + format.checksumLength(), (byte) 0);
        if (content.length == 0) {
            content = new byte[READ_SIZE];
        }
        StrongChecksum sum = Checksums.fileList(session);
        try (OpenFile file = links.open(tree, path)) {
            long left = size;
            while (left > 0) {
                int count = file.read(content, 0, (int) Math.min(left, READ_SIZE));
                if (count < 0) {
                    break;
                }
                sum.update(content, 0, count);
                left -= count;
            }
            sum.digest(rows.checksums, start);
        } catch (SystemCallException e) {
            Arrays.fill(rows.checksums, start, start + format.checksumLength(), (byte) 0);
        }
    }
}
