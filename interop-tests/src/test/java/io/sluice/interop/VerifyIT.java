package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.Location;
import io.sluice.client.PasswordSource;
import io.sluice.protocol.TransferException;
import io.sluice.watcher.heal.Comparison;
import io.sluice.watcher.heal.Healer;
import io.sluice.watcher.heal.MirroredReplica;
import io.sluice.watcher.heal.ReplicaComparison;
import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorConfiguration;
import io.sluice.watcher.mirror.MirrorListener;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.mirror.Replica;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replicas of both programs that differ from their source in each way, compared and healed. */
@Timeout(300)
class VerifyIT {
    private static final FileTime LONG_AGO = FileTime.from(1_500_000_000, TimeUnit.SECONDS);
    private static final String MODULE = """
            [site]
            path = @HOME@/site
            read only = no
            munge symlinks = no
            auth users = web1user
            secrets file = @HOME@/secrets
            """;
    /** The trees are new; to a comparison that begins an hour later they are not. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    private Path site() {
        return temporary.resolve("site");
    }

    private Path copy() {
        return temporary.resolve("node/site");
    }

    private static void fill(Path root) throws IOException {
        Files.createDirectories(root.resolve("dir/empty"));
        for (String name : List.of("content", "mode", "time", "gone", "dir/same")) {
            Files.writeString(root.resolve(name), "text of " + name);
        }
        Files.createSymbolicLink(root.resolve("link"), Path.of("content"));
        age(root);
    }

    private static void age(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                ageEntry(path);
            }
        }
    }

    private static void ageEntry(Path path) throws IOException {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(LONG_AGO, null, null);
    }

    private DaemonProcess startNode(Program program) throws IOException {
        DaemonProcess node = DaemonProcess.start(program, temporary.resolve("node"), MODULE);
        open.add(node);
        fill(site());
        fill(copy());
        return node;
    }

    /** One difference of each kind; the content's is of the same size and time. */
    private void spoil() throws IOException {
        Files.writeString(copy().resolve("content"), "TEXT OF content");
        ageEntry(copy().resolve("content"));
        Files.setPosixFilePermissions(copy().resolve("mode"), PosixFilePermissions.fromString("rw-------"));
        Files.setLastModifiedTime(copy().resolve("time"), FileTime.from(1_400_000_000, TimeUnit.SECONDS));
        Files.delete(copy().resolve("gone"));
        Files.createDirectories(copy().resolve("more"));
        Files.writeString(copy().resolve("more/file"), "stray");
        Files.delete(copy().resolve("link"));
        Files.createSymbolicLink(copy().resolve("link"), Path.of("elsewhere"));
        ageEntry(copy().resolve("link"));
        ageEntry(copy());
    }

