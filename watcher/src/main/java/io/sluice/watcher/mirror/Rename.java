package io.sluice.watcher.mirror;

/**
 * Something got another name within the tree.
 *
 * @param from its old path, a character for each byte
 * @param to its new one
 * @param directory whether it is one, with all that is below it
 */
record Rename(String from, String to, boolean directory) {
    /** Two strings, their place in a table, and this. */
    private static final int BYTES = 160;

    static Rename of(byte[] from, byte[] to, boolean directory) {
        return new Rename(PathText.of(from), PathText.of(to), directory);
    }

    DirtyPath oldPath() {
        return DirtyPath.of(PathText.bytes(from));
    }

    DirtyPath newPath() {
        return DirtyPath.of(PathText.bytes(to));
    }

    /** The directory that a path is in; empty: the top. */
    static String directory(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** What the old name is dirty with. */
    int oldDirt() {
        return Dirt.REPLACED | (directory ? Dirt.SUBTREE : Dirt.SINGLE);
    }

    /** What the new name is dirty with. */
    int newDirt() {
        return directory ? Dirt.SUBTREE : Dirt.SINGLE | Dirt.MOVED | Dirt.REPLACED;
    }

    /** Bytes of heap that it takes in a table. */
    long bytes() {
        return BYTES + (long) from.length() + to.length();
    }
}
