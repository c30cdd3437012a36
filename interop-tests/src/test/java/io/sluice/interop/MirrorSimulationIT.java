package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.interop.SiteEdits.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A mirror, in a process of its own, to daemons of both programs, while files are edited at random in every way there is
 * and faults happen: connections break at random bytes, daemons and the mirror are killed and started anew, daemons
 * hang, a disk is full, the kernel's queue runs over, the mirror's clock is set. After each round everything is healed, and all trees must become
 * equal, with modes, times, owners, links and extended attributes. What is seen is the trees alone, nothing that the
 * mirror says of itself.
 *
 * <p>{@code -Dsluice.simulation.rounds=1000} for more rounds; {@code -Dsluice.simulation.seed=} for the edits and
 * faults of a run that failed, which prints its seed; even ones watch by inotify. A seed gives the same edits and faults, not the same moments.
 *
 * <p>Content of the same size and time as before is among the edits, but not in a round in which the mirror cannot hear of
 * each: it begins, is dead for a while, the kernel's queue runs over, or a replica is edited itself. Such content waits for
 * {@code verify interval} then. Files get second names and lose them; who changes one waits until that can have been heard,
 * and nobody writes on through a descriptor whose name may be gone while others remain.
 */
@NeedsRsync
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class MirrorSimulationIT {
    private static final int ROUNDS = Integer.getInteger("sluice.simulation.rounds", 12);
    private static final long SEED = Long.getLong("sluice.simulation.seed", 1);
    private static final boolean CHATTY = Boolean.getBoolean("sluice.simulation.verbose");
    private static final long BOUND_NANOS = TimeUnit.SECONDS.toNanos(Integer.getInteger("sluice.simulation.bound", 60));
    private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MAX_ENTRIES = 1200;
    private static final int QUEUE = 16_384;
    private static final int SMALL_DISK = 96 << 20;
    private static final String MODULE = """
            [site]
            path = @HOME@/site
            read only = no
            munge symlinks = no
            transfer logging = yes
            log format = %o %f %l %b
            """;

    private int overflows;
    private Optional<SteppedClock> clock = Optional.empty();

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private final List<Node> nodes = new ArrayList<>();
    private final boolean isRoot = "root".equals(System.getProperty("user.name"));

    /** A replica. */
    private record Node(Path home, DaemonProcess daemon, FaultyProxy proxy) {
        Path copy() {
            return home.resolve("site");
        }
    }

    /** What can go wrong in a round. */
    private enum Fault {
        CUT,
        KILL_DAEMON,
        HANG_DAEMON,
        KILL_MIRROR,
        OVERFLOW,
        DISK_FULL,
        /** The time of day jumps, by seconds or by days, forth or back. */
        CLOCK_STEP,
        /** Somebody edits a replica; only a full synchronisation can know, which a new mirror begins with. */
        BEHIND_ITS_BACK
    }

    @Test
    void allTreesBecomeEqualWhateverHappens() throws Exception {
        Path site = Files.createDirectory(temporary.resolve("site"));
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Path disk = Files.createDirectory(temporary.resolve("node2"));
        clock = SteppedClock.in(temporary);
        boolean mounted = isRoot && run("mount", "-t", "tmpfs", "-o", "size=" + SMALL_DISK, "none", disk.toString());
        try {
            startNode(Program.SLUICE, "node0");
            startNode(Program.RSYNC, "node1");
            startNode(Program.RSYNC, "node2");
            simulate(site, outside, mounted);
        } finally {
            for (Node node : nodes) {
                node.proxy.close();
                node.daemon.close();
            }
            if (mounted) {
                run("umount", disk.toString());
            }
        }
    }

    private void startNode(Program program, String name) throws IOException {
        Path home = temporary.resolve(name);
        Files.createDirectories(home.resolve("site"));
        DaemonProcess daemon = DaemonProcess.start(program, home, MODULE);
        nodes.add(new Node(home, daemon, new FaultyProxy(daemon.port())));
    }

    private Path configuration(Path site) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("options = -HX\nquiet period = 300ms\nmax backoff = 500ms\ntimeout = 3s\nconnect timeout = 3s\n");
        text.append(SEED % 2 == 0 ? "monitor = inotify\n" : "monitor = auto\n");
        text.append("[site]\npath = ").append(site).append("\nreplicas =");
        nodes.forEach(node ->
                text.append(" rsync://127.0.0.1:").append(node.proxy.port()).append("/site/"));
        return Files.writeString(temporary.resolve("mirror.conf"), text.append("\n"));
    }

    private void simulate(Path site, Path outside, boolean smallDisk) throws Exception {
        System.out.println("simulation of a mirror: seed " + SEED + ", " + ROUNDS + " rounds");
        Random random = new Random(SEED);
        Map<String, String> environment = clock.map(SteppedClock::environment).orElse(Map.of());
        try (MirrorProcess mirror =
                new MirrorProcess(configuration(site), temporary.resolve("mirror.log"), environment)) {
            int edits = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Set<Fault> faults = faults(random);
                if (!smallDisk) {
                    faults.remove(Fault.DISK_FULL);
                }
                boolean hears = !faults.contains(Fault.KILL_MIRROR)
                        && !faults.contains(Fault.OVERFLOW)
                        && !faults.contains(Fault.BEHIND_ITS_BACK)
                        && round > 0;
                Set<Kind> without = hears ? Set.of() : Set.of(Kind.COVERT);
                long began = System.nanoTime();
                try (SiteEdits site1 = new SiteEdits(site, outside, new Random(random.nextLong()), without)) {
                    round(site1, mirror, faults, new Random(random.nextLong()));
                    site1.closeMost();
                    heal(mirror);
                    awaitEqual("seed " + SEED + ", round " + round + ", faults " + faults, site, mirror);
                    edits += site1.done();
                    if (TreeSnapshot.of(site).size() > MAX_ENTRIES) {
                        site1.clear();
                    }
                }
                if (CHATTY) {
                    System.out.printf(
                            "round %d: %s, %d ms, %d entries%n",
                            round,
                            faults,
                            (System.nanoTime() - began) / 1_000_000,
                            TreeSnapshot.of(site).size());
                }
            }
            assertThat(edits).isGreaterThan(ROUNDS);
            System.out.println("simulation of a mirror: " + edits + " edits, all trees equal after each round");
        }
    }

    private static Set<Fault> faults(Random random) {
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        for (Fault fault : Fault.values()) {
            int rarity = switch (fault) {
                case CUT -> 2;
                case KILL_DAEMON, KILL_MIRROR, DISK_FULL, CLOCK_STEP -> 6;
                case BEHIND_ITS_BACK -> 10;
                case HANG_DAEMON, OVERFLOW -> 15;
            };
            if (random.nextInt(rarity) == 0) {
                faults.add(fault);
            }
        }
        return faults;
    }

    /** Edits with the faults somewhere between them. */
    private void round(SiteEdits site, MirrorProcess mirror, Set<Fault> faults, Random random) throws Exception {
        int count = 30 + random.nextInt(400);
        Map<Integer, Runnable> events = new TreeMap<>();
        for (Fault fault : faults) {
            int times = fault == Fault.CUT ? 1 + random.nextInt(12) : 1;
            for (int i = 0; i < times; i++) {
                Node node = nodes.get(random.nextInt(nodes.size()));
                long seed = random.nextLong();
                events.put(random.nextInt(count), () -> inject(fault, node, mirror, new Random(seed)));
            }
        }
        int pause = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Runnable event = events.get(i);
            if (event != null) {
                event.run();
            }
            site.edit();
            if (pause > 0 && random.nextInt(30 / pause) == 0) {
                LockSupport.parkNanos(random.nextInt(20_000_000)); // edits come at all moments of a push
            }
        }
    }

    private void inject(Fault fault, Node node, MirrorProcess mirror, Random random) {
        try {
            switch (fault) {
                case CUT -> node.proxy.cut(cut(random));
                case KILL_DAEMON -> {
                    for (ProcessHandle child : node.daemon.processes()) {
                        child.destroyForcibly();
                    }
                    node.daemon.kill();
                    node.daemon.restart();
                }
                case HANG_DAEMON -> node.daemon.signal("STOP");
                case KILL_MIRROR -> kill(mirror);
                case OVERFLOW -> overflow(mirror);
                case DISK_FULL -> fill(nodes.getLast().home.resolve("filler"));
                case CLOCK_STEP -> stepClock(random);
                case BEHIND_ITS_BACK -> {
                    try (SiteEdits edits = new SiteEdits(
                            node.copy(),
                            Files.createDirectories(node.home.resolve("trash")),
                            random,
                            Set.of(Kind.COVERT))) {
                        for (int i = 0; i < 30; i++) {
                            edits.edit();
                        }
                        edits.closeMost();
                    }
                    kill(mirror);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void kill(MirrorProcess mirror) throws IOException, InterruptedException {
        long pid = mirror.pid();
        mirror.killAndRestart();
        SteppedClock.cleanUp(pid);
    }

    private void stepClock(Random random) throws IOException {
        if (clock.isPresent()) {
            int most = random.nextBoolean() ? 5 : 10 * 24 * 3600;
            clock.get().step(random.nextInt(-most, most));
        }
    }

    private static FaultyProxy.Cut cut(Random random) {
        long bytes = (long) Math.exp(random.nextDouble() * Math.log(200_000));
        return random.nextInt(3) > 0
                ? new FaultyProxy.Cut(bytes, Long.MAX_VALUE)
                : new FaultyProxy.Cut(Long.MAX_VALUE, Math.min(bytes, 3000));
    }

    /** More events than the kernel keeps, while nobody reads them; the edits after them are not told at all. */
    private void overflow(MirrorProcess mirror) throws IOException, InterruptedException {
        run("kill", "-STOP", Long.toString(mirror.pid()));
        Path site = temporary.resolve("site");
        int number = overflows++; // at names that earlier ones have, an edit may have put something else
        Path one = Files.writeString(site.resolve("noise" + number + "a"), "x");
        Path two = Files.writeString(site.resolve("noise" + number + "b"), "y");
        for (int i = 0; i < QUEUE; i++) {
            Files.setLastModifiedTime(i % 2 == 0 ? one : two, java.nio.file.attribute.FileTime.fromMillis(i));
        }
        for (int i = 0; i < 10; i++) {
            Path directory = site.resolve("lost" + number + "-" + i);
            Files.createDirectories(directory.resolve("below"));
            Files.writeString(directory.resolve("below/file"), "lost " + System.nanoTime());
        }
        run("kill", "-CONT", Long.toString(mirror.pid()));
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[1 << 16];
        try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
            while (file.length() < SMALL_DISK) {
                file.seek(file.length());
                file.write(block);
            }
        } catch (IOException e) {
            try (RandomAccessFile file = new RandomAccessFile(filler.toFile(), "rw")) {
                file.setLength(Math.max(0, file.length() - (1 << 16))); // small ones find room
            }
        }
    }

    private void heal(MirrorProcess mirror) throws IOException, InterruptedException {
        for (Node node : nodes) {
            node.proxy.heal();
            node.daemon.signal("CONT");
        }
        Files.deleteIfExists(nodes.getLast().home.resolve("filler"));
        assertThat(mirror.isAlive()).as("the mirror is running").isTrue();
    }

    private void awaitEqual(String what, Path site, MirrorProcess mirror) throws IOException {
        long end = System.nanoTime() + BOUND_NANOS;
        Map<String, String> source = everything(site); // nobody edits it now
        for (Node node : nodes) {
            Map<String, String> found = everything(node.copy());
            while (!found.equals(source)) {
                if (System.nanoTime() - end > 0) {
                    List<String> said = mirror.said();
                    keep(mirror);
                    System.out.println(String.join("\n", said.subList(Math.max(0, said.size() - 60), said.size())));
                    assertSame(what + ": " + node.home.getFileName(), source, found);
                }
                LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
                found = everything(node.copy());
            }
        }
    }

    /** What all said, for whoever looks for the cause. */
    private void keep(MirrorProcess mirror) throws IOException {
        if (CHATTY) {
            Path kept = Files.createTempDirectory("sluice-simulation");
            Files.write(kept.resolve("mirror"), mirror.said());
            for (Node node : nodes) {
                Files.writeString(kept.resolve(String.valueOf(node.home.getFileName())), node.daemon.log());
            }
            System.out.println("logs: " + kept);
        }
    }

    private static Map<String, String> everything(Path root) {
        try {
            Map<String, String> all = TreeSnapshot.of(root);
            LinkSnapshot.of(root).forEach((path, link) -> all.merge(path, " " + link, String::concat));
            AttributeSnapshot.of(root).forEach((path, attributes) -> all.merge(path, " " + attributes, String::concat));
            return all;
        } catch (IOException | RuntimeException e) {
            return Map.of("", e.toString()); // it changed while it was read
        }
    }

    /** Shows the entries that differ, not all. */
    private static void assertSame(String what, Map<String, String> source, Map<String, String> found) {
        Map<String, String> missing = new TreeMap<>(source);
        missing.entrySet().removeAll(found.entrySet());
        Map<String, String> wrong = new TreeMap<>(found);
        wrong.entrySet().removeAll(source.entrySet());
        assertThat(wrong).as(what).isEqualTo(missing);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Path.of("/dev/null").toFile())
                        .start()
                        .waitFor()
                == 0;
    }
}
