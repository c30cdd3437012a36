package io.sluice.protocol.transfer;

import io.sluice.linux.OpenFile;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TemporaryFile;
import io.sluice.protocol.files.TreePath;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a file's new content goes while it comes: a temporary file, or with {@code --inplace} the file itself. Closing removes what was not put in its
 * place.
 */
final class Output implements AutoCloseable {
    private static final int PRIVATE = 0600;

    private final @Nullable TemporaryFile temporary;
    private final OpenFile file;
    private final TreePath place;
    private final @Nullable OpenFile basis;
    private final boolean overwritesBasis;

    private Output(
            @Nullable TemporaryFile temporary,
            OpenFile file,
            TreePath place,
            @Nullable OpenFile basis,
            boolean overwritesBasis) {
        this.temporary = temporary;
        this.file = file;
        this.place = place;
        this.basis = basis;
        this.overwritesBasis = overwritesBasis;
    }

    /**
     * A new file that later replaces {@code path}; takes over {@code basis}.
     *
     * @param directory where it is until then; null: beside it
     */
    static Output temporary(FileTree tree, byte[] path, @Nullable TreePath directory, @Nullable OpenFile basis)
            throws IOException {
        TemporaryFile temporary =
                directory == null ? tree.createTemporary(path) : tree.createTemporary(path, directory);
        return new Output(temporary, temporary.file(), temporary.location(), basis, false);
    }

    /**
     * The file {@code place} itself; takes over {@code basis}.
     *
     * @param same the basis has the file's content, or is that file
     */
    static Output inPlace(TreePath place, @Nullable OpenFile basis, boolean same) throws IOException {
        OpenFile file = place.tree().openForUpdateAnyhow(place.path(), PRIVATE);
        return new Output(null, file, place, basis, same && basis != null);
    }

    OpenFile file() {
        return file;
    }

    /** Where the content is for now. */
    TreePath place() {
        return place;
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

    /** Gives it the name {@code target}, on the same device. */
    void moveTo(TreePath target) throws IOException {
        if (temporary != null) {
            temporary.commit(target);
        } else if (!isAt(target)) {
            place.renameTo(target);
        }
    }

    private boolean isAt(TreePath target) {
        return place.tree() == target.tree() && Arrays.equals(place.path(), target.path());
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
