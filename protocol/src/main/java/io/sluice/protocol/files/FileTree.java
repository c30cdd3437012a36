package io.sluice.protocol.files;

import io.sluice.linux.DirectoryHandle;
import io.sluice.linux.DirectoryReader;
import io.sluice.linux.Errno;
import io.sluice.linux.ExtendedAttributes;
import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import io.sluice.linux.OpenFlags;
import io.sluice.linux.Resolve;
import io.sluice.linux.SystemCallException;
import java.io.IOException;
import java.util.List;

/**
 * An open directory and a policy: every file operation of the engine names a path relative to it. Paths are bytes separated by {@code /}, {@code ""}
 * is the root itself; symlinks on the way follow the policy, the last component is never followed unless the method says so. Not thread-safe: each role
 * opens its own view with {@link #view}. Failures are {@code SystemCallException}s (an IOException with errno).
 *
 * <p>A path is resolved in two steps that leave nothing to swap in between: the kernel walks to the parent directory under the policy, and the last
 * component is used relative to that open parent. The parent of the last call is kept open, as neighbours usually come one after the other.
 *
 * <p>The engine does nothing to files but by this class, and by what it hands out: {@link #metadata}, {@link #replacing}, {@link #linkTargets} and {@link
 * TemporaryFile}.
 */
public final class FileTree implements AutoCloseable {
    private final DirectoryHandle root;
    private final byte[] prefix;
    private final Parents parents;
    private final TreeSettings settings;
    private final ContentOpener contents;
    private final TreeMetadata metadata;
    private final Replacer replacing;
    private final LinkTargets linkTargets;
    private final FileStatus scratch = new FileStatus();

    private FileTree(DirectoryHandle root, byte[] prefix, TreeSettings settings) {
        this.root = root;
        this.prefix = prefix;
        this.settings = settings;
        this.parents = new Parents(root, prefix, settings);
        this.contents = new ContentOpener(parents, settings.handling());
        this.metadata = new TreeMetadata(parents);
        this.replacing = new Replacer(parents, settings);
        this.linkTargets = new LinkTargets(parents, contents, settings);
    }

    /**
     * Opens directory {@code path} of the process's file system as the root of a tree. The path itself is the operator's: a symlink on it is followed if
     * root or the caller owns it.
     */
    public static FileTree open(byte[] path, TreePolicy policy) throws IOException {
        return open(path, policy, Paths.EMPTY);
    }

    private static FileTree open(byte[] path, TreePolicy policy, byte[] home) throws IOException {
        try (DirectoryHandle here = DirectoryHandle.open(Paths.HERE)) {
            return new FileTree(OperatorWalk.openDirectory(here, path), Paths.EMPTY, TreeSettings.of(policy, home));
        }
    }

    /**
     * Opens a directory step by step, each as if the one before it were {@code /}: what a process has for its root that changes it to one after the
     * other. The first is the operator's, as in {@link #open}. The last is the tree's {@link #home}.
     *
     * @param path at least one
     */
    public static FileTree openInside(List<byte[]> path, TreePolicy policy) throws IOException {
        byte[] home = path.getLast();
        FileTree tree = open(path.getFirst(), path.size() == 1 ? policy : TreePolicy.ROOTED, home);
        for (int i = 1; i < path.size(); i++) {
            TreePolicy next = i == path.size() - 1 ? policy : TreePolicy.ROOTED;
            try (FileTree outer = tree) {
                byte[] inside = Paths.join(Paths.HERE, path.get(i));
                tree = new FileTree(outer.parents.openPlace(inside), Paths.EMPTY, TreeSettings.of(next, home));
            }
        }
        return tree;
    }

    /** How symlinks on the way to a name are treated. */
    public TreePolicy policy() {
        return settings.policy();
    }

    /** The path that absolute links, seen from inside, have to go to come to the root of this tree; empty if nobody has said. */
    public byte[] home() {
        return settings.home().clone();
    }

    /** Opens another handle on the same root with the same policy, for another thread. */
    public FileTree view() throws IOException {
        return again(settings);
    }

    /** Opens another handle on the same root whose symlinks, and those of the trees made of it, a transfer sees through {@code other}. */
    public FileTree munging(LinkMunging other) throws IOException {
        return again(settings.with(other));
    }

    /** Opens another handle on the same root that treats files, with the trees made of it, as {@code other} says. */
    public FileTree handling(FileHandling other) throws IOException {
        return again(settings.with(other));
    }

    private FileTree again(TreeSettings other) throws IOException {
        return new FileTree(root.duplicate(), prefix, other);
    }

    /** Whether {@link #status} tells what a file stands for. */
    public boolean isFaking() {
        return settings.handling().fake();
    }

