package io.sluice.protocol.transfer;

import io.sluice.linux.DirectoryReader;
import io.sluice.linux.FileStatus;
import io.sluice.protocol.filelist.FileEntry;
import io.sluice.protocol.files.TreePath;
import io.sluice.protocol.options.BasisOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a file like one that is missing ({@code --fuzzy}): in its directory, and if asked for twice also in those of {@code --link-dest} and the like.
 * One of the same size and time is taken before one of a similar name. Keeps the last directory's listing; used by the generator.
 */
final class FuzzySearch {
    /** Names that differ more are not similar. */
    private static final long LIMIT = 25 * SimilarNames.UNIT;

    private final Site site;
    private final GeneratorTrace trace;
    private final BasisOptions options;
    private final List<List<Similar>> listings = new ArrayList<>();
    private final FileStatus status = new FileStatus();
    private byte @Nullable [] listed;

    /** A file that can be a basis. */
    static final class Similar {
        private final TreePath place;
        private final long size;
        private final long time;
        private final int directory;
        private boolean changing;

        Similar(TreePath place, FileStatus status, int directory) {
            this.place = place;
            this.size = status.size();
            this.time = status.mtimeSeconds();
            this.directory = directory;
        }

        TreePath place() {
            return place;
        }

        long size() {
            return size;
        }

        byte[] name() {
            return Paths.name(place.path());
        }

        /** The basis type that tells its directory. */
        int basisType() {
            return BasisType.FUZZY + directory;
        }
    }

    FuzzySearch(Site site, GeneratorTrace trace) {
        this.site = site;
        this.trace = trace;
        this.options = site.options().placement().basis();
    }

    /** Returns the file that is most like {@code entry}, which goes to {@code path}. */
    @Nullable
    Similar find(FileEntry entry, byte[] path) {
        if (options.fuzzy() == 0 || site.target().missing()) {
            return null;
        }
        list(Paths.parent(path));
        Similar same = findSameTime(entry);
        return same != null ? same : findSameName(path);
    }

    /** {@code path} is about to change: it is no good basis for another file. */
    void changing(byte[] path) {
        if (listings.isEmpty() || !Arrays.equals(Paths.parent(path), listed)) {
            return;
        }
        for (Similar file : listings.getFirst()) {
            if (Arrays.equals(file.place.path(), path)) {
                file.changing = true;
            }
        }
    }

    private void list(byte[] directory) {
        if (Arrays.equals(directory, listed)) {
            return;
        }
        listed = directory;
        listings.clear();
        listings.add(read(new TreePath(site.tree(), directory), 0));
        int others = options.fuzzy() > 1 ? options.directories().size() : 0;
        for (int number = 0; number < others; number++) {
            listings.add(read(site.named().find(options.directories().get(number), directory), number + 1));
        }
    }

    private List<Similar> read(TreePath directory, int number) {
        List<Similar> files = new ArrayList<>();
        byte[] path = Paths.isRoot(directory.path()) ? new byte[0] : directory.path();
        try (DirectoryReader reader = directory.tree().list(path)) {
            while (reader.next()) {
                if (reader.status(false, status) && status.isRegular() && status.size() > 0) {
                    files.add(new Similar(
                            new TreePath(directory.tree(), Paths.join(path, reader.name())), status, number));
                }
            }
        } catch (IOException e) {
            return List.of(); // no directory, no similar files
        }
        files.sort((a, b) -> Arrays.compareUnsigned(a.place.path(), b.place.path()));
        return files;
    }

    private @Nullable Similar findSameTime(FileEntry entry) {
        for (List<Similar> files : listings) {
            for (Similar file : files) {
                if (!file.changing && file.size == entry.size() && file.time == entry.modificationTime()) {
                    trace.sameTime(file.place.path());
                    return file;
                }
            }
        }
        return null;
    }

    private @Nullable Similar findSameName(byte[] path) {
        SimilarNames wanted = new SimilarNames(Paths.name(path));
        Similar best = null;
        long least = LIMIT;
        for (List<Similar> files : listings) {
            for (Similar file : files) {
                long distance = file.changing ? Long.MAX_VALUE : wanted.distance(file.name(), least);
                if (!file.changing) {
                    trace.distance(file.place.path(), distance);
                }
                if (distance <= least) {
                    least = distance;
                    best = file;
                }
            }
        }
        return best;
    }
}
