package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.watcher.mirror.Mirror;
import io.sluice.watcher.mirror.MirrorTimes;
import io.sluice.watcher.mirror.Publishing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Replicas that switch together. The hook before the switch is the witness: it runs while every replica has everything
 * and none may show any of it, and writes down what it sees.
 */
class TogetherIT {
    private static final int FILES = 60;

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private MirrorBed bed;

    @BeforeEach
    void makeBed() throws IOException {
        bed = new MirrorBed(temporary);
    }

    @AfterEach
    void close() throws Exception {
        bed.close();
    }

    private void write(String version) throws IOException {
        for (int i = 0; i < FILES; i++) {
            Path file = bed.site().resolve("d" + i % 3).resolve("page" + i);
            Files.createDirectories(file.getParent());
            Files.writeString(file, version + " of page " + i);
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000_000 + version.hashCode())));
        }
    }

    /** How many pages of a node begin so, in their place or anywhere; -1: directories went while they were looked at. */
    private long pages(int node, String version, boolean waiting) throws IOException {
        try (Stream<Path> all = Files.walk(bed.copy(node))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/.~tmp~/") == waiting)
                    .filter(file -> starts(file, version))
                    .count();
        } catch (UncheckedIOException e) {
            return -1;
        }
    }

    private static boolean starts(Path file, String version) {
        try {
            return Files.readString(file).startsWith(version);
        } catch (IOException e) {
            return false; // moved away while we looked
        }
    }

    /** A hook that waits until it may go on, so that a test sees what the replicas show meanwhile. */
    private Publishing held() {
        return Publishing.TOGETHER.withBefore(
                "touch " + temporary + "/asked; while [ ! -e " + temporary + "/go ]; do sleep 0.05; done");
    }

    private void awaitAsked() throws IOException, InterruptedException {
        bed.await("the hook", () -> Files.exists(temporary.resolve("asked")));
    }

    private void go() throws IOException {
        Files.createFile(temporary.resolve("go"));
    }

    private void forgetHook() throws IOException {
        Files.deleteIfExists(temporary.resolve("asked"));
        Files.deleteIfExists(temporary.resolve("go"));
    }

    /** Also a symlink and deletions wait; and the timeout is shorter than the wait. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void showsNothingUntilAllHaveEverything(Program program) throws Exception {
        bed.startNodes(program, 3);
        write("first");
        Files.writeString(bed.site().resolve("old"), "goes");
        Files.createSymbolicLink(bed.site().resolve("current"), Path.of("d0"));
        go();
        Mirror mirror = bed.startMirror(configuration -> configuration
                .withTimes(
                        MirrorTimes.DEFAULT.withSettle(Duration.ofMillis(300)).withTimeout(Duration.ofSeconds(2)))
                .withPublishing(held()));
        bed.awaitEqual(mirror);
        forgetHook();
        write("second");
        Files.delete(bed.site().resolve("old"));
        Files.delete(bed.site().resolve("current"));
        Files.createSymbolicLink(bed.site().resolve("current"), Path.of("d1"));
        awaitAsked();
        Thread.sleep(5000); // longer than any timeout of the session, which is what is tried here
        for (int node = 0; node < 3; node++) {
            assertThat(pages(node, "first", false)).isEqualTo(FILES);
            assertThat(pages(node, "second", false)).isZero();
            assertThat(pages(node, "second", true)).isEqualTo(FILES);
            assertThat(bed.copy(node).resolve("old")).exists();
            assertThat(Files.readSymbolicLink(bed.copy(node).resolve("current")))
                    .isEqualTo(Path.of("d0"));
        }
        go();
        bed.awaitEqual(mirror);
        assertThat(bed.failures()).isEmpty();
    }

    /** One that hangs is waited for as long as the deadline says, and follows when it can. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void leavesOneBehindThatIsTooSlow(Program program) throws Exception {
        bed.startNodes(program, 2);
        StallingProxy proxy = bed.addStallingReplica(bed.startNode(program));
        write("first");
        Mirror mirror = bed.startMirror(configuration ->
                configuration.withPublishing(Publishing.TOGETHER.withDeadline(Duration.ofMillis(700))));
        bed.awaitEqual(mirror);
        proxy.stall();
        write("second");
        bed.await(
                "those that are well", () -> pages(0, "second", false) == FILES && pages(1, "second", false) == FILES);
        assertThat(pages(2, "second", false)).isZero();
        write("third");
        bed.await("those that are well", () -> pages(0, "third", false) == FILES && pages(1, "third", false) == FILES);
        proxy.goOn();
        bed.awaitEqual(mirror);
    }

    /** Down from the start: the others do not wait for its timeouts; back again, it is one of them. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void doesNotWaitForOneThatIsDown(Program program) throws Exception {
        bed.startNodes(program, 3);
        write("first");
        bed.node(2).close();
        go();
        Mirror mirror = bed.startMirror(configuration -> configuration
                .withTimes(MirrorTimes.DEFAULT.withMaxBackoff(Duration.ofMillis(300)))
                .withPublishing(held()));
        bed.await("those that are up", () -> pages(0, "first", false) == FILES && pages(1, "first", false) == FILES);
        bed.node(2).restart();
        bed.awaitEqual(mirror);
        forgetHook();
        write("second");
        awaitAsked();
        bed.await("the third", () -> pages(2, "second", true) + pages(2, "second", false) > 0);
        assertThat(pages(2, "second", false)).isZero();
        go();
        bed.awaitEqual(mirror);
    }

    /** Killed when it has everything and shows nothing: the others switch without it, and it has neither lost nor shown anything when it is back. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void goesOnWithoutOneThatDiesAtTheSwitch(Program program) throws Exception {
        bed.startNodes(program, 3);
        write("first");
        go();
        Mirror mirror = bed.startMirror(configuration -> configuration
                .withTimes(
                        MirrorTimes.DEFAULT.withSettle(Duration.ofMillis(300)).withMaxBackoff(Duration.ofMillis(300)))
                .withPublishing(held()));
        bed.awaitEqual(mirror);
        forgetHook();
        write("second");
        awaitAsked();
        bed.node(2).signal("KILL");
        bed.node(2).kill();
        go();
        bed.await("those that live", () -> pages(0, "second", false) == FILES && pages(1, "second", false) == FILES);
        assertThat(pages(2, "second", false)).isZero();
        assertThat(pages(2, "first", false)).isEqualTo(FILES);
        Files.delete(bed.site().resolve("d0/page0"));
        bed.node(2).restart();
        bed.awaitEqual(mirror);
        forgetHook();
        write("third");
        awaitAsked();
        bed.await("all three again", () -> pages(2, "third", true) == FILES);
        assertThat(pages(2, "third", false)).isZero();
        go();
        bed.awaitEqual(mirror);
    }

    /** What it refuses is not shown by any; said; and tried again. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void holdsABatchAsLongAsTheHookRefuses(Program program) throws Exception {
        bed.startNodes(program, 2);
        Path approved = Files.createFile(temporary.resolve("approved"));
        Path list = temporary.resolve("list");
        Publishing publishing = Publishing.TOGETHER
                .withBefore("[ -e " + approved + " ] || { echo not approved; exit 3; };"
                        + " echo before $SLUICE_PATHS $SLUICE_SOURCE ${SLUICE_REPLICAS-none} >> " + list)
                .withAfter("tr '\\0' '\\n' < $SLUICE_LIST >> " + list + "; echo $SLUICE_REPLICAS >> " + list);
        write("first");
        Mirror mirror = bed.startMirror(configuration -> configuration
                .withTimes(MirrorTimes.DEFAULT.withMaxBackoff(Duration.ofMillis(300)))
                .withPublishing(publishing));
        bed.awaitEqual(mirror);
        Files.delete(approved);
        Files.writeString(bed.site().resolve("d0/page0"), "second");
        bed.await("two refusals", () -> bed.failures().size() >= 4);
        assertThat(bed.failures()).allMatch("before publish: exited with code 3: not approved"::equals);
        assertThat(bed.copy(0).resolve("d0/page0")).content().startsWith("first");
        assertThat(bed.copy(1).resolve("d0/page0")).content().startsWith("first");
        Files.createFile(approved);
        bed.awaitEqual(mirror);
        bed.await("the second report", () -> Files.readAllLines(list).size() == 6);
        String before = "before 1 " + bed.site() + " none";
        assertThat(Files.readAllLines(list)).isEqualTo(List.of(before, "/", "2", before, "d0/page0", "2"));
    }

    /** A mirror that ends between the arrival of a batch and its switch, and is started again when the source has changed: nothing torn, nothing left. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void leavesTheOldStateWhenItIsEndedAtTheSwitch(Program program) throws Exception {
        bed.startNodes(program, 2);
        write("first");
        go();
        MirrorTimes times =
                MirrorTimes.DEFAULT.withSettle(Duration.ofMillis(200)).withClosing(Duration.ofMillis(10));
        Mirror mirror =
                bed.startMirror(configuration -> configuration.withTimes(times).withPublishing(held()));
        bed.awaitEqual(mirror);
        forgetHook();
        write("second");
        awaitAsked();
        mirror.close();
        for (int node = 0; node < 2; node++) {
            assertThat(pages(node, "first", false)).isEqualTo(FILES);
            assertThat(pages(node, "second", true)).isEqualTo(FILES);
        }
        Files.delete(bed.site().resolve("d0/page0"));
        write("third");
        Files.delete(bed.site().resolve("d0/page3"));
        go();
        bed.awaitEqual(
                bed.startMirror(configuration -> configuration.withTimes(times).withPublishing(held())));
    }
}