    /**
     * Opens a directory of this tree as a tree of its own (a symlink last component is followed). Links in it stay confined to the root of this tree; but
     * below an {@link TreePolicy#OPERATOR} tree the new one is {@link TreePolicy#CONFINED} to itself.
     */
    public FileTree subtree(byte[] path) throws IOException {
        if (policy() == TreePolicy.OPERATOR) {
            return operatorsSubtree(path, TreePolicy.CONFINED);
        }
        DirectoryHandle directory = parents.openPlace(path);
        if (policy() == TreePolicy.FREE) {
            return new FileTree(directory, Paths.EMPTY, settings.elsewhere(TreePolicy.FREE));
        }
        directory.close();
        byte[] full = Paths.withoutSlashes(Paths.join(prefix, path));
        return new FileTree(root.duplicate(), full, settings.unconfined(policy()));
    }

    /** As {@link #subtree}, but links of an {@link TreePolicy#OPERATOR} tree lead wherever they lead. */
    public FileTree freeSubtree(byte[] path) throws IOException {
        return policy() == TreePolicy.OPERATOR ? operatorsSubtree(path, TreePolicy.FREE) : subtree(path);
    }

    private FileTree operatorsSubtree(byte[] path, TreePolicy inside) throws IOException {
        DirectoryHandle directory = OperatorWalk.openDirectory(root, Paths.join(prefix, path));
        return new FileTree(directory, Paths.EMPTY, settings.elsewhere(inside));
    }

    /**
     * Opens another handle on the same root, an {@link TreePolicy#OPERATOR} tree: paths in it may not end up outside of directory {@code path}. {@link
     * #subtree} is not bound by it.
     */
    public FileTree within(byte[] path) throws IOException {
        return again(settings.with(ConfineRoot.at(path)));
    }

    /** Opens another handle on the same root; if it is an {@link TreePolicy#OPERATOR} tree, links lead wherever they lead ({@code --insecure-links}). */
    public FileTree freed() throws IOException {
        return again(settings.unconfined(policy() == TreePolicy.OPERATOR ? TreePolicy.FREE : policy()));
    }

    /** Opens another handle on the same root; links of a {@link TreePolicy#FREE} tree stay beneath it. */
    public FileTree confined() throws IOException {
        return again(settings.unconfined(policy() == TreePolicy.FREE ? TreePolicy.CONFINED : policy()));
    }

    /** The path of a directory, be it through a symlink that is its last component: then that is followed, as those on the way are. */
    public static byte[] throughLink(byte[] directory) {
        return directory.length == 0 ? directory : Paths.join(directory, Paths.HERE);
    }

    /** Sets what files carry besides their content. */
    public TreeMetadata metadata() {
        return metadata;
    }

    /** Makes symlinks, nodes and hard links over what is there. */
    public Replacer replacing() {
        return replacing;
    }

    /** Reads symlinks. */
    public LinkTargets linkTargets() {
        return linkTargets;
    }

    /** Where paths of this tree are found. */
    Parents parents() {
        return parents;
    }

    /** Reads a name's status (of a symlink itself); false if there is no such name. */
    public boolean status(byte[] path, FileStatus into) throws IOException {
        return parents.find(path) && readStatus(into);
    }

    /**
     * As {@link #status}, where the name belongs into a directory.
     *
     * @throws SystemCallException with ENOTDIR if what should be its directory is something else
     */
    public boolean statusInDirectory(byte[] path, FileStatus into) throws IOException {
        try {
            parents.locate(path);
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw e;
        }
        return readStatus(into);
    }

    private boolean readStatus(FileStatus into) throws IOException {
        if (!parents.directory().status(parents.name(), false, into)) {
            return false;
        }
        if (settings.handling().fake()) {
            FakeStatusStore.tell(ExtendedAttributes.of(parents.directory(), parents.name()), into);
        }
        return true;
    }

    /** Reads the status of a file of this tree that is open. */
    public void status(OpenFile file, FileStatus into) throws IOException {
        file.status(into);
        if (settings.handling().fake()) {
            FakeStatusStore.tell(ExtendedAttributes.of(file), into);
        }
    }

