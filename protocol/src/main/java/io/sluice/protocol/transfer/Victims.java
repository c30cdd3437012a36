package io.sluice.protocol.transfer;

import io.sluice.linux.DirectoryReader;
import io.sluice.linux.FileMode;
import io.sluice.linux.FileStatus;
import io.sluice.linux.SystemCallException;
import io.sluice.protocol.filelist.ScanWitness;
import io.sluice.protocol.files.FileTree;
import io.sluice.protocol.filter.FilterScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads directories of the destination to see what could be removed there: everything that no rule protects. */
final class Victims {
    private static final int TYPE_SHIFT = 12;
    private static final byte[] EMPTY = {};

    private final Rules rules;
    private final Site site;
    private final boolean needsStatus;
    private final byte[] reserved;
    private final boolean quiet;
    private final FileStatus status = new FileStatus();
    private boolean protectedSome;
    private @Nullable ScanWitness witness;
    private @Nullable Found hearer;

    /** Hears what a directory holds that could be removed. */
    @FunctionalInterface
    interface Found {
        void accept(List<Victim> victims) throws IOException;
    }

    /**
     * The rules and what they are relative to.
     *
     * @param tree the tree in which the destination lies
     * @param base the destination's path there, as it was named
     */
    record Rules(FilterScope scope, FileTree tree, byte[] base) {
        Rules {
            base = Paths.isRoot(base) ? EMPTY : Paths.withoutTrailingSlashes(base);
        }

        void enter(byte[] directory) throws IOException {
            scope.enter(tree, base, Paths.isRoot(directory) ? EMPTY : directory);
        }

        /** @param removing the directory that holds it is to be removed */
        boolean protects(byte[] path, boolean directory, boolean removing) {
            return scope.namedByDaemon(path, directory)
                    || isProtection(removing ? scope.checkForRemoval(path, directory) : scope.check(path, directory));
        }

        /** Whether a rule says that it may be removed. */
        boolean releases(byte[] path, boolean directory) {
            return !scope.namedByDaemon(path, directory) && scope.check(path, directory) == FilterScope.Verdict.INCLUDE;
        }

        /** Whether a rule protects a directory wherever it is, before any directory is entered. */
        static boolean protectsByName(FilterScope scope, byte[] directory) {
            return scope.namedByDaemon(directory, true) || isProtection(scope.check(directory, true));
        }

        private static boolean isProtection(FilterScope.Verdict verdict) {
            return switch (verdict) {
                case EXCLUDE, PROTECT -> true;
                case INCLUDE, NEUTRAL -> false;
            };
        }
    }

    /**
     * Something that no rule protects.
     *
     * @param mode its type; permissions too if they matter
     * @param owned by us
     * @param device where it is, if that matters
     */
    record Victim(byte[] path, int mode, boolean owned, long device) {
        boolean isDirectory() {
            return (mode & FileMode.TYPE_MASK) == FileMode.DIRECTORY;
        }
    }

    /**
     * @param statuses it matters on which device something is, or what permissions it has
     * @param reserved the name of directories that are left alone where they may be in use, unless a rule releases them; empty: none
     */
    Victims(Rules rules, Site site, boolean statuses, byte[] reserved) {
        this.rules = rules;
        this.site = site;
        this.needsStatus = statuses || !site.privileges().root();
        this.reserved = reserved;
        this.quiet = false;
    }

    private Victims(Victims like) {
        this.rules = like.rules;
        this.site = like.site;
        this.needsStatus = like.needsStatus;
        this.reserved = like.reserved;
        this.witness = like.witness;
        this.quiet = true;
    }

    /** For somebody who only looks: nobody is told of what cannot be read. */
    Victims quiet() {
        return new Victims(this);
    }

    /**
     * Lists {@code directory}, the last name of the file list's order first; also tells {@link #protectedSome}. What cannot be read is told of, and is not
     * in the list.
     *
     * @param removing the directory itself is to be removed
     */
    List<Victim> in(byte[] directory, boolean removing) throws IOException {
        return in(directory, Paths.isRoot(directory) ? EMPTY : directory, removing);
    }

    /** As above, of a directory that stays; {@code place} is the path by which it is entered. */
    List<Victim> in(byte[] directory, byte[] place) throws IOException {
        return in(directory, place, false);
    }

    private List<Victim> in(byte[] directory, byte[] place, boolean removing) throws IOException {
        rules.enter(directory);
        protectedSome = false;
        List<Victim> found = new ArrayList<>();
        try (DirectoryReader reader = site.tree().list(place)) {
            readAll(found, reader, directory, removing);
        } catch (SystemCallException e) {
            unreadable(Text.of("opendir ").add(site.notices().quote(directory)).add(" failed"), e);
        }
        found.sort((a, b) -> compare(b, a));
        if (hearer != null) {
            hearer.accept(found);
        }
        return found;
    }

    private void readAll(List<Victim> found, DirectoryReader reader, byte[] directory, boolean removing)
            throws IOException {
        try {
            while (reader.next()) {
                add(found, reader, Paths.join(directory, reader.name()), removing);
            }
        } catch (SystemCallException e) {
            unreadable(Text.of("readdir(").add(site.notices().quote(directory)).add(")"), e);
        }
    }

    private void unreadable(Text what, SystemCallException failure) {
        if (!quiet) {
            site.reports().outcome().add(Outcome.GENERAL);
            site.notices().fileFailure(what, failure);
        }
    }

    private void add(List<Victim> found, DirectoryReader reader, byte[] path, boolean removing) throws IOException {
        int mode = reader.type() << TYPE_SHIFT;
        boolean owned = false;
        long device = 0;
        if (needsStatus || mode == 0) {
            if (!readStatus(reader, path)) {
                return;
            }
            mode = status.mode();
            owned = status.uid() == site.privileges().uid();
            device = status.device();
        }
        Victim victim = new Victim(path, mode, owned, device);
        if (isReserved(victim, removing)) {
            return;
        }
        if (rules.protects(path, victim.isDirectory(), removing)) {
            protectedSome = true;
        } else {
            if (witness != null) {
                witness.made(path, true);
            }
            found.add(victim);
        }
    }

    /** It may be in use, unless its directory goes too; who has a rule for it knows better. */
    private boolean isReserved(Victim victim, boolean removing) {
        return !removing
                && victim.isDirectory()
                && Arrays.equals(Paths.name(victim.path()), reserved)
                && !rules.releases(victim.path(), true);
    }

    private boolean readStatus(DirectoryReader reader, byte[] path) throws IOException {
        try {
            return reader.status(false, status);
        } catch (SystemCallException e) {
            unreadable(Text.of("readlink_stat(").add(site.notices().quote(path)).add(") failed"), e);
            return false;
        }
    }

    /** The directory that was listed last is done with. */
    void leave() {
        rules.scope().leave();
    }

    /** The tree is done with. */
    void leaveAll() {
        rules.scope().leaveAll();
    }

    /** From now on {@code other} hears of what may be removed. */
    void reportTo(ScanWitness other) {
        witness = other;
    }

    /** From now on {@code other} hears of each directory's whole. */
    void tellFound(Found other) {
        hearer = other;
    }

    /** Returns true if the last directory holds something that a rule protects. */
    boolean protectedSome() {
        return protectedSome;
    }

    /** The file list's order inside a directory: files before directories, each by name. */
    private static int compare(Victim a, Victim b) {
        if (a.isDirectory() != b.isDirectory()) {
            return a.isDirectory() ? 1 : -1;
        }
        return Arrays.compareUnsigned(a.path(), b.path());
    }
}
