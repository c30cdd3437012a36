package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.protocol.TransferException;
import io.sluice.watcher.heal.Healer;
import io.sluice.watcher.heal.MirroredReplica;
import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.MirrorListener;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.mirror.ReplicaStatus;
import io.sluice.watcher.mirror.ReplicaStatus.State;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One replica of two is in trouble, the other is not. Connections that break are the simulation's affair. A pass is not vacuous: the source is edited while
 * there is trouble, the replica in trouble is seen to be behind, and whole trees are compared at the end.
 */
@Timeout(120)
class ReplicaTroubleIT {
    private static final MirrorTimes QUICK = MirrorTimes.DEFAULT
            .withMaxBackoff(Duration.ofMillis(100))
            .withTimeout(Duration.ofSeconds(20))
            .withConnectTimeout(Duration.ofSeconds(20));
    /** So that one that hangs is not waited for; one that is slow may be taken for it now and then. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private final List<Closeable> open = new ArrayList<>();
    private MirrorBed bed;

    @BeforeEach
    void makeBed() throws IOException {
        bed = new MirrorBed(temporary);
        fill(0, 20);
    }

    @AfterEach
    void close() throws IOException {
        bed.close();
        for (Closeable one : open.reversed()) {
            one.close();
        }
    }

    private void fill(int from, int to) throws IOException {
        byte[] content = new byte[3000];
        for (int i = from; i < to; i++) {
            new Random(i).nextBytes(content);
            Path directory = Files.createDirectories(bed.site().resolve("d" + i % 5));
            Files.write(directory.resolve("page" + i), content);
        }
    }

    private static MirrorConfiguration quick(MirrorConfiguration configuration) {
        return configuration.withTimes(QUICK);
    }

    private static MirrorConfiguration quick(MirrorConfiguration configuration, ReplicaTrouble trouble) {
        return configuration.withTimes(trouble == ReplicaTrouble.HANGS ? QUICK.withTimeout(SHORT) : QUICK);
    }

    /** Node 0 can get into trouble, node 1 cannot. */
    private ReplicaTrouble.Node startNodes(Program program, ReplicaTrouble trouble) throws Exception {
        Path home = Files.createDirectories(temporary.resolve("node0"));
        if (trouble.needsMount()) {
            mount(Files.createDirectories(home.resolve("site")));
        }
        DaemonProcess daemon = bed.startNode(program);
        StallingProxy proxy = new StallingProxy(daemon.port());
        open.add(proxy::close);
        boolean hangs = trouble == ReplicaTrouble.HANGS;
        bed.addReplica("rsync://web1user@127.0.0.1:" + (hangs ? proxy.port() : daemon.port()) + "/site/");
        bed.startNodes(program, 1);
        return new ReplicaTrouble.Node(home, daemon, proxy);
    }