    /** As {@link #status}, but of what a symlink points to, within the policy; false too for a link that leads nowhere. */
    public boolean statusFollowing(byte[] path, FileStatus into) throws IOException {
        if (!status(path, into)) {
            return false;
        }
        if (!into.isSymlink()) {
            return true;
        }
        try (OpenFile place = parents.openAny(path)) {
            place.status(into);
            if (settings.handling().fake()) {
                FakeStatusStore.tell(ExtendedAttributes.ofPlace(place), into);
            }
            return true;
        } catch (SystemCallException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Whether a symlink leads to a directory, be that outside of a tree that is confined: nothing else is told of what is there, and nothing is opened.
     */
    public boolean leadsToDirectoryAnywhere(byte[] path) throws IOException {
        if (policy() == TreePolicy.ROOTED) {
            return statusFollowing(path, scratch) && scratch.isDirectory(); // what is outside does not exist
        }
        return parents.find(path) && parents.directory().status(parents.name(), true, scratch) && scratch.isDirectory();
    }

    /** Opens a directory for listing, never through a symlink; {@code .} and {@code ..} are left out. The caller closes it. */
    public DirectoryReader list(byte[] path) throws IOException {
        parents.locate(path);
        return parents.directory().list(parents.name(), Resolve.NO_SYMLINKS);
    }

    /**
     * Opens a regular file (never a fifo, a device only as {@link FileHandling} says, never through a symlink) for reading.
     *
     * @throws SystemCallException also with EINVAL if it is something else
     */
    public OpenFile openForReading(byte[] path) throws IOException {
        parents.locate(path);
        return contents.open(path, OpenFlags.READ_ONLY, 0);
    }

    /** As {@link #openForReading}, but a symlink is followed, within the policy. */
    public OpenFile openForReadingFollowing(byte[] path) throws IOException {
        return contents.openFollowing(path);
    }

    /** Opens an existing or new regular file for reading and writing in place; a new one has {@code mode} less the umask. */
    public OpenFile openForUpdate(byte[] path, int mode) throws IOException {
        parents.locate(path);
        return contents.open(path, OpenFlags.READ_WRITE | OpenFlags.CREATE, mode);
    }

    /**
     * As {@link #openForUpdate}, also where that is denied: in a sticky directory the kernel may allow what exists but not {@code O_CREAT}, and a file of
     * our own that is not writable is made so just while it is opened.
     */
    public OpenFile openForUpdateAnyhow(byte[] path, int mode) throws IOException {
        parents.locate(path);
        return contents.openForUpdateAnyhow(path, mode);
    }

    /** Creates a regular file with {@code mode} less the umask; fails with EEXIST if the name is taken. */
    public OpenFile createFile(byte[] path, int mode) throws IOException {
        parents.locate(path);
        return contents.open(path, OpenFlags.READ_WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE, mode);
    }

    /**
     * Opens a file that a user named (a list, a log), a fifo too, for reading from its start to its end. A symlink is followed in an {@link
     * TreePolicy#OPERATOR} tree if the operator can trust it, and in a {@link TreePolicy#FREE} one.
     */
    public OpenFile openStream(byte[] path) throws IOException {
        return contents.openNamed(path, OpenFlags.READ_ONLY, 0);
    }

    /** Opens an existing or new file to write behind its end, whoever else does, links as in {@link #openStream}; a new one has {@code mode} less the umask. */
    public OpenFile openForAppending(byte[] path, int mode) throws IOException {
        return contents.openNamed(path, OpenFlags.WRITE_ONLY | OpenFlags.CREATE | OpenFlags.APPEND, mode);
    }

    /**
     * Creates {@code .name.XXXXXX} beside {@code path}, mode 0600 until the caller sets it through the open file; closing without commit removes it.
     */
    public TemporaryFile createTemporary(byte[] path) throws IOException {
        parents.locate(path);
        return TemporaryFile.create(this, parents.retain(), Paths.parent(path), parents.name());
    }

    /** As {@link #createTemporary(byte[])}, but {@code name.XXXXXX} in {@code directory}, which may be on another device. */
    public TemporaryFile createTemporary(byte[] path, TreePath directory) throws IOException {
        parents.locate(path);
        byte[] name = parents.name();
        FileTree other = directory.tree();
        other.parents.locate(Paths.join(directory.path(), name));
        return TemporaryFile.createVisible(other, other.parents.retain(), directory.path(), name);
    }

    /** Makes a directory with {@code mode} less the umask. */
    public void makeDirectory(byte[] path, int mode) throws IOException {
        parents.locate(path);
        parents.directory().makeDirectory(parents.name(), mode);
    }

    /** Renames within this tree, replacing what is there. */
    public void rename(byte[] from, byte[] to) throws IOException {
        rename(from, new TreePath(this, to));
    }

    /** Renames out of this tree, maybe, replacing what is there. */
    public void rename(byte[] from, TreePath to) throws IOException {
        FileTree other = to.tree();
        parents.locate(from);
        byte[] oldName = parents.name();
        try (Parents.Place source = parents.retain()) {
            other.parents.locate(to.path());
            source.directory().rename(oldName, other.parents.directory(), other.parents.name(), 0);
        }
        parents.forget();
        other.parents.forget();
    }

    /** Gives what {@code from} names, even a symlink, a second name; fails with EEXIST if that is taken. */
    public void link(byte[] from, TreePath to) throws IOException {
        FileTree other = to.tree();
        parents.locate(from);
        byte[] oldName = parents.name();
        try (Parents.Place source = parents.retain()) {
            other.parents.locate(to.path());
            source.directory().link(oldName, other.parents.directory(), other.parents.name());
        }
    }

    /** Removes a non-directory. */
    public void removeFile(byte[] path) throws IOException {
        parents.locate(path);
        parents.directory().unlink(parents.name());
    }

    /** Removes an empty directory. */
    public void removeDirectory(byte[] path) throws IOException {
        parents.locate(path);
        parents.directory().removeDirectory(parents.name());
        parents.forget();
    }

    /** Closes the handles; temporary files in use keep their own until they are closed. */
    @Override
    public void close() throws IOException {
        parents.forget();
        root.close();
    }
}
