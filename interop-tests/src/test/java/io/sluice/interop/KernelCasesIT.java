package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.mirror.ReplicaStatus.State;
import io.sluice.watcher.monitor.MonitorKind;
import io.sluice.watcher.monitor.Trouble;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the kernel does not tell well, from the source to replicas of both programs, by inotify and by fanotify. What the monitor makes of it by itself is in
 * its own contract tests. A pass is not vacuous: whole trees are compared, and afterwards once more with a new file in each directory, which shows that all
 * of them are watched where they are now.
 */
@Timeout(120)
class KernelCasesIT {
    private static final long BEFORE_STALL = 300_000;

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private MirrorBed bed;
    private Path outside;

    @BeforeEach
    void makeBed() throws IOException {
        bed = new MirrorBed(temporary);
        outside = Files.createDirectory(temporary.resolve("outside"));
        KernelCase.fill(bed.site());
    }

    @AfterEach
    void close() throws IOException {
        bed.close();
    }

    private Mirror startBoth(MonitorKind kind) throws IOException, InterruptedException {
        bed.startBothNodes();
        Mirror mirror = bed.startMirror(kind, UnaryOperator.identity());
        bed.awaitEqual(mirror);
        return mirror;
    }

    /** Every directory is watched where it is now. */
    private void assertFollowed(Mirror mirror) throws IOException, InterruptedException {
        List<Path> directories;
        try (Stream<Path> all = Files.walk(bed.site())) {
            directories = all.filter(Files::isDirectory).toList();
        }
        for (Path directory : directories) {
            Files.writeString(directory.resolve("probe"), "of " + directory);
        }
        bed.await("the probes", () -> mirror.isInSync());
        bed.awaitEqual(mirror);
    }