    private void mount(Path where) throws Exception {
        Program.Run run =
                Processes.run(List.of("mount", "-t", "tmpfs", "-o", "size=16m", "none", where.toString()), temporary);
        assumeTrue(run.exitCode() == 0, "mounting a file system needs root");
        open.add(() -> {
            try {
                Processes.run(List.of("umount", where.toString()), temporary);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** What a publisher does: something new, something changed, something gone, something renamed. */
    private void publish() throws IOException {
        byte[] large = new byte[300_000];
        new Random(77).nextBytes(large);
        Files.write(bed.site().resolve("d0/large"), large);
        fill(100, 110);
        Files.writeString(bed.site().resolve("d1/page1"), "other content");
        Files.delete(bed.site().resolve("d2/page2"));
        Files.move(bed.site().resolve("d3"), bed.site().resolve("renamed"));
    }

    private static ReplicaStatus first(Mirror mirror) {
        return mirror.statuses().values().iterator().next();
    }

    static Stream<Arguments> troubles() {
        return Arrays.stream(ReplicaTrouble.values())
                .flatMap(trouble -> Arrays.stream(Program.values()).map(program -> Arguments.of(trouble, program)));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void isToldAndDelaysNoOtherAndIsOverWhenItIs(ReplicaTrouble trouble, Program program) throws Exception {
        ReplicaTrouble.Node node = startNodes(program, trouble);
        Mirror mirror = bed.startMirror(configuration -> quick(configuration, trouble));
        bed.awaitEqual(mirror);
        Closeable begun = trouble.begin(node);
        publish();
        bed.awaitCopy(1);
        bed.await(
                "the advice",
                () -> first(mirror)
                        .error()
                        .filter(words -> words.contains(trouble.advice()))
                        .isPresent());
        bed.await("state", () -> first(mirror).state() == State.WAITING);
        bed.await("attempts", () -> bed.pauses().size() >= 3);
        assertThat(bed.copy(0).resolve("d0/large")).doesNotExist();
        assertThat(bed.pauses()).allMatch(pause -> pause.toMillis() >= 50 && pause.toMillis() <= 100);
        assertThat(first(mirror).lag()).isPositive();
        begun.close();
        bed.awaitEqual(mirror);
        bed.await(
                "no error",
                () -> mirror.statuses().values().stream()
                        .allMatch(status -> status.error().isEmpty()));
        assertThat(leftovers(bed.copy(0))).isEmpty();
    }

    private static List<Path> leftovers(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> path.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    static Stream<Arguments> refusals() {
        return troubles().filter(row -> ((ReplicaTrouble) row.get()[0]).exitCode() != 0);
    }

    /** That the other replica has nothing shows that nothing had begun. */
    @ParameterizedTest
    @MethodSource("refusals")
    void endsTheMirrorAtTheStartIfItIsNotToInsist(ReplicaTrouble trouble, Program program) throws Exception {
        ReplicaTrouble.Node node = startNodes(program, trouble);
        try (Closeable _ = trouble.begin(node)) {
            assertThatThrownBy(() -> bed.startMirror(configuration -> quick(configuration, trouble)
                            .withPolicy(configuration.policy().withInsist(false))))
                    .isInstanceOfSatisfying(
                            TransferException.class,
                            failure -> assertThat(failure.exitCode().value()).isEqualTo(trouble.exitCode()))
                    .hasMessageContainingAll(bed.replicas().get(0).name(), trouble.advice(), "insist = no");
        }
        try (Stream<Path> there = Files.list(bed.copy(1))) {
            assertThat(there).isEmpty();
        }
    }

    /** A mirror that has begun insists; and with nothing wrong it begins. */
    @Test
    void doesNotEndAMirrorThatHasBegun() throws Exception {
        ReplicaTrouble.Node node = startNodes(Program.SLUICE, ReplicaTrouble.REFUSED);
        Mirror mirror = bed.startMirror(configuration ->
                quick(configuration).withPolicy(configuration.policy().withInsist(false)));
        bed.awaitEqual(mirror);
        try (Closeable _ = ReplicaTrouble.REFUSED.begin(node)) {
            publish();
            bed.await("failures", () -> !bed.failures().isEmpty());
        }
        bed.awaitEqual(mirror);
    }

    /** A week's worth of changes takes no more memory than it may; what is kept of it is enough. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void isDownForLongWithinBoundedMemory(Program program) throws Exception {
        ReplicaTrouble.Node node = startNodes(program, ReplicaTrouble.REFUSED);
        long bytes = 20_000;
        Mirror mirror = bed.startMirror(configuration ->
                quick(configuration).withPolicy(configuration.policy().withMaxDirtyBytes(bytes)));
        bed.awaitEqual(mirror);
        try (Closeable _ = ReplicaTrouble.REFUSED.begin(node)) {
            for (int i = 0; i < 3000; i++) {
                Path directory = Files.createDirectories(bed.site().resolve("n" + i % 10 + "/m" + i % 100));
                Files.writeString(directory.resolve("file" + i), "new");
            }
            Files.delete(bed.site().resolve("d2/page2"));
            bed.awaitCopy(1);
            bed.await("the failure", () -> first(mirror).state() == State.WAITING);
            assertThat(first(mirror).dirtyPaths()).isBetween(1, (int) bytes / 20);
        }
        bed.awaitEqual(mirror);
    }

    /** The source does not change where the old state is: no event tells of it. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void isBroughtUpToDateWhenItIsBackWithAnOldState(Program program) throws Exception {
        ReplicaTrouble.Node node = startNodes(program, ReplicaTrouble.REFUSED);
        Duration outage = Duration.ofMillis(300);
        Mirror mirror = bed.startMirror(configuration -> configuration.withTimes(QUICK.withResyncAfter(outage)));
        bed.awaitEqual(mirror);
        try (Closeable _ = ReplicaTrouble.REFUSED.begin(node)) {
            Files.writeString(node.site().resolve("d1/page1"), "of last week");
            Files.writeString(node.site().resolve("d1/removed since"), "of last week");
            Files.delete(node.site().resolve("d2/page2"));
            Files.writeString(bed.site().resolve("d0/page0"), "today");
            long began = System.nanoTime();
            bed.await("a failure", () -> !bed.failures().isEmpty());
            bed.await("a long outage", () -> first(mirror).lag().compareTo(outage.multipliedBy(2)) > 0);
            assertThat(System.nanoTime() - began).isGreaterThan(outage.toNanos());
        }
        bed.awaitEqual(mirror);
    }

    /** Sizes and times are as the source has them: only {@code verify interval} reads what is there; a new mirror sees the rest. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void isHealedWhenSomebodyChangedIt(Program program) throws Exception {
        ReplicaTrouble.Node node = startNodes(program, ReplicaTrouble.REFUSED);
        Mirror mirror = bed.startMirror(ReplicaTroubleIT::quick);
        bed.awaitEqual(mirror);
        Files.delete(node.site().resolve("d1/page1"));
        mirror.close();
        MirrorConfiguration configuration = quick(MirrorConfiguration.of(bed.site(), bed.replicas()));
        Mirror next = bed.startMirror(ignored -> configuration);
        bed.awaitEqual(next);
        Path spoilt = node.site().resolve("d0/page0");
        FileTime time = Files.getLastModifiedTime(spoilt);
        byte[] content = Files.readAllBytes(spoilt);
        content[0] ^= 1;
        Files.write(spoilt, content);
        Files.setLastModifiedTime(spoilt, time);
        assertThat(TreeSnapshot.of(node.site())).isNotEqualTo(TreeSnapshot.of(bed.site()));
        try (Healer healer = MirroredReplica.healer(next, configuration, Duration.ofMillis(200), MirrorListener.NONE)) {
            healer.start();
            bed.awaitCopy(0);
        }
    }

    /** The commands as an administrator has them: what is wrong and what to do is in the log and in {@code sluice status}. */
    @Test
    void isShownByTheCommands() throws Exception {
        ReplicaTrouble trouble = ReplicaTrouble.WRONG_PASSWORD;
        ReplicaTrouble.Node node = startNodes(Program.SLUICE, trouble);
        String configuration = "status address = 127.0.0.1:0\nmax backoff = 300ms\n[www]\npath = " + bed.site()
                + "\nreplicas = " + bed.replicas().get(0) + " " + bed.replicas().get(1) + "\n";
        try (Closeable _ = trouble.begin(node);
                StatusMirror mirror = StatusMirror.start(temporary, configuration)) {
            bed.awaitCopy(1);
            bed.await("the log", () -> mirror.output().contains(trouble.advice()));
            // It tries again and again: between two tries it waits.
            bed.await("the refused one waits", () -> status(mirror, 0).contains("Waiting to try again"));
            bed.await("the other is in sync", () -> status(mirror, 1).contains("In sync"));
            assertThat(status(mirror, 0)).contains(trouble.advice());
        }
        Files.writeString(temporary.resolve("mirror.conf"), configuration + "insist = no\n");
        try (Closeable _ = trouble.begin(node)) {
            Program.Run run = Processes.run(
                    Launch.command(
                            "mirror",
                            "--config",
                            temporary.resolve("mirror.conf").toString()),
                    temporary);
            assertThat(run.exitCode()).isEqualTo(trouble.exitCode());
            assertThat(new String(run.err().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                    .startsWith("sluice mirror: " + bed.replicas().get(0))
                    .contains(trouble.advice());
        }
    }

    /** Its line of what {@code sluice status} prints, which ends with code 1 where a replica is not in sync. */
    private String status(StatusMirror mirror, int replica) throws IOException, InterruptedException {
        Program.Run status = Processes.run(Launch.command("status", mirror.url()), temporary);
        assertThat(status.exitCode()).isEqualTo(1);
        String name = bed.replicas().get(replica).name();
        return status.out()
                .lines()
                .filter(line -> line.startsWith(name))
                .reduce((_, _) -> {
                    throw new AssertionError("two lines for " + name + ": " + status.out());
                })
                .orElseThrow();
    }
}
