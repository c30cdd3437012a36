package io.sluice.protocol.files;

import io.sluice.linux.FileStatus;
import io.sluice.linux.OpenFile;
import java.io.IOException;

/** A name in a tree, for what need not be in the destination: a backup, a basis, an unfinished file. */
public record TreePath(FileTree tree, byte[] path) {
    /** Reads the name's status (of a symlink itself); false if there is no such name. */
    public boolean status(FileStatus into) throws IOException {
        return tree.status(path, into);
    }

    /** Opens it for reading if it is a regular file, as {@link FileTree#openForReading} does. */
    public OpenFile openForReading() throws IOException {
        return tree.openForReading(path);
    }

    /** Lets {@code use} work with the attributes of what it is; a symlink's own. */
    public <T> T withAttributes(TreeMetadata.AttributeUse<T> use) throws IOException {
        return tree.metadata().withAttributes(path, use);
    }

    /** Renames it, replacing what is there. */
    public void renameTo(TreePath to) throws IOException {
        tree.rename(path, to);
    }

    /** Gives it a second name; fails with EEXIST if that is taken. */
    public void linkTo(TreePath to) throws IOException {
        tree.link(path, to);
    }

    /** Removes a non-directory. */
    public void remove() throws IOException {
        tree.removeFile(path);
    }
}
