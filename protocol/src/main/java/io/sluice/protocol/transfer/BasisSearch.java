package io.sluice.protocol.transfer;

import io.sluice.linux.Errno;
import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.BasisOptions;
import java.io.IOException;

/**
 * Looks for an entry in the directories of {@code --compare-dest}, {@code --copy-dest} or {@code --link-dest}; the best one counts, of equal ones the
 * first. One for all entries; used by the generator.
 */
final class BasisSearch {
    private final Site site;
    private final BasisOptions options;
    private final QuickCheck quickCheck;
    private final AttributeSetter attributes;
    private final Modes modes;
    private final FileStatus tried = new FileStatus();
    private final FileStatus best = new FileStatus();
    private int number;

    /** How well something fits an entry; each includes those before it. */
    enum Fit {
        NOTHING,
        SAME_TYPE,
        SAME_CONTENT,
        IDENTICAL
    }

    BasisSearch(Site site, QuickCheck quickCheck, AttributeSetter attributes, Modes modes) {
        this.site = site;
        this.options = site.options().placement().basis();
        this.quickCheck = quickCheck;
        this.attributes = attributes;
        this.modes = modes;
    }

    boolean isActive() {
        return options.kind() != BasisOptions.Kind.NONE;
    }

    BasisOptions.Kind kind() {
        return options.kind();
    }

    /**
     * Tells once of directories that are none. What is outside of a module is neither looked at nor told of: nothing is found there, as if there were
     * nothing in it.
     */
    void check() {
        for (String directory : options.directories()) {
            TreePath place = site.named().find(directory, new byte[0]);
            String trouble = "";
            try {
                if (!place.tree().statusFollowing(place.path(), tried)) {
                    trouble = " arg does not exist: ";
                } else if (!tried.isDirectory()) {
                    trouble = " arg is not a dir: ";
                }
            } catch (IOException e) {
                boolean outside = e instanceof SystemCallException call && call.errno() == Errno.EXDEV;
                trouble = outside ? "" : " arg does not exist: ";
            }
            if (!trouble.isEmpty()) {
                Text text = Text.of(options.kind().option() + trouble);
                site.notices()
                        .warning(text.add(
                                site.named().shown(directory, site.notices().label())));
            }
        }
    }

    /** Looks for {@code item}; afterwards the other methods tell of what was found. */
    Fit search(Candidate item) throws IOException {
        Fit found = Fit.NOTHING;
        for (int at = 0; at < options.directories().size() && found != Fit.IDENTICAL; at++) {
            Fit fit = fit(item, place(at, item.path()));
            if (fit.compareTo(found) > 0) {
                found = fit;
                number = at;
                best.copyFrom(tried);
            }
        }
        return found;
    }

    private Fit fit(Candidate item, TreePath place) throws IOException {
        if (!isThere(place)) {
            return Fit.NOTHING; // or cannot be looked at, which is as good: the content comes from the sender
        }
        if (tried.type() != (item.entry().mode() & FileMode.TYPE_MASK)) {
            return Fit.NOTHING;
        }
        if (!quickCheck.isUpToDate(item.entry(), place, tried)) {
            return Fit.SAME_TYPE;
        }
        return attributes.agrees(item, place, tried, modes) ? Fit.IDENTICAL : Fit.SAME_CONTENT;
    }

    /**
     * Looks for a file that {@code item}, which is missing and becomes a link to another name, is to be told as: with {@code --link-dest} one that is that
     * file already, else one of the same content: the first that agrees in all, or the last.
     *
     * @param leader the file that it becomes a link to
     */
    boolean searchForLink(Candidate item, FileStatus leader) throws IOException {
        boolean found = false;
        boolean exact = false;
        for (int at = 0; at < options.directories().size() && !exact; at++) {
            TreePath place = place(at, item.path());
            Fit fit = options.kind() == BasisOptions.Kind.LINK ? fitOfLink(place, leader) : fit(item, place);
            exact = fit == Fit.IDENTICAL;
            if (exact || fit == Fit.SAME_CONTENT) {
                found = item.entry().isRegular() || options.kind() == BasisOptions.Kind.LINK;
                number = at;
                best.copyFrom(tried);
            }
        }
        return found;
    }

    private Fit fitOfLink(TreePath place, FileStatus leader) {
        return isThere(place) && tried.isSameFile(leader) ? Fit.IDENTICAL : Fit.NOTHING;
    }

    private boolean isThere(TreePath place) {
        try {
            return place.status(tried);
        } catch (IOException e) {
            return false;
        }
    }

    /** The destination itself is compared with what the directory is, be it named by a link. */
    private TreePath place(int at, byte[] path) {
        TreePath place = site.named().find(options.directories().get(at), path);
        return Paths.isRoot(path) ? new TreePath(place.tree(), FileTree.throughLink(place.path())) : place;
    }

    /** The number of the directory that has it, as the wire tells it. */
    int number() {
        return number;
    }

    /** What is there. */
    FileStatus status() {
        return best;
    }

    /** Where it is, for a name that is not made in a dry run. */
    HardLinks.Original original(Candidate item) {
        Text directory = site.named()
                .shown(options.directories().get(number), site.notices().label());
        return new HardLinks.Original(
                place(item), directory.add("/").add(item.path()).toBytes());
    }

    /** Where it is. */
    TreePath place(Candidate item) {
        return place(number, item.path());
    }
}
