package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Rewrites files of a tree at a steady rate and watches for each to be the same on every replica. */
final class Edits {
    private static final long SEED = 4_711;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int BYTES = 4_000;

    private final Path source;
    private final List<Path> replicas;
    private final List<Path> files;
    private final SplittableRandom random = new SplittableRandom(SEED);

    /** A file that has been rewritten, and the replicas that do not show it yet. */
    private record Pending(int number, Path file, byte[] content, FileTime modified, long closed, List<Path> missing) {}

    /** @param source whose files, by their names relative to it, are edited */
    Edits(Path source, List<Path> replicas) throws IOException {
        this.source = source;
        this.replicas = List.copyOf(replicas);
        try (Stream<Path> all = Files.walk(source)) {
            this.files = all.filter(Files::isRegularFile)
                    .map(source::relativize)
                    .sorted()
                    .toList();
        }
    }

    /**
     * Makes edits and waits until all are visible.
     *
     * @param count of those that are watched
     * @param perSecond how many to begin in a second, watched or not
     * @param sample watches one of so many
     * @return for each in their order, the nanoseconds from its close to its being visible on the last replica
     * @throws IOException if one is not visible after a minute
     */
    long[] run(int count, double perSecond, int sample) throws IOException {
        long[] latencies = new long[count];
        long all = (long) count * sample;
        int visible = 0;
        long made = 0;
        long begun = System.nanoTime();
        List<Pending> pending = new ArrayList<>();
        while (visible < count) {
            while (made < all && System.nanoTime() - begun >= made / perSecond * TimeUnit.SECONDS.toNanos(1)) {
                Pending edit = edit((int) (made / sample), pending);
                if (made % sample == 0) {
                    pending.add(edit);
                }
                made++;
            }
            for (Iterator<Pending> each = pending.iterator(); each.hasNext(); ) {
                Pending edit = each.next();
                long waited = look(edit);
                if (edit.missing().isEmpty()) {
                    latencies[edit.number()] = waited;
                    visible++;
                    each.remove();
                }
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return latencies;
    }

    private Pending edit(int number, List<Pending> pending) throws IOException {
        Path file = files.get(random.nextInt(files.size()));
        while (isPending(file, pending)) {
            file = files.get(random.nextInt(files.size()));
        }
        byte[] content = new byte[BYTES];
        random.nextBytes(content);
        Path edited = source.resolve(file);
        Files.write(edited, content);
        long closed = System.nanoTime();
        return new Pending(number, file, content, Files.getLastModifiedTime(edited), closed, new ArrayList<>(replicas));
    }

    private static boolean isPending(Path file, List<Pending> pending) {
        return pending.stream().anyMatch(edit -> edit.file().equals(file));
    }

    /** Takes the replicas that show the edit off its list; returns the nanoseconds since its close. */
    private static long look(Pending edit) throws IOException {
        Iterator<Path> missing = edit.missing().iterator();
        while (missing.hasNext()) {
            if (shows(missing.next().resolve(edit.file()), edit)) {
                missing.remove();
            }
        }
        long waited = System.nanoTime() - edit.closed();
        if (waited > LOST_NANOS) {
            throw new IOException("not visible after a minute: " + edit.file() + " on " + edit.missing());
        }
        return waited;
    }

    /** Its time is looked at first, which costs next to nothing of what is measured. */
    private static boolean shows(Path file, Pending edit) throws IOException {
        try {
            return Files.getLastModifiedTime(file).equals(edit.modified())
                    && Arrays.equals(Files.readAllBytes(file), edit.content());
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
