package io.sluice.app.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what Sluice is for, on this machine alone and with nothing to prepare. */
@Command(
        name = "sluice demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts three web nodes and a mirror on this machine, edits a sample site as a CMS would, and shows each",
            "change with the milliseconds from closing the file until all three nodes have it. Runs until Ctrl-C."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int NODES = 3;
    private static final Duration READY = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(700);

    @Option(names = "--once", description = "Make one round of changes, compare all trees, print a summary and end.")
    private boolean once;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "With --once: rounds of changes, ${DEFAULT-VALUE} unless given.")
    private int rounds = 3;

    @Option(
            names = "--files",
            paramLabel = "N",
            description = "Files of the sample site, ${DEFAULT-VALUE} unless given.")
    private int files = 3000;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final PrintStream out = System.out;

    private @Nullable Path directory;
    private @Nullable ServiceProcess mirror;
    private final List<WebNode> nodes = new ArrayList<>();

    /** Returns 0, or 1 if a node's tree differs from the site at the end or a change did not arrive. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        Thread demo = Thread.currentThread();
        Thread onSignal = Thread.ofPlatform().unstarted(() -> endBySignal(demo));
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            return run();
        } finally {
            cleanUp();
            stopped.set(true);
            removeHook(onSignal);
        }
    }

    private int run() throws IOException, InterruptedException {
        Path top = Files.createTempDirectory("sluice-demo-");
        directory = top;
        Path site = top.resolve("site");
        out.printf("sample site: %,d files in %s%n", files, site);
        SampleSite.create(site, files);

        for (int i = 1; i <= NODES; i++) {
            WebNode node = WebNode.start(top.resolve("web" + i), "web" + i);
            nodes.add(node);
            out.printf(
                    "%s: sluice daemon on %s, module %s, user %s%n",
                    node.name(), node.address(), WebNode.MODULE, WebNode.USER);
        }
        mirror = MirrorService.start(top, site, nodes);
        out.println("mirror: sluice mirror --config " + top.resolve(MirrorService.CONFIGURATION));

        long began = System.nanoTime();
        awaitEqual(site);
        out.printf("all nodes have the whole site after %,d ms%n%n", (System.nanoTime() - began) / 1_000_000);

        Timings timings = new Timings();
        edit(new Editor(site), timings);
        return finish(site, timings);
    }

    private void edit(Editor editor, Timings timings) throws IOException, InterruptedException {
        out.printf("%-46s %s%n", "change", "milliseconds until web1  web2  web3 have it");
        for (int round = 1; !stopped.get() && (!once || round <= rounds); round++) {
            for (Editor.Change change : editor.round(round)) {
                if (stopped.get()) {
                    return;
                }
                long closed = change.make();
                timings.add(show(change, closed));
                if (!once) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }
    }

    private long @Nullable [] show(Editor.Change change, long closed) {
        long[] nanos = VisibilityProbe.await(nodes, change, closed);
        StringBuilder line = new StringBuilder(String.format("%-46s", change.description()));
        if (nanos == null) {
            line.append(" did not arrive within ")
                    .append(VisibilityProbe.LIMIT.toSeconds())
                    .append(" s");
        } else {
            for (long each : nanos) {
                line.append(String.format(" %7.1f", each / 1e6));
            }
        }
        out.println(line);
        return nanos;
    }

    private int finish(Path site, Timings timings) throws IOException {
        out.printf("%ncomparing all trees ...%n");
        int differences = 0;
        for (WebNode node : nodes) {
            List<String> found = TreeComparison.differences(site, node.tree());
            differences += found.size();
            out.printf("%s: %s%n", node.name(), found.isEmpty() ? "equal" : found.size() + " differences");
            found.stream().limit(10).forEach(difference -> out.println("  " + difference));
        }
        out.printf(
                "summary: %d changes, p50 %.1f ms, p99 %.1f ms until the last node has it, %d late, %d differences%n",
                timings.count(), timings.percentile(50), timings.percentile(99), timings.missed(), differences);
        return differences == 0 && timings.missed() == 0 ? 0 : 1;
    }

    private void awaitEqual(Path site) throws IOException {
        long deadline = System.nanoTime() + READY.toNanos();
        for (WebNode node : nodes) {
            List<String> found = TreeComparison.differences(site, node.tree());
            while (!found.isEmpty()) {
                ServiceProcess running = mirror;
                if (running != null && !running.isAlive()) {
                    throw new IOException("the mirror ended by itself; its log: " + running.log());
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException(
                            node.name() + " is not complete after " + READY.toSeconds() + " s: " + found.getFirst());
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                found = TreeComparison.differences(site, node.tree());
            }
        }
    }

    private void endBySignal(Thread demo) {
        if (stopped.getAndSet(true)) {
            return;
        }
        out.println("\nstopping ...");
        LockSupport.unpark(demo);
        try {
            demo.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook itself waits for us.
            return;
        }
    }

    private void cleanUp() throws IOException {
        ServiceProcess running = mirror;
        if (running != null) {
            running.close();
        }
        for (WebNode node : nodes) {
            node.close();
        }
        Path top = directory;
        if (top != null) {
            try (Stream<Path> all = Files.walk(top)) {
                all.sorted(Comparator.reverseOrder()).forEach(DemoCommand::delete);
            }
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
