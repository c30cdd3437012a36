package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** One live mirror with three replicas: brings them up, edits the source, measures, and compares all trees at the end. */
final class LatencyRun {
    private static final int REPLICAS = 3;
    private static final int FILE_BYTES = 3_000;

    private final Workspace workspace;
    private final LatencyOptions options;
    private final Path source;

    LatencyRun(Workspace workspace, LatencyOptions options) {
        this.workspace = workspace;
        this.options = options;
        this.source = workspace.pathAway("source");
    }

    /** @throws IOException if an edit is lost or a replica is not equal to the source in the end */
    LatencyResult measure(LiveMirror mirror, int files) throws IOException {
        TreeMaker.make(source, files, FILE_BYTES);
        Publication.Farm farm = new Publication.Farm(options.daemon(), REPLICAS);
        try (Publication publication = Publication.start(workspace, mirror, source, farm)) {
            try {
                return measure(publication, mirror, files);
            } catch (IOException e) {
                throw publication.failed(e);
            }
        }
    }

    private LatencyResult measure(Publication publication, LiveMirror mirror, int files) throws IOException {
        publication.awaitEqual();
        publication.settle();
        Edits edits = new Edits(source, publication.replicas());
        edits.run(options.warmUp(), options.rate(), 1);
        publication.settle();
        long mirrorCpu = publication.mirrorCpuMillis();
        long daemonCpu = publication.daemonCpuMillis();
        long[] latencies = edits.run(options.edits(), options.rate(), 1);
        publication.settle();
        mirrorCpu = publication.mirrorCpuMillis() - mirrorCpu;
        daemonCpu = publication.daemonCpuMillis() - daemonCpu;
        publication.awaitEqual();
        return new LatencyResult(mirror, options.daemon(), files, latencies, mirrorCpu, daemonCpu);
    }
}
