package io.sluice.protocol.transfer;

import io.sluice.linux.OpenFile;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TemporaryFile;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a file's new content goes while it comes: a temporary file, or with {@code --inplace} the file itself. Closing removes what was not put in its
 * place.
 */
final class Output implements AutoCloseable {
    private final @Nullable TemporaryFile temporary;
    private final OpenFile file;
    private final byte[] path;
    private final @Nullable OpenFile basis;
    private final boolean overwritesBasis;

    private Output(
            @Nullable TemporaryFile temporary,
            OpenFile file,
            byte[] path,
            @Nullable OpenFile basis,
            boolean overwritesBasis) {
        this.temporary = temporary;
        this.file = file;
        this.path = path;
        this.basis = basis;
        this.overwritesBasis = overwritesBasis;
    }

    /** A new file that later replaces {@code path}; takes over {@code basis}. */
    static Output temporary(FileTree tree, byte[] path, @Nullable OpenFile basis) throws IOException {
        TemporaryFile temporary = tree.createTemporary(path);
        return new Output(temporary, temporary.file(), temporary.path(), basis, false);
    }

    /** The file {@code path} itself; takes over {@code basis}, which is the same file or null. */
    static Output inPlace(FileTree tree, byte[] path, @Nullable OpenFile basis) throws IOException {
        return new Output(null, tree.openForUpdate(path, 0600), path, basis, basis != null);
    }

    OpenFile file() {
        return file;
    }

    /** The path that the content has for now. */
    byte[] path() {
        return path;
    }

    @Nullable
    OpenFile basis() {
        return basis;
    }

    /** There may be older content in the file. */
    boolean overwrites() {
        return temporary == null;
    }

    /** The older content is the basis. */
    boolean overwritesBasis() {
        return overwritesBasis;
    }

    /** Gives it the name {@code target}. */
    void moveTo(FileTree tree, byte[] target) throws IOException {
        if (temporary != null) {
            temporary.commit(target);
        } else if (!Arrays.equals(path, target)) {
            tree.rename(path, target);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (temporary != null) {
                temporary.close();
            } else {
                file.close();
            }
        } finally {
            if (basis != null) {
                basis.close();
            }
        }
    }
}