    static Stream<Arguments> kindsAndCases() {
        return Stream.of(MonitorKind.INOTIFY, MonitorKind.FANOTIFY)
                .flatMap(kind -> Stream.of(KernelCase.values()).map(one -> Arguments.of(kind, one)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndCases")
    void arrivesAtReplicas(MonitorKind kind, KernelCase edits) throws Exception {
        Mirror mirror = startBoth(kind);
        edits.edit(bed.site(), outside);
        bed.awaitEqual(mirror);
        assertFollowed(mirror);
        assertThat(mirror.monitorStatistics().kind()).isEqualTo(kind);
    }

    static Stream<Arguments> kindsAndMishaps() {
        return Stream.of(MonitorKind.INOTIFY, MonitorKind.FANOTIFY)
                .flatMap(kind -> Stream.of(WhileSent.values()).map(one -> Arguments.of(kind, one)));
    }

    /** Half of the file is on its way when it happens. */
    @ParameterizedTest
    @MethodSource("kindsAndMishaps")
    void isRightAlthoughItChangedWhileItWasSent(MonitorKind kind, WhileSent mishap) throws Exception {
        Program program = kind == MonitorKind.INOTIFY ? Program.RSYNC : Program.SLUICE;
        StallingProxy proxy = bed.addStallingReplica(bed.startNode(program));
        Mirror mirror = bed.startMirror(kind, UnaryOperator.identity());
        bed.awaitEqual(mirror);
        byte[] content = new byte[WhileSent.BYTES];
        new Random(5).nextBytes(content);
        proxy.stallAfter(BEFORE_STALL);
        Path large = Files.write(bed.site().resolve("d1/large"), content);
        bed.await("half of it", proxy::isStalled);
        mishap.happen(large);
        proxy.goOn();
        bed.awaitEqual(mirror);
        assertFollowed(mirror);
    }

    /** The monitor's thread is held until the kernel's queue has run over; what it lost is found. */
    @EachMonitor
    void losesNothingWhenTheQueueRunsOver(MonitorKind kind) throws Exception {
        Mirror mirror = startBoth(kind);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        bed.onChange(change -> interrupted.compareAndSet(false, !passed(gate)));
        try {
            String limit = "/proc/sys/fs/" + kind.text() + "/max_queued_events"; // to be read by one call
            int events = Integer.parseInt(
                    Processes.run(List.of("cat", limit), temporary).out().strip());
            for (int i = 0; i < 2 * events; i++) { // of which some are read before the thread is held
                Path file = bed.site().resolve("d0/passing" + i);
                Files.createFile(file);
                Files.delete(file);
            }
            Files.createDirectories(bed.site().resolve("lost/one/two"));
            Files.writeString(bed.site().resolve("lost/one/two/f"), "lost");
            Files.delete(bed.site().resolve("d1/page1"));
            Files.move(bed.site().resolve("d2"), bed.site().resolve("elsewhere"));
        } finally {
            gate.countDown();
        }
        bed.await("the overflow", () -> bed.troubles().stream().anyMatch(t -> t.kind() == Trouble.Kind.OVERFLOW));
        bed.awaitEqual(mirror);
        assertFollowed(mirror);
        assertThat(interrupted).isFalse();
    }

    private static boolean passed(CountDownLatch gate) {
        try {
            gate.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** In a user namespace with a few watches, which nobody else notices. */
    @Test
    void looksAtTheRestRegularlyWhenThereAreNoMoreWatches() throws Exception {
        String limit = "echo 4 > /proc/sys/user/max_inotify_watches && exec \"$@\"";
        String[] wrapper = {"unshare", "--user", "--map-root-user", "sh", "-c", limit, "sh"};
        List<String> trial = new ArrayList<>(List.of(wrapper));
        trial.add("true");
        assumeTrue(Processes.run(trial, temporary).exitCode() == 0, "user namespaces are not allowed here");
        bed.startNodes(Program.RSYNC, 1);
        String configuration = "status address = 127.0.0.1:0\npoll interval = 200ms\nmonitor = inotify\n[www]\npath = "
                + bed.site() + "\nreplicas = " + bed.replicas().getFirst() + "\n";
        try (StatusMirror mirror = StatusMirror.start(temporary, configuration, wrapper)) {
            bed.awaitCopy(0);
            bed.await(
                    "the advice",
                    () -> mirror.output()
                            .contains("4 of 6 directories (expected: all; the user namespace's limit is 4; the other 2"
                                    + " are looked at regularly instead, which is slow; to raise the limit:"
                                    + " sysctl -w user.max_inotify_watches=1024)"));
            for (String name : KernelCase.DIRECTORIES) {
                Files.createDirectories(bed.site().resolve(name + "/new"));
                Files.writeString(bed.site().resolve(name + "/new/f"), "new");
                Files.writeString(bed.site().resolve(name + "/page1"), "other content");
                Files.delete(bed.site().resolve(name + "/page2"));
            }
            bed.awaitCopy(0);
            Program.Run status = Processes.run(Launch.command("status", mirror.url()), temporary);
            assertThat(status.out()).contains("watching: inotify watches for " + bed.site());
        }
    }

    static Stream<Arguments> kindsAndLosses() {
        return Stream.of(MonitorKind.INOTIFY, MonitorKind.FANOTIFY)
                .flatMap(kind -> Stream.of(SourceLoss.values()).map(one -> Arguments.of(kind, one)));
    }

    /** One replica is down when the source goes, so that a push of everything is due while it is gone. */
    @ParameterizedTest
    @MethodSource("kindsAndLosses")
    void deletesNothingBecauseTheSourceIsGone(MonitorKind kind, SourceLoss loss) throws Exception {
        Path site = bed.site();
        Path real = temporary.resolve("real");
        loss.begin(site, real);
        try {
            bed.startBothNodes();
            MirrorTimes times = MirrorTimes.DEFAULT.withMaxBackoff(Duration.ofMillis(20));
            Mirror mirror = bed.startMirror(kind, configuration -> configuration.withTimes(times));
            bed.awaitEqual(mirror);
            Map<String, String> before = TreeSnapshot.of(site);
            bed.node(1).close();
            mirror.mark(bed.replicas().get(1), new byte[0], true);
            bed.await("its failure", () -> !bed.failures().isEmpty());
            loss.go(site, real);
            bed.node(1).restart();
            bed.await(
                    "that it is held",
                    () -> mirror.statuses().values().stream().allMatch(status -> status.state() == State.HELD));
            assertThat(bed.troubles()).anyMatch(trouble -> trouble.kind() == Trouble.Kind.ROOT_GONE);
            assertThat(TreeSnapshot.of(bed.copy(0))).isEqualTo(before);
            assertThat(TreeSnapshot.of(bed.copy(1))).isEqualTo(before);
            loss.comeBack(site, real);
            Files.writeString(site.resolve("d1/page1"), "it is back");
            bed.awaitEqual(mirror);
            assertFollowed(mirror);
            mirror.close();
        } finally {
            bed.close();
            loss.end(site);
        }
    }

    /** A release is switched by a link: the tree that it leads to then is the source. */
    @EachMonitor
    void followsALinkThatIsSwitched(MonitorKind kind) throws Exception {
        Path old = temporary.resolve("release1");
        Files.move(bed.site(), old);
        Files.createSymbolicLink(bed.site(), old);
        Mirror mirror = startBoth(kind);
        Path next = temporary.resolve("release2");
        KernelCase.fill(next);
        Files.writeString(next.resolve("d1/page1"), "of the next release");
        Files.delete(next.resolve("d2/page2"));
        Files.move(
                Files.createSymbolicLink(temporary.resolve("next"), next), bed.site(), StandardCopyOption.ATOMIC_MOVE);
        bed.awaitEqual(mirror);
        Files.writeString(next.resolve("d3/page3"), "edited in the next release");
        bed.awaitEqual(mirror);
    }

    /** What was mounted in the source and is no more is not in the source: what it hid is. */
    @EachMonitor
    void showsWhatAnInnerMountHid(MonitorKind kind) throws Exception {
        Path mount = bed.site().resolve("d1");
        KernelCase.fill(outside);
        Mirror mirror = startBoth(kind);
        assumeTrue(SourceLoss.run("mount", "--bind", outside.toString(), mount.toString()), "mounting needs root");
        try {
            bed.await("the mount", () -> Files.exists(bed.copy(1).resolve("d1/d4/page4")));
            Files.writeString(mount.resolve("d1/page1"), "written by way of the mount");
            bed.awaitEqual(mirror);
        } finally {
            while (!SourceLoss.run("umount", mount.toString())) { // as long as something is being read
                Thread.onSpinWait();
            }
        }
        bed.await("what it hid", () -> Files.exists(bed.copy(1).resolve("d1/page4")));
        bed.awaitEqual(mirror);
        assertFollowed(mirror);
    }

    /** A log that is written to without a pause, so that it is neither closed nor ever quiet: it arrives all the same, and delays nothing else. */
    @EachMonitor
    void pushesALogThatGrowsForEver(MonitorKind kind) throws Exception {
        bed.startBothNodes();
        MirrorTimes times = MirrorTimes.DEFAULT.withQuiet(Duration.ofHours(1)).withGrowing(Duration.ofMillis(300));
        Mirror mirror = bed.startMirror(kind, configuration -> configuration.withTimes(times));
        bed.awaitEqual(mirror);
        AtomicBoolean ends = new AtomicBoolean();
        Path log = bed.site().resolve("log");
        Thread writer = Thread.ofPlatform().start(() -> writeUntil(ends, log));
        try {
            long seen = 0;
            for (int round = 0; round < 3; round++) {
                long known = seen;
                bed.await("more of the log", () -> length(0) > known && length(1) > known);
                seen = Math.max(length(0), length(1));
                Path other = Path.of("other" + round);
                Files.writeString(bed.site().resolve(other), "beside it");
                bed.await(
                        "the other file",
                        () -> Files.exists(bed.copy(0).resolve(other))
                                && Files.exists(bed.copy(1).resolve(other)));
            }
            assertThat(writer.isAlive()).isTrue();
        } finally {
            ends.set(true);
            writer.join();
        }
        bed.awaitEqual(mirror);
        assertThat(bed.failures()).isEmpty();
    }

    private long length(int node) throws IOException {
        Path copy = bed.copy(node).resolve("log");
        return Files.exists(copy) ? Files.size(copy) : 0;
    }

    private static void writeUntil(AtomicBoolean ends, Path log) {
        byte[] line = "a line of the log that never ends\n".getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(log)) {
            while (!ends.get()) {
                out.write(line);
                LockSupport.parkNanos(1_000_000); // far below any pause that would count as quiet
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