    private static Map<String, String> found(Comparison comparison) {
        return comparison.differences().stream()
                .collect(Collectors.toMap(
                        difference -> new String(difference.path(), StandardCharsets.UTF_8),
                        difference -> difference.words(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static final Map<String, String> SPOILT = Map.of(
            "content", "content",
            "gone", "missing",
            "link", "content",
            "mode", "mode",
            "more", "extra",
            "more/file", "extra",
            "time", "time");

    private MirrorConfiguration configuration(Replica... replicas) {
        return MirrorConfiguration.of(site(), List.of(replicas));
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void tellsEachDifferenceAndChangesNothing(Program program) throws Exception {
        Replica replica = Replica.of(startNode(program).url("site/"), PasswordSource.of(Processes.PASSWORD));
        ReplicaComparison comparison = new ReplicaComparison(configuration(replica), replica, Duration.ZERO, LATER);
        assertThat(comparison.compare().isEqual()).isTrue();
        spoil();
        Map<String, String> before = TreeSnapshot.of(copy());
        Comparison told = comparison.compare();
        assertThat(found(told)).isEqualTo(SPOILT);
        assertThat(told.inFlight()).isEmpty();
        assertThat(told.errors()).isEmpty();
        assertThat(told.entries()).isEqualTo(9);
        assertThat(TreeSnapshot.of(copy())).isEqualTo(before);
    }

    /** The second look is asked for the password again: by then one of the differences is gone. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void tellsApartWhatIsOnItsWay(Program program) throws Exception {
        String url = startNode(program).url("site/");
        spoil();
        AtomicInteger asked = new AtomicInteger();
        Replica replica = new Replica("node", Location.parse(url.getBytes(StandardCharsets.UTF_8)), user -> {
            if (asked.incrementAndGet() == 2) {
                Files.copy(site().resolve("gone"), copy().resolve("gone"));
                ageEntry(copy().resolve("gone"));
                ageEntry(copy());
            }
            return Processes.PASSWORD.getBytes(StandardCharsets.UTF_8);
        });
        Comparison told = new ReplicaComparison(configuration(replica), replica, Duration.ZERO, LATER).compare();
        Map<String, String> left = new TreeMap<>(SPOILT);
        left.remove("gone");
        assertThat(found(told)).isEqualTo(left);
        assertThat(told.inFlight())
                .extracting(path -> new String(path, StandardCharsets.UTF_8))
                .containsExactly("gone");
    }

    /** What changes in the source while it is compared is no difference yet: all is new to a clock of an hour ago. */
    @Test
    void takesWhatIsBeingChangedForOnItsWay() throws Exception {
        Replica replica = Replica.of(startNode(Program.SLUICE).url("site/"), PasswordSource.of(Processes.PASSWORD));
        spoil();
        Clock earlier = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        Comparison told = new ReplicaComparison(configuration(replica), replica, Duration.ZERO, earlier).compare();
        assertThat(told.isEqual()).isTrue();
        assertThat(told.inFlight()).hasSize(SPOILT.size());
    }

    @Test
    void saysWhyAReplicaCouldNotBeCompared() throws Exception {
        String url = startNode(Program.RSYNC).url("site/");
        Replica refused = Replica.of(url, PasswordSource.of("wrong"));
        assertThatThrownBy(() -> new ReplicaComparison(configuration(refused), refused, Duration.ZERO, LATER).compare())
                .isInstanceOf(TransferException.class)
                .hasMessageContaining("auth failed");
        Replica nowhere = Replica.of(url.replace("site", "none"), PasswordSource.of(Processes.PASSWORD));
        assertThatThrownBy(() -> new ReplicaComparison(configuration(nowhere), nowhere, Duration.ZERO, LATER).compare())
                .hasMessageContaining("Unknown module 'none'");
    }

    private Program.Run verify(String... words) throws Exception {
        List<String> all = new ArrayList<>(
                List.of("verify", "--config", temporary.resolve("mirror.conf").toString()));
        all.addAll(List.of(words));
        return Processes.run(Launch.command(all.toArray(String[]::new)), temporary);
    }

    /** A file's time of change cannot be set; what is a few seconds old was not changed by anybody now. */
    private void awaitAge() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    void commandTellsEveryReplicaAndItsExitCode() throws Exception {
        DaemonProcess node = startNode(Program.RSYNC);
        String url = node.url("site/");
        String down = url.replace(":" + node.port(), ":1");
        Files.writeString(
                temporary.resolve("mirror.conf"),
                "[www]\npath = " + site() + "\nreplicas = " + url + " " + down + "\nexclude = more\n");
        awaitAge();
        Program.Run equal = verify("--replica", url, "www");
        assertThat(equal.out()).startsWith("[www] " + url + ": equal (9 entries");
        assertThat(equal.exitCode()).isZero();
        spoil();
        awaitAge();
        Program.Run different = verify("--json", "--replica=" + url);
        assertThat(different.out().lines())
                .hasSize(SPOILT.size() - 2 + 2) // what is excluded is no difference; a summary and an end
                .contains("{\"event\":\"difference\",\"section\":\"www\",\"replica\":\"" + url
                        + "\",\"path\":\"gone\",\"directory\":false,\"what\":\"missing\"}")
                .last()
                .isEqualTo("{\"event\":\"end\",\"exit_code\":1}");
        assertThat(different.exitCode()).isEqualTo(1);
        Program.Run both = verify();
        assertThat(both.out()).contains("[www] " + url + ": content: content\n", "5 differences");
        assertThat(both.err()).contains("[www] " + down + ": ").contains("Connection refused");
        assertThat(both.exitCode()).isEqualTo(2);
        Program.Run unknown = verify("nothing");
        assertThat(unknown.err()).isEqualTo("sluice verify: section: nothing (expected: one of www)\n");
        assertThat(unknown.exitCode()).isEqualTo(2);
    }

    /** No event tells a mirror of what somebody does to a replica, and no push sees content that has its size and time. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void healsWhatSomebodyDidToAReplica(Program program) throws Exception {
        Replica replica = Replica.of(startNode(program).url("site/"), PasswordSource.of(Processes.PASSWORD));
        Queue<String> told = new ConcurrentLinkedQueue<>();
        MirrorListener listener = new MirrorListener() {
            @Override
            public void verified(Replica which, List<String> differences, Optional<String> error) {
                told.addAll(differences);
                error.ifPresent(words -> told.add("error: " + words));
            }
        };
        MirrorConfiguration configuration =
                configuration(replica).withTimes(MirrorTimes.DEFAULT.withQuiet(Duration.ofMillis(10)));
        Mirror mirror = new Mirror(configuration, listener);
        open.add(mirror);
        mirror.start();
        await("the first synchronisation", mirror::isInSync);
        spoil();
        assertThat(TreeSnapshot.of(copy())).isNotEqualTo(TreeSnapshot.of(site()));
        try (Healer healer = MirroredReplica.healer(mirror, configuration, Duration.ofMillis(300), listener)) {
            healer.start();
            await("equal trees", this::isEqual);
        }
        assertThat(told).contains("content: content", "missing: gone", "extra: more/", "mode: mode");
        assertThat(told).noneMatch(line -> line.startsWith("error"));
    }

    private boolean isEqual() {
        try {
            return TreeSnapshot.of(copy()).equals(TreeSnapshot.of(site()));
        } catch (IOException e) {
            return false; // files came and went meanwhile
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Condition condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
