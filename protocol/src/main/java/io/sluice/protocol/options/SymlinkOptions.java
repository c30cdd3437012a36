package io.sluice.protocol.options;

/**
 * What becomes of symbolic links, in the source and in the destination.
 *
 * @param copyAll {@code -L}: what they lead to is sent
 * @param copyUnsafe {@code --copy-unsafe-links}: the same for those that lead out of the tree
 * @param safeOnly {@code --safe-links}: those that lead out of the tree are left out
 * @param munge {@code --munge-links}: their targets are made unusable while they are stored
 * @param sanitize targets that are received are made to lead nowhere above the top of the transfer; a daemon's module has it, and nobody is told
 * @param insecure {@code --insecure-links}: links on the way to a file are followed wherever they lead; never told to the peer
 * @param copyDirectoryLinks {@code -k}: a link to a directory is sent as a directory
 * @param keepDirectoryLinks {@code -K}: a link to a directory at the receiver stands for that directory
 * @param confineRoot {@code --confine-root}, one character per byte; empty: none
 */
public record SymlinkOptions(
        boolean copyAll,
        boolean copyUnsafe,
        boolean safeOnly,
        boolean munge,
        boolean sanitize,
        boolean insecure,
        boolean copyDirectoryLinks,
        boolean keepDirectoryLinks,
        String confineRoot) {
    /** Links are links. */
    public static final SymlinkOptions DEFAULT =
            new SymlinkOptions(false, false, false, false, false, false, false, false, "");
}
