package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One live mirror with many replicas: first edits without pause, then new files all at once. */
final class FarmRun {
    static final List<String> HEADINGS = List.of(
            "mirror",
            "daemons",
            "replicas",
            "files",
            "what",
            "p50 ms",
            "p99 ms",
            "max ms",
            "mirror cpu s",
            "daemons cpu s",
            "mirror MiB");

    private static final int FILE_BYTES = 3_000;
    private static final int SECONDS = 60;
    /** Watched edits in a second: enough to tell a percentile of each minute, and few enough that looking costs little. */
    private static final int WATCHED = 4;

    private static final String NEWS = "news";
    private static final String MORE_NEWS = "more-news";
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final double MEBI = 1 << 20;

    private final Workspace workspace;
    private final FarmOptions options;
    private final Path source;
    private final List<List<String>> rows = new ArrayList<>();

    FarmRun(Workspace workspace, FarmOptions options) {
        this.workspace = workspace;
        this.options = options;
        this.source = workspace.pathAway("source");
    }

    /** What was measured so far, as {@link #HEADINGS} say. */
    List<List<String>> rows() {
        return List.copyOf(rows);
    }

    /**
     * A row for each minute and three for the bursts.
     *
     * @throws IOException if an edit is lost or a replica is not equal to the source in the end
     */
    void measure(LiveMirror mirror) throws IOException {
        TreeMaker.make(source, options.files(), FILE_BYTES);
        long begun = System.nanoTime();
        try (Publication publication = Publication.start(workspace, mirror, source, options.farm())) {
            try {
                long ready = publication.awaitEqual() - begun;
                add(mirror.label(), "first synchronisation", new long[] {ready}, new Cost(publication, 0, 0));
                edits(publication, mirror);
                if (options.burst() > 0) {
                    burst(publication, mirror);
                }
            } catch (IOException e) {
                throw publication.failed(e);
            }
        }
    }

    private void edits(Publication publication, LiveMirror mirror) throws IOException {
        publication.settle();
        Edits edits = new Edits(source, publication.replicas());
        int sample = Math.max(1, options.rate() / SECONDS / WATCHED);
        for (int minute = 1; minute <= options.minutes(); minute++) {
            Cost cost = Cost.from(publication);
            long[] latencies = edits.run(options.rate() / sample, options.rate() / (double) SECONDS, sample);
            add(mirror.label(), "minute " + minute, latencies, cost);
        }
        publication.awaitEqual();
    }

    /** All at once, as a directory that is moved in, and one after the other. */
    private void burst(Publication publication, LiveMirror mirror) throws IOException {
        Path made = workspace.pathAway(NEWS);
        TreeMaker.make(made, options.burst(), FILE_BYTES);
        publication.settle();
        Cost cost = Cost.from(publication);
        long moved = System.nanoTime();
        Files.move(made, source.resolve(NEWS));
        awaitFiles(publication.replicas(), source.resolve(NEWS));
        long end = System.nanoTime();
        add(mirror.label(), options.burst() + " new files, moved in", new long[] {end - moved}, cost);
        publication.awaitEqual();
        written(publication, mirror);
    }

    private void written(Publication publication, LiveMirror mirror) throws IOException {
        publication.settle();
        Cost cost = Cost.from(publication);
        Path more = source.resolve(MORE_NEWS);
        long begun = System.nanoTime();
        TreeMaker.make(more, options.burst(), FILE_BYTES);
        long made = System.nanoTime();
        awaitFiles(publication.replicas(), more);
        long end = System.nanoTime();
        add(mirror.label(), options.burst() + " new files, since the first", new long[] {end - begun}, cost);
        add(mirror.label(), options.burst() + " new files, since the last", new long[] {end - made}, cost);
        publication.awaitEqual();
    }

    /** Until all new files are there, each of full size. A file that has been seen is not looked at again: looking costs those who are measured. */
    private void awaitFiles(List<Path> replicas, Path made) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(made)) {
            files = all.filter(Files::isRegularFile).map(source::relativize).toList();
        }
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        for (Path replica : replicas) {
            for (Path file : files) {
                while (!isComplete(replica.resolve(file))) {
                    if (System.nanoTime() > deadline) {
                        throw new IOException("not there after five minutes: " + file + " at " + replica);
                    }
                    LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
                }
            }
        }
    }

    private static boolean isComplete(Path file) throws IOException {
        try {
            return Files.size(file) == FILE_BYTES;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** A row for what the burst is compared with: the installed rsync, once for each replica at the same time, into empty directories. */
    void measureRsync() throws IOException {
        Path news = workspace.path(NEWS);
        TreeMaker.make(news, options.burst(), FILE_BYTES);
        List<DaemonUnderTest> daemons = new ArrayList<>();
        try {
            for (int number = 1; number <= options.farm().replicas(); number++) {
                Path replica = Files.createDirectory(workspace.path("copy-" + number));
                daemons.add(DaemonUnderTest.start(workspace, options.farm().daemon(), "copier-" + number, replica, 0));
            }
            long begun = System.nanoTime();
            List<Process> runs = new ArrayList<>();
            for (DaemonUnderTest daemon : daemons) {
                List<String> command = Program.RSYNC.client();
                command.addAll(List.of("-a", news + "/", daemon.url("")));
                runs.add(workspace.start(new ProcessBuilder(command).inheritIO()));
            }
            for (Process run : runs) {
                if (run.waitFor() != 0) {
                    throw new IOException("rsync -a: exit code " + run.exitValue());
                }
            }
            add(
                    "rsync -a",
                    options.burst() + " files, side by side",
                    new long[] {System.nanoTime() - begun},
                    Cost.NONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            daemons.forEach(DaemonUnderTest::close);
        }
    }

    private void add(String who, String what, long[] nanos, Cost cost) {
        List<String> row = List.of(
                who,
                options.farm().daemon().label(),
                Integer.toString(options.farm().replicas()),
                Integer.toString(options.files()),
                what,
                decimal(Percentile.millis(nanos, 50)),
                decimal(Percentile.millis(nanos, 99)),
                decimal(Percentile.millis(nanos, 100)),
                cost.mirrorSeconds(),
                cost.daemonSeconds(),
                cost.mirrorMebibytes());
        rows.add(row);
        System.err.println(String.join("  ", row)); // the whole takes an hour
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** Processor time since a moment, and the mirror's peak of memory. */
    private record Cost(@Nullable Publication publication, long mirrorMillis, long daemonMillis) {
        static final Cost NONE = new Cost(null, 0, 0);

        static Cost from(Publication publication) {
            return new Cost(publication, publication.mirrorCpuMillis(), publication.daemonCpuMillis());
        }

        String mirrorSeconds() {
            return publication == null ? "-" : decimal((publication.mirrorCpuMillis() - mirrorMillis) / 1e3);
        }

        String daemonSeconds() {
            return publication == null ? "-" : decimal((publication.daemonCpuMillis() - daemonMillis) / 1e3);
        }

        String mirrorMebibytes() {
            return publication == null ? "-" : decimal(publication.mirrorPeakBytes() / MEBI);
        }
    }
}
