package io.sluice.protocol.transfer;

import io.sluice.linux.FileStatus;
import io.sluice.protocol.ExitCode;
import io.sluice.protocol.TransferException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.LinkMunging;
import io.sluice.protocol.files.TreePolicy;
import io.sluice.protocol.options.SymlinkOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How a side treats the symlinks of the tree it was given: {@code --munge-links}, {@code --insecure-links} and {@code
 * --confine-root}. They are for trees that are a user's own. */
final class LinkTreatment {
    private static final byte[] MUNGED = "/rsyncd-munged".getBytes(StandardCharsets.US_ASCII);

    private LinkTreatment() {}

    /**
     * Returns another handle on the tree; the caller closes it. A daemon's tree stays as its configuration has it.
     *
     * @throws TransferException with code 4 if munged links would lead somewhere
     */
    static FileTree apply(FileTree tree, SymlinkOptions options, LinkMunging munging) throws IOException {
        if (tree.policy() != TreePolicy.OPERATOR) {
            return tree.view();
        }
        if (options.confineRoot().isEmpty() || munging != LinkMunging.SENDING) {
            return treat(tree, options, munging);
        }
        try (FileTree confined = tree.within(options.confineRoot().getBytes(StandardCharsets.ISO_8859_1))) {
            return treat(confined, options, munging);
        }
    }

    private static FileTree treat(FileTree tree, SymlinkOptions options, LinkMunging munging) throws IOException {
        if (!options.munge() && !options.insecure()) {
            return tree.view();
        }
        if (!options.munge()) {
            return tree.freed();
        }
        FileStatus status = new FileStatus();
        if (tree.statusFollowing(MUNGED, status) && status.isDirectory()) {
            throw new TransferException(
                    ExitCode.UNSUPPORTED, "Symlink munging is unsafe when a /rsyncd-munged directory exists.");
        }
        if (!options.insecure()) {
            return tree.munging(munging);
        }
        try (FileTree free = tree.freed()) {
            return free.munging(munging);
        }
    }
}
