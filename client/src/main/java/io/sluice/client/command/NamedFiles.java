package io.sluice.client.command;

import io.sluice.linux.OpenFile;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePolicy;
import java.io.IOException;

/**
 * Files that a command line names; names have one character per byte. A symlink is followed if root or the user made it, so that nobody else leads them
 * elsewhere.
 *
 * @param insecureLinks symlinks are followed whoever made them ({@code --insecure-links})
 */
public record NamedFiles(boolean insecureLinks) {
    private static final byte[] HERE = {'.'};

    /** Opens a file, a fifo too, to read it from its start to its end. The caller closes it. */
    public OpenFile open(String name) throws IOException {
        try (FileTree here = here()) {
            return here.openStream(ByteText.bytes(name));
        }
    }

    /** Opens an existing or new file to write behind its end; a new one has {@code mode} less the umask. The caller closes it. */
    public OpenFile openForAppending(String name, int mode) throws IOException {
        try (FileTree here = here()) {
            return here.openForAppending(ByteText.bytes(name), mode);
        }
    }

    private FileTree here() throws IOException {
        return FileTree.open(HERE, insecureLinks ? TreePolicy.FREE : TreePolicy.OPERATOR);
    }
}
