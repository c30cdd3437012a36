package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.filelist.FileList;
import io.sluice.protocol.filelist.FileListScanner;
import io.sluice.protocol.filelist.Segment;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.options.InfoItem;
import io.sluice.protocol.options.TransferOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Removes source files that the receiver says have arrived ({@code --remove-source-files}), unless they have changed since they were listed, or are what
 * arrived. Called by the thread that reads messages, with its own handles.
 */
final class SourceRemover implements PeerMessages.Receipt, AutoCloseable {
    private final boolean wanted;
    private final boolean told;
    private final boolean followsLinks;
    private final FileList list;
    private final Notices notices;
    private final Map<Integer, FileTree> trees = new HashMap<>();
    private final FileStatus status = new FileStatus();
    private @Nullable FileListScanner scanner;

    SourceRemover(TransferOptions options, FileList list, Notices notices) {
        this.wanted = options.deletion().sourceFiles() && !options.update().changesNothing();
        this.told = options.reporting().level(InfoItem.REMOVE) > 0;
        this.followsLinks = options.preservation().symlinks().copyAll();
        this.list = list;
        this.notices = notices;
    }

    /** Nothing can have arrived before this. */
    synchronized void begin(FileListScanner listing) {
        scanner = listing;
    }

    @Override
    public synchronized void arrived(int index, long device, long inode) throws IOException {
        FileListScanner listing = scanner;
        if (!wanted || listing == null) {
            return;
        }
        Segment segment = list.containing(index);
        if (index < segment.firstIndex()) {
            throw new ProtocolException("index of what arrived: " + index + " (expected: of a file)");
        }
        FileEntry entry = segment.at(index);
        byte[] path = entry.path();
        try {
            remove(tree(listing, entry.source()), entry, path, device, inode);
        } catch (IOException e) {
            tellFailure(path, "remove", e);
        }
    }

    private FileTree tree(FileListScanner listing, int source) throws IOException {
        FileTree known = trees.get(source);
        if (known == null) {
            known = listing.sourceForRemoval(source);
            trees.put(source, known);
        }
        return known;
    }

    private void remove(FileTree tree, FileEntry entry, byte[] path, long device, long inode) throws IOException {
        if (!readStatus(tree, path)) {
            return;
        }
        if (inode != 0 && status.device() == device && status.inode() == inode) {
            notices.fileError(Text.of("ERROR: Skipping sender remove of destination file: ")
                    .add(path));
        } else if (hasChanged(entry)) {
            notices.fileError(
                    Text.of("ERROR: Skipping sender remove for changed file: ").add(path));
        } else {
            tree.removeFile(path);
            if (told) {
                notices.info(Text.of("sender removed ").add(path));
            }
        }
    }

    private boolean readStatus(FileTree tree, byte[] path) throws IOException {
        try {
            if (followsLinks ? tree.statusFollowing(path, status) : tree.status(path, status)) {
                return true;
            }
            throw new SystemCallException("statx", Errno.ENOENT, path);
        } catch (SystemCallException e) {
            tellFailure(path, "re-lstat", e);
            return false;
        }
    }

    private boolean hasChanged(FileEntry entry) {
        boolean sized = status.isRegular() || status.isSymlink();
        return (sized && status.size() != entry.size())
                || status.type() != (entry.mode() & FileMode.TYPE_MASK)
                || status.mtimeSeconds() != entry.modificationTime()
                || (entry.modificationNanos() != 0 && status.mtimeNanos() != entry.modificationNanos());
    }

    private void tellFailure(byte[] path, String what, IOException cause) {
        if (cause instanceof SystemCallException call && call.errno() == Errno.ENOENT) {
            notices.info(Text.of("sender file already removed: ").add(path));
        } else {
            notices.fileFailure(Text.of("sender failed to " + what + " ").add(path), cause);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        scanner = null;
        for (FileTree tree : trees.values()) {
            tree.close();
        }
        trees.clear();
    }
}
