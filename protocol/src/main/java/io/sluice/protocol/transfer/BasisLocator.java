package io.sluice.protocol.transfer;

import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.PlacementOptions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the type of an item's basis, and the name that may follow, mean. They come from the peer, which may only choose among what this side's own
 * options allow: a name never leads out of its directory. Used by the receiver.
 */
final class BasisLocator {
    private final Site site;
    private final PlacementOptions placement;
    private final @Nullable PartialFiles partials;
    private final Backup backup;
    private final RenamedBases renamed;

    BasisLocator(Site site, @Nullable PartialFiles partials, FileReceiver.Sources sources) {
        this.site = site;
        this.placement = site.options().placement();
        this.partials = partials;
        this.backup = sources.backup();
        this.renamed = sources.renamed();
    }

    /**
     * Returns the basis of the file that goes to {@code path}.
     *
     * @throws ProtocolException if the type is none that this side's options allow
     */
    TreePath locate(ItemReader item, byte[] path) throws IOException {
        int type = item.basisType();
        return switch (type) {
            case BasisType.FILE -> own(item, path);
            case BasisType.PARTIAL_DIRECTORY ->
                partials == null || partials.hides(path) ? file(path) : partials.of(path);
            case BasisType.BACKUP -> backedUp(path);
            case BasisType.FUZZY -> similar(item, path);
            default ->
                type > BasisType.FUZZY
                        ? named(type - BasisType.FUZZY - 1, beside(path, item.name()))
                        : named(type, path);
        };
    }

    /** Where a name that a peer chose is: in the directory of {@code path}, or below it, whatever the name says. */
    static byte[] beside(byte[] path, byte[] name) {
        return Paths.join(Paths.parent(path), Paths.collapse(name));
    }

    private TreePath file(byte[] path) {
        return new TreePath(site.tree(), path);
    }

    /** To the sender, a file that had another name is what has this one. */
    private TreePath own(ItemReader item, byte[] path) {
        byte[] former = renamed.of(item.index());
        return file(former == null ? path : former);
    }

    private TreePath backedUp(byte[] path) throws IOException {
        TreePath place = backup.isEnabled() ? backup.place(path) : null;
        return place == null ? file(path) : place;
    }

    private TreePath similar(ItemReader item, byte[] path) throws ProtocolException {
        if (placement.basis().fuzzy() == 0) {
            String name = new Text().add(item.name()).toString();
            throw new ProtocolException("fuzzy basis: " + name + " (expected: none, as --fuzzy was not given)");
        }
        return file(beside(path, item.name()));
    }

    private TreePath named(int number, byte[] path) throws ProtocolException {
        List<String> directories = placement.basis().directories();
        if (number < 0 || number >= directories.size()) {
            throw new ProtocolException(
                    "basis directory: " + number + " (expected: less than " + directories.size() + ")");
        }
        return site.named().find(directories.get(number), path);
    }
}
